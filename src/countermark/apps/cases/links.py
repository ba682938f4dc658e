"""Links between cases, read for one officer: which, why, how strong, and what was left out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db.models import (
    Case as Choice,
)
from django.db.models import (
    CharField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from countermark.apps.accounts.selectors import within_reach
from countermark.apps.cases.models import (
    Case,
    CaseKey,
    CaseParty,
    CommonValue,
    PartyVerdict,
    Verdict,
)
from countermark.apps.cases.selectors import READ
from countermark.domain.correlation import (
    LIMITED_KINDS,
    KeyKind,
    Strength,
    cap_of,
    crosses_scripts,
    is_placeholder,
    score,
    strength,
)
from countermark.domain.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.apps.accounts.models import Officer

Pair = tuple[str, str]
CAPPED, PLACEHOLDER, COMMON = "capped", "placeholder", "common"
WORDLESS: Final = frozenset({KeyKind.MARK, KeyKind.ROUTE})
"""Kinds whose words are never placeholders: a mark may well be called ``Private``."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A key that explains a link: how this case wrote it, and how the other did.

    ``mine`` and ``theirs`` are the parties whose it is, or None; ``key`` leads to the value's page,
    and is 0 for an officer's word.
    """

    kind: KeyKind
    value: str
    shown: str
    other: str
    mine: int | None = None
    theirs: int | None = None
    key: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """Another case, with everything that links it; ``points`` is 0 to 100."""

    case: Case
    shared: tuple[Shared, ...]
    points: int

    @property
    def strength(self) -> Strength:
        """The word for the points."""
        return strength(self.points)


@dataclass(frozen=True, slots=True)
class Ignored:
    """A value of the case that links nothing; ``why`` is ``capped``, ``placeholder``, ``common``.

    ``limit`` is the cap that a capped value exceeds, ``reason`` what an officer wrote.
    """

    kind: KeyKind
    value: str
    shown: str
    why: str
    limit: int
    reason: str
    key: int


@dataclass(frozen=True, slots=True)
class CaseLinks:
    """The links of a case, the strongest first; ``hidden`` cases are beyond the officer's reach."""

    links: tuple[Link, ...]
    ignored: tuple[Ignored, ...]
    hidden: int


def cap(kind: KeyKind) -> int:
    """Return how many cases a value of a kind may be in and still link them, on this node."""
    return cap_of(kind, settings.COUNTERMARK_LINK_CAP, settings.COUNTERMARK_LINK_CAP_WEAK)


def case_links(*, case: Case, visible_to: Officer) -> CaseLinks:
    """Return the cases linked to a case, each with the keys that explain it; four queries.

    Args:
        case: Obtained from a selector scoped to the officer.
        visible_to: The officer who asks. Cases beyond his reach are counted, never named.
    """
    keys = list(_keys_with_use(case.keys.all()))
    ignored = _ignored(keys)
    left_out = {(each.kind, each.value) for each in ignored}
    active = [key for key in keys if (key.kind, key.value) not in left_out]
    verdicts = _verdicts(case)
    found = _shared(case, active, verdicts)
    cases = within_reach(Case.objects.filter(pk__in=found), of=visible_to, act=READ)
    seen = cases.select_related("office")
    links = [_link(each, found[each.pk]) for each in seen]
    links.sort(key=lambda link: (-link.points, -link.case.opened_on.toordinal(), link.case.number))
    return CaseLinks(tuple(links), tuple(ignored), len(found) - len(links))


@dataclass(frozen=True, slots=True)
class ValuePage:
    """The cases that hold one value; ``ignored`` says why it links none, if so."""

    key: CaseKey
    kind: KeyKind
    value: str
    shown: str
    cases: QuerySet[Case]
    hidden: int
    ignored: Ignored | None


def value_cases(*, key: int, visible_to: Officer) -> ValuePage:
    """Return the cases that hold the value of a key of a case the officer may see.

    The cases beyond reach are counted no further than the cap.

    Raises:
        NotFound: There is no such key, or the officer may not see its case.
    """
    reach = within_reach(CaseKey.objects.all(), of=visible_to, act=READ, office="case__office")
    row = _keys_with_use(reach.filter(pk=key)).first()
    if row is None:
        raise NotFound("link-value-unknown")
    kind = KeyKind(row.kind)
    same = CaseKey.objects.filter(kind=row.kind, value=row.value)
    cases = within_reach(
        Case.objects.filter(pk__in=same.values("case")), of=visible_to, act=READ
    ).select_related("office")
    beyond = Case.objects.filter(pk__in=same.values("case")).exclude(
        pk__in=within_reach(Case.objects.all(), of=visible_to, act=READ).values("pk")
    )
    hidden = len(beyond.values_list("pk", flat=True).order_by()[: cap(kind)])
    ignored = next(iter(_ignored([row])), None)
    return ValuePage(row, kind, row.value, row.shown, cases, hidden, ignored)


def common_value_list(*, visible_to: Officer) -> QuerySet[CommonValue]:
    """Return the values that officers have put aside, to any officer who reads cases."""
    if not visible_to.may(READ):
        return CommonValue.objects.none()
    return CommonValue.objects.filter(lifted_at=None).select_related("by")


def common_value_get(*, pk: int, visible_to: Officer) -> CommonValue:
    """Return one value that was put aside and not lifted since.

    Raises:
        NotFound: There is none, or the officer reads no cases.
    """
    row = common_value_list(visible_to=visible_to).filter(pk=pk).first()
    if row is None:
        raise NotFound("common-value-unknown")
    return row


