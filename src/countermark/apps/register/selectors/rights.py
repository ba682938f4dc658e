from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.utils import timezone

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.register.convert import RecordedRight, name_key, recorded_right
from countermark.apps.register.entries import Entry
from countermark.apps.register.keys import look_key
from countermark.apps.register.models import (
    AuthorisedParty,
    Permission,
    PermissionState,
    Recordation,
    Right,
    RightHolder,
    RightState,
    SearchKey,
)
from countermark.apps.register.plan import Register
from countermark.domain.errors import NotFound
from countermark.domain.matching import register_version as marks_version
from countermark.domain.matching.types import RecordedMark
from countermark.lawbook import right_types

LOT = 900


def right_list(*, visible_to: Officer, query: str = "") -> QuerySet[Right]:
    """Return the rights of the register, in any state, to those who may read rights.

    Args:
        visible_to: Without ``rights.read`` the list is empty.
        query: Part of a mark in any script or as it looks, of a holder's name, or of a registration
            or recordation number; empty for all.
    """
    if not visible_to.may("rights.read"):
        return Right.objects.none()
    rights = Right.objects.select_related("holder").prefetch_related("recordations__administration")
    return rights.filter(right_matching(query)) if query.strip() else rights


def right_matching(query: str, path: str = "") -> Q:
    """Return the condition that a right matches a search in any script, or looks as it is written.

    Args:
        query: As an officer types it; not empty.
        path: Lookup path that leads to the right, ending in ``__``.
    """
    # Signs alone are no name, whatever letters they look like.
    wanted = {name_key(query), look_key(query)} if name_key(query) else set()
    keys = SearchKey.objects.none()
    if wanted:
        condition = Q()
        found = SearchKey.objects.all()
        for number, key in enumerate(sorted(wanted)):
            found = found.alias(**{f"at{number}": StrIndex("text", Value(key))})
            condition |= Q(**{f"at{number}__gt": 0})
        keys = found.filter(condition)
    return Q(**{f"{path.removesuffix('__') or 'pk'}__in": keys.values("right")})


def right_get(*, pk: int, visible_to: Officer) -> Right:
    """Return one right with its holder, recordations and authorised parties.

    Raises:
        NotFound: There is no such right, or the officer may not read rights.
    """
    rights = right_list(visible_to=visible_to).prefetch_related(
        "authorised_parties", "holder__representatives"
    )
    try:
        return rights.get(pk=pk)
    except Right.DoesNotExist:
        raise NotFound("right-unknown", pk=pk) from None


def right_find(
    *, jurisdiction: str, registration_number: str, right_type: str = "trade-mark"
) -> Right:
    """Return a right by its registration, for services and commands.

    Raises:
        NotFound: There is no such right.
    """
    try:
        return Right.objects.select_related("holder").get(
            jurisdiction=jurisdiction,
            right_type=right_type,
            registration_number=registration_number,
        )
    except Right.DoesNotExist:
        raise NotFound("right-unknown", registration_number=registration_number) from None


def rights_named(references: Iterable[str]) -> list[Right]:
    """Return the rights that the audit log names so, in any state, ordered by key."""
    wanted = set(references)
    numbers = {reference.split("/", 2)[-1] for reference in wanted}
    found = (
        right
        for some in _in_lots(numbers)
        for right in Right.objects.filter(registration_number__in=some)
    )
    return sorted((r for r in found if r.reference in wanted), key=lambda right: right.pk)


def holder_list(*, visible_to: Officer, query: str = "") -> QuerySet[RightHolder]:
    """Return right holders by name in any script, to those who may read rights."""
    if not visible_to.may("rights.read"):
        return RightHolder.objects.none()
    return RightHolder.objects.filter(folded__contains=name_key(query))


def recordation_in_force_list(on: date) -> QuerySet[Recordation]:
    """Return the recordations with our own administration that are screened against on a day.

    A recordation counts where it is in force, its term has begun and not ended, the right itself
    stands and is valid that day, and its kind is screened for by word and has one.
    """
    return _recorded_between(on, on)


def recorded_rights(
    first: date, last: date, *, only: QuerySet[Right] | None = None
) -> list[RecordedRight]:
    """Return every right recorded with our administration on some day between two, included.

    Args:
        first: The first day.
        last: The last day.
        only: Leave out all other rights; None for the whole register.
    """
    recordations = _recorded_between(first, last)
    if only is not None:
        recordations = recordations.filter(right__in=only)
    # Grouped by hand: a prefetch would cost more than all the rest for a large register.
    parties: defaultdict[int, list[AuthorisedParty | Permission]] = defaultdict(list)
    for party in AuthorisedParty.objects.filter(right__in=recordations.values("right")):
        parties[party.right_id].append(party)
    for permission in Permission.objects.filter(
        right__in=recordations.values("right"),
        state=PermissionState.IN_FORCE,
        valid_from__lte=last,
        valid_until__gte=first,
    ):
        parties[permission.right_id].append(permission)
    return [
        recorded_right(recordation, parties[recordation.right_id or 0])
        for recordation in recordations.select_related("right__holder").order_by("right_id")
    ]


def recorded_marks(on: date) -> list[RecordedMark]:
    """Return the marks that are screened against on a day, ordered by right."""
    marks = (right.mark_on(on) for right in recorded_rights(on, on))
    return [mark for mark in marks if mark is not None]


def register_version(on: date | None = None) -> str:
    """Return a digest that changes exactly when the marks screened against change.

    Args:
        on: The day asked about; by default today, where the node stands.
    """
    return marks_version(recorded_marks(on or timezone.localdate()))


def register_around(entries: Iterable[Entry], administration: Administration) -> Register:
    """Return the part of the register that the entries of an import speak of."""
    numbers = {entry.right.registration_number for entry in entries}
    rights = Right.objects.select_related("holder").prefetch_related(
        "recordations", "authorised_parties", "holder__representatives"
    )
    found = [
        right for some in _in_lots(numbers) for right in rights.filter(registration_number__in=some)
    ]
    granted = Recordation.objects.filter(administration=administration, right__isnull=False)
    recordations = granted.values_list(
        "number", "right__jurisdiction", "right__right_type", "right__registration_number"
    )
    return Register(
        rights={(r.jurisdiction, r.right_type, r.registration_number): r for r in found},
        numbers={number: (law, kind, of) for number, law, kind, of in recordations},
        jurisdictions=frozenset(Administration.objects.values_list("law", flat=True)),
    )


def _in_lots(numbers: set[str]) -> Iterator[list[str]]:
    """Yield numbers in lots that every database takes as parameters of one query."""
    ordered = sorted(numbers)
    for at in range(0, len(ordered), LOT):
        yield ordered[at : at + LOT]


def _recorded_between(first: date, last: date) -> QuerySet[Recordation]:
    screened = [code for code, kind in right_types().items() if kind.screened]
    wordless = Q(right__word="", right__word_zh_hans="", right__word_zh_hant="")
    return Recordation.objects.exclude(wordless).filter(
        Q(expires_on__isnull=True) | Q(expires_on__gte=first),
        right__right_type__in=screened,
        administration__code=settings.COUNTERMARK_ADMINISTRATION,
        in_force=True,
        recorded_on__lte=last,
        right__state=RightState.IN_FORCE,
        right__valid_from__lte=last,
        right__valid_until__gte=first,
    )
