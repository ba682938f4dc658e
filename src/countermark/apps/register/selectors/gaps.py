"""What the gap map is computed from: the files of one holder, right by right, side by side."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.register.completeness import completeness
from countermark.apps.register.convert import name_key
from countermark.apps.register.models import AccessState, Capacity, Recordation, RightHolder
from countermark.apps.register.selectors.examiners import examiners_lacking
from countermark.apps.register.selectors.recordations import recordation_list
from countermark.domain.gaps import Attorney, Cell, Gap, MappedRight, gaps_found
from countermark.lawbook import protection
from countermark.lawbook.rights import NeedKind

_TERMS = re.compile(r"[;；,，、。\n]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORDS = ("word", "word_zh_hant", "word_zh_hans")
EXAMINER = "examiner"
"""Needs whose code begins so ask for somebody who can tell genuine goods from counterfeits."""


@dataclass(frozen=True, slots=True)
class RightRow:
    """One right of the map, with the files behind each of its cells."""

    right: MappedRight
    label: str
    right_type: str
    files: dict[str, tuple[Recordation, ...]]


@dataclass(frozen=True, slots=True)
class GapMap:
    """Everything that is lacking for one holder, and the map that it was read from."""

    holder: RightHolder
    administrations: tuple[Administration, ...]
    rows: tuple[RightRow, ...]
    gaps: tuple[Gap, ...]


def gap_map(*, holder: RightHolder, visible_to: Officer, on: date, within_days: int) -> GapMap:
    """Return the gap map of a holder, from the files that the account may see.

    Args:
        holder: Obtained from a scoped selector.
        visible_to: A portal account sees its drafts, an officer does not.
        on: The day that counts as today.
        within_days: How far ahead an end counts as near.
    """
    files = recordation_list(visible_to=visible_to).filter(closed=False)
    mine = files.filter(right__holder=holder) | files.filter(right__isnull=True, applicant=holder)
    found = mine.prefetch_related("documents", "right__authorised_parties").order_by("pk")
    sides = tuple(Administration.objects.order_by("code"))
    unexamined = bool(examiners_lacking([holder], on=on))
    rows = tuple(_row(files, sides, unexamined=unexamined) for files in _grouped(list(found)))
    gaps = gaps_found(
        (row.right for row in rows),
        [side.code for side in sides],
        _attorneys(holder),
        today=on,
        within_days=within_days,
    )
    return GapMap(holder, sides, rows, gaps)


def words_of(recordation: Recordation) -> tuple[str, ...]:
    """Return the mark or title of a file in every script it is written in."""
    of = recordation.right
    said = [getattr(of, w) if of else str(recordation.content.get(w, "")) for w in _WORDS]
    return tuple(word for word in said if word)


def _attorneys(holder: RightHolder) -> list[Attorney]:
    accesses = holder.accesses.filter(
        state=AccessState.APPROVED, capacity=Capacity.AGENT, valid_until__isnull=False
    ).select_related("account")
    return [
        Attorney(each.account.display_name, each.valid_until)
        for each in accesses
        if each.valid_until
    ]


def _grouped(files: Sequence[Recordation]) -> list[list[Recordation]]:
    """Return files by right: of one kind, with a word in common in some script."""
    groups: list[tuple[set[tuple[str, str]], list[Recordation]]] = []
    for each in files:
        names = {(each.right_type, name_key(word)) for word in words_of(each)}
        names |= {(each.right_type, f"#{each.pk}")} if not names else set()
        same = [group for group in groups if group[0] & names]
        merged = (names.union(*(g[0] for g in same)), [f for g in same for f in g[1]] + [each])
        groups = [group for group in groups if group not in same] + [merged]
    return [found for _, found in groups]


def _row(
    files: Sequence[Recordation], sides: Iterable[Administration], *, unexamined: bool
) -> RightRow:
    by_side: defaultdict[str, list[Recordation]] = defaultdict(list)
    for each in files:
        by_side[each.administration.code].append(each)
    kind = files[0].right_type
    label = next((word for each in files for word in words_of(each)), files[0].file_number)
    right = MappedRight(
        key=f"{label}/{kind}/{files[0].pk}",
        cells={code: _cell(found, unexamined=unexamined) for code, found in by_side.items()},
        unrecordable=frozenset(s.code for s in sides if protection(s.law, kind) is None),
    )
    return RightRow(right, label, kind, {code: tuple(found) for code, found in by_side.items()})


def _cell(files: Sequence[Recordation], *, unexamined: bool) -> Cell:
    """Return what one administration has of a right, from all its files of it together."""
    granted = [each for each in files if each.right is not None]
    told = granted or files
    lacking = [_lacking(each, unexamined=unexamined) for each in granted]
    return Cell(
        file=told[0].pk,
        recorded=bool(granted),
        draft=not granted and all(each.filed_on is None for each in files),
        classes=frozenset(number for each in told for number in _classes(each)),
        goods=_goods(told),
        licensees=frozenset(name for each in granted for name in _parties(each)),
        examiner=lacking[0][0] if lacking else (),
        photos=lacking[0][1] if lacking else (),
        expires_on=min((e.expires_on for e in granted if e.expires_on), default=None),
        right_until=min((e.right.valid_until for e in granted if e.right), default=None),
    )


def _lacking(recordation: Recordation, *, unexamined: bool) -> tuple[tuple[str, ...], ...]:
    """Return the needs of examiners, and of pictures, that a granted file does not meet."""
    lacking = completeness(recordation).lacking
    examiner = [n.code for n in lacking if n.code.startswith(EXAMINER)] if unexamined else []
    return tuple(examiner), tuple(n.code for n in lacking if n.kind is NeedKind.IMAGE)


def _classes(recordation: Recordation) -> list[int]:
    if recordation.right is not None:
        return list(recordation.right.nice_classes)
    return list(recordation.content.get("nice_classes", []))


def _parties(recordation: Recordation) -> set[str]:
    if recordation.right is None:
        return set()
    return {party.name for party in recordation.right.authorised_parties.all()}


def _goods(files: Iterable[Recordation]) -> dict[str, frozenset[str]]:
    terms: defaultdict[str, set[str]] = defaultdict(set)
    for each in files:
        said = each.right.goods if each.right else str(each.content.get("goods", ""))
        for term in filter(None, map(str.strip, _TERMS.split(said))):
            folded = " ".join(term.casefold().split())
            terms["han" if _HAN.search(term) else "other"].add(folded)
    return {script: frozenset(found) for script, found in terms.items()}