def party_get(*, pk: int, visible_to: Officer) -> CaseParty:
    """Return a party of a case the officer may see.

    Raises:
        NotFound: There is none within reach.
    """
    parties = within_reach(
        CaseParty.objects.select_related("case"), of=visible_to, act=READ, office="case__office"
    )
    row = parties.filter(pk=pk).first()
    if row is None:
        raise NotFound("party-unknown")
    return row


def party_verdict_list(*, case: Case, visible_to: Officer) -> list[PartyVerdict]:
    """Return what holds of the parties of a case, where both parties are within reach."""
    pairs = PartyVerdict.objects.filter(Q(first__case=case) | Q(second__case=case))
    for side in ("first__case__office", "second__case__office"):
        pairs = within_reach(pairs, of=visible_to, act=READ, office=side)
    rows = pairs.select_related("first__case", "second__case", "by").order_by("pk")
    latest = {(row.first_id, row.second_id): row for row in rows}
    return [row for row in latest.values() if row.verdict != Verdict.UNDONE]


def _keys_with_use(keys: QuerySet[CaseKey]) -> QuerySet[CaseKey, CaseKey]:
    """Return keys that say ``above``, if their value is in more cases than its cap, and ``aside``.

    ``above`` is read from the index and stops at the cap, so that a value in a million cases costs
    no more than one in fifty.
    """
    above: dict[int, list[str]] = defaultdict(list)
    for kind in LIMITED_KINDS:
        above[cap(kind)].append(kind)
    same = CaseKey.objects.filter(kind=OuterRef("kind"), value=OuterRef("value"))
    cases = same.order_by("case_id").values("case_id").distinct()
    aside = CommonValue.objects.filter(
        kind=OuterRef("kind"), value=OuterRef("value"), lifted_at=None
    )
    whens = [
        When(kind__in=kinds, then=Subquery(cases[limit : limit + 1]))
        for limit, kinds in above.items()
    ]
    return keys.annotate(
        above=Choice(*whens, default=Value(None), output_field=IntegerField()),
        aside=Subquery(aside.values("reason")[:1], output_field=CharField()),
    )


def _ignored(keys: Iterable[CaseKey]) -> list[Ignored]:
    """Return the values among some keys that link nothing, each once, with the reason."""
    found: dict[Pair, Ignored] = {}
    for key in keys:
        kind, why = KeyKind(key.kind), ""
        if kind not in WORDLESS and is_placeholder(key.shown):
            why = PLACEHOLDER
        elif getattr(key, "aside", None) is not None:
            why = COMMON
        elif getattr(key, "above", None) is not None:
            why = CAPPED
        if why:
            reason = getattr(key, "aside", None) or ""
            ignored = Ignored(kind, key.value, key.shown, why, cap(kind), reason, key.pk)
            found.setdefault((key.kind, key.value), ignored)
    return list(found.values())


def _verdicts(case: Case) -> dict[tuple[int, int], tuple[str, int]]:
    """Return what holds of each pair of a party of the case and another: verdict and its case."""
    rows = (
        PartyVerdict.objects.filter(Q(first__case=case) | Q(second__case=case))
        .order_by("pk")
        .values_list("first", "first__case", "second", "second__case", "verdict")
    )
    held: dict[tuple[int, int], tuple[str, int]] = {}
    for first, first_case, second, second_case, verdict in rows:
        if first_case == case.pk:
            held[first, second] = (verdict, second_case)
        else:
            held[second, first] = (verdict, first_case)
    return held


def _shared(
    case: Case, keys: list[CaseKey], verdicts: dict[tuple[int, int], tuple[str, int]]
) -> dict[int, list[Shared]]:
    """Return what each other case shares with a case, by the other's primary key."""
    mine: dict[Pair, list[CaseKey]] = defaultdict(list)
    for key in keys:
        mine[key.kind, key.value].append(key)
    found: dict[int, list[Shared]] = defaultdict(list)
    for theirs in _same_values(case, mine):
        for key in mine[theirs.kind, theirs.value]:
            pair = verdicts.get((key.party_id or 0, theirs.party_id or 0))
            if _explains(key, theirs) and (pair is None or pair[0] != Verdict.DIFFERENT):
                found[theirs.case_id].append(_reason(key, theirs))
    for (own, other), (verdict, other_case) in verdicts.items():
        if verdict == Verdict.SAME and other_case != case.pk:
            said = Shared(KeyKind.SAME_PARTY, "", "", "", own, other)
            found[other_case].append(said)
    return dict(found)


def _same_values(case: Case, values: Iterable[Pair]) -> Iterable[CaseKey]:
    wanted: dict[str, list[str]] = defaultdict(list)
    for kind, value in values:
        wanted[kind].append(value)
    any_of = Q(pk__in=[])
    for kind, texts in sorted(wanted.items()):
        any_of |= Q(kind=kind, value__in=texts)
    return CaseKey.objects.filter(any_of).exclude(case=case).order_by("case", "pk")


def _explains(key: CaseKey, other: CaseKey) -> bool:
    """Tell whether two keys of one value link: an equal sound does between scripts only."""
    return key.kind != KeyKind.READING or crosses_scripts(key.shown, other.shown)


def _reason(key: CaseKey, other: CaseKey) -> Shared:
    kind = KeyKind(key.kind)
    return Shared(kind, key.value, key.shown, other.shown, key.party_id, other.party_id, key.pk)


def _link(case: Case, shared: list[Shared]) -> Link:
    """Return a link; a value that several parties share explains it once."""
    once: dict[Pair, Shared] = {}
    for each in shared:
        once.setdefault((each.kind, each.value), each)
    return Link(case, tuple(once.values()), score(each.kind for each in once.values()))
