"""The gap map: what one administration knows of a right and another does not, and what runs out.

Pure. A *right* here is one mark or work of a holder, wherever it is recorded; a *cell* is what one
administration has of it. A gap says what is lacking in one cell; filling it removes exactly it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class GapKind(StrEnum):
    """What is lacking, the gravest consequence first: the order here is the order of the list."""

    NOT_RECORDED = "not-recorded"
    RECORDATION_EXPIRING = "recordation-expiring"
    RIGHT_EXPIRING = "right-expiring"
    ATTORNEY_EXPIRING = "attorney-expiring"
    CLASSES_DIFFER = "classes-differ"
    EXAMINER_MISSING = "examiner-missing"
    PHOTOS_MISSING = "photos-missing"
    LICENSEES_DIFFER = "licensees-differ"
    GOODS_DIFFER = "goods-differ"
    NOT_RECORDABLE = "not-recordable"


_RANK = {kind: rank for rank, kind in enumerate(GapKind)}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one administration has of a right.

    ``file`` is a number by which the caller finds the file again. ``waiting`` is a file that is
    not decided, or not handed in (``draft``). ``goods`` are folded terms by script, so that terms
    are only held against terms that could be the same. ``examiner`` and ``photos`` are the codes
    of what its law asks for and the file lacks. ``expires_on`` and ``right_until`` are last days;
    None where none is set.
    """

    file: int
    recorded: bool = True
    draft: bool = False
    classes: frozenset[int] = frozenset()
    goods: Mapping[str, frozenset[str]] = field(default_factory=dict)
    licensees: frozenset[str] = frozenset()
    examiner: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    expires_on: date | None = None
    right_until: date | None = None


@dataclass(frozen=True, slots=True)
class MappedRight:
    """One right of a holder in the cells of the administrations; an absent cell is no file.

    ``unrecordable`` holds the administrations that do not record its kind.
    """

    key: str
    cells: Mapping[str, Cell]
    unrecordable: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Attorney:
    """An agent's power of attorney: who it is, by a name the caller knows, and its last day."""

    key: str
    valid_until: date


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is lacking.

    ``detail`` are the terms, classes, names or codes that are lacking, in order; ``on`` is the last
    day of what runs out; ``file`` is the file to open, None where there is none yet.
    """

    kind: GapKind
    right: str
    administration: str
    detail: tuple[str, ...] = ()
    on: date | None = None
    file: int | None = None


def gaps_found(
    rights: Iterable[MappedRight],
    administrations: Sequence[str],
    attorneys: Iterable[Attorney] = (),
    *,
    today: date,
    within_days: int,
) -> tuple[Gap, ...]:
    """Return every gap, the gravest first, then what runs out soonest, then by right.

    Args:
        rights: What is known, one entry for each right of a holder.
        administrations: Codes of the administrations that are compared.
        attorneys: Powers of attorney of the holder's agents.
        today: The day of asking.
        within_days: How far ahead an end counts as near; an end in the past counts too.
    """
    near = _Near(today, within_days)
    found = [gap for right in rights for gap in _of_right(right, administrations, near)]
    found += [
        Gap(GapKind.ATTORNEY_EXPIRING, each.key, "", on=each.valid_until)
        for each in attorneys
        if near(each.valid_until)
    ]
    return tuple(sorted(found, key=_order))


@dataclass(frozen=True, slots=True)
class _Near:
    today: date
    within_days: int

    def __call__(self, day: date | None) -> bool:
        return day is not None and (day - self.today).days <= self.within_days


def _order(gap: Gap) -> tuple[object, ...]:
    far = gap.on is None, gap.on.toordinal() if gap.on else 0
    return _RANK[gap.kind], far, gap.right, gap.administration, gap.detail, gap.file or 0


def _of_right(right: MappedRight, administrations: Sequence[str], near: _Near) -> Iterator[Gap]:
    recorded = {code: cell for code, cell in right.cells.items() if cell.recorded}
    if not recorded:
        return
    for code in administrations:
        cell = right.cells.get(code)
        if code in right.unrecordable:
            yield Gap(GapKind.NOT_RECORDABLE, right.key, code)
        elif cell is None or cell.draft:
            yield Gap(GapKind.NOT_RECORDED, right.key, code, file=cell.file if cell else None)
        elif cell.recorded:
            yield from _of_cell(right.key, code, cell, near)
            yield from _differing(right.key, code, cell, recorded.values())


def _of_cell(key: str, code: str, cell: Cell, near: _Near) -> Iterator[Gap]:
    if near(cell.expires_on):
        yield Gap(GapKind.RECORDATION_EXPIRING, key, code, on=cell.expires_on, file=cell.file)
    if near(cell.right_until):
        yield Gap(GapKind.RIGHT_EXPIRING, key, code, on=cell.right_until, file=cell.file)
    if cell.examiner:
        yield Gap(GapKind.EXAMINER_MISSING, key, code, cell.examiner, file=cell.file)
    if cell.photos:
        yield Gap(GapKind.PHOTOS_MISSING, key, code, cell.photos, file=cell.file)


def _differing(key: str, code: str, cell: Cell, others: Iterable[Cell]) -> Iterator[Gap]:
    """Yield what other recorded cells of the right have and this one lacks."""
    cells = list(others)
    classes = frozenset().union(*(each.classes for each in cells)) - cell.classes
    if classes:
        names = tuple(map(str, sorted(classes)))
        yield Gap(GapKind.CLASSES_DIFFER, key, code, names, file=cell.file)
    licensees = frozenset().union(*(each.licensees for each in cells)) - cell.licensees
    if licensees:
        yield Gap(GapKind.LICENSEES_DIFFER, key, code, tuple(sorted(licensees)), file=cell.file)
    goods: set[str] = set()
    for script, terms in cell.goods.items():
        goods |= frozenset().union(*(each.goods.get(script, frozenset()) for each in cells)) - terms
    if goods:
        yield Gap(GapKind.GOODS_DIFFER, key, code, tuple(sorted(goods)), file=cell.file)
