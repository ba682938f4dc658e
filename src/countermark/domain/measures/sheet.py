"""One party's sheet: its totals, and breakdowns whose parts add up to them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from countermark.domain.measures.places import NOT_RECOGNISED
from countermark.domain.measures.records import CaseRecord, GoodsRecord
from countermark.domain.measures.tally import Tally, tally_sum
from countermark.domain.quantity import Dimension

NOT_SHOWN = "not-shown"
"""Code of the part that carries what the other parts leave out."""

NOT_STATED = "not-stated"
"""Code of the part for cases in which the detail is not known."""

Shares = Iterable[tuple[str, Tally]]


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a breakdown.

    ``behind`` is how many cases have anything in the row, which by category may be more than the
    cases that stand under it; None where that is not known.
    """

    code: str
    tally: Tally
    behind: int | None = None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total split along one dimension; the parts add up to the total in every figure."""

    dimension: str
    parts: tuple[Part, ...]

    def part(self, code: str) -> Tally:
        """Return what one part counts; empty where the breakdown has no such part."""
        return tally_sum(part.tally for part in self.parts if part.code == code)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one party counted, with its breakdowns."""

    total: Tally
    breakdowns: tuple[Breakdown, ...]

    def breakdown(self, dimension: str) -> Breakdown:
        """Return one breakdown; without parts where the party stated none."""
        found = (each for each in self.breakdowns if each.dimension == dimension)
        return next(found, Breakdown(dimension, ()))


def case_tally(case: CaseRecord) -> Tally:
    """Return what one case counts: one case, its articles, and its amounts each on their basis."""
    return Tally(cases=1) + tally_sum(map(_line_tally, case.goods))


def _line_tally(line: GoodsRecord) -> Tally:
    counted = line.quantity.dimension is Dimension.COUNT
    return tally_sum(
        (
            Tally(items=line.quantity.in_base()) if counted else Tally(lines_uncounted=1),
            Tally(amounts=(line.amount,)) if line.amount else Tally(lines_unvalued=1),
        )
    )


def leading_category(case: CaseRecord) -> str:
    """Return the category under which a case is counted, so that cases by category add up.

    It is the category with the most articles; of equals the first by code. A case without goods
    lines has none and stands under ``NOT_STATED``.
    """
    articles: dict[str, Tally] = defaultdict(Tally)
    for line in case.goods:
        articles[line.category] += _line_tally(line)
    return min(articles, key=lambda code: (-articles[code].items, code), default=NOT_STATED)


def _by_category(case: CaseRecord) -> Shares:
    yield leading_category(case), Tally(cases=1)
    for line in case.goods:
        yield line.category, _line_tally(line)


def _by(detail: Callable[[CaseRecord], str]) -> Callable[[CaseRecord], Shares]:
    return lambda case: ((detail(case) or NOT_STATED, case_tally(case)),)


SPLITS: dict[str, Callable[[CaseRecord], Shares]] = {
    "category": _by_category,
    "direction": _by(lambda case: case.direction),
    "destination": _by(lambda case: case.destination),
    "channel": _by(lambda case: case.channel),
    "transport-mode": _by(lambda case: case.transport_mode),
}
"""How a case is shared out along each dimension; its shares add up to ``case_tally``."""


def sheet_of(cases: Iterable[CaseRecord], dimensions: Iterable[str] = tuple(SPLITS)) -> Sheet:
    """Return the sheet of some cases; parts stand in order of articles, then of code.

    Args:
        cases: The cases that count, each once.
        dimensions: Names in ``SPLITS``.
    """
    counted = tuple(cases)
    return Sheet(
        tally_sum(map(case_tally, counted)),
        tuple(_breakdown(counted, dimension) for dimension in dimensions),
    )


def _breakdown(cases: tuple[CaseRecord, ...], dimension: str) -> Breakdown:
    shares: dict[str, list[Tally]] = defaultdict(list)
    behind: Counter[str] = Counter()
    for case in cases:
        split = tuple(SPLITS[dimension](case))
        behind.update({code for code, _ in split})
        for code, tally in split:
            shares[code].append(tally)
    parts = [Part(code, tally_sum(each), behind[code]) for code, each in shares.items()]
    return Breakdown(dimension, tuple(sorted(parts, key=_rank)))


def _rank(part: Part) -> tuple[bool, Decimal, int, str]:
    last = part.code in (NOT_SHOWN, NOT_STATED, NOT_RECOGNISED)
    return (last, -part.tally.items, -part.tally.cases, part.code)


def breakdown_shortened(breakdown: Breakdown, rows: int) -> Breakdown:
    """Return the first ``rows`` parts and one part ``NOT_SHOWN`` with all that follow them."""
    kept, rest = breakdown.parts[:rows], breakdown.parts[rows:]
    if not rest:
        return breakdown
    left = Part(NOT_SHOWN, tally_sum(part.tally for part in rest))
    return Breakdown(breakdown.dimension, (*kept, left))


def breakdown_completed(breakdown: Breakdown, total: Tally) -> Breakdown:
    """Return a breakdown that adds up to ``total``, with a part ``NOT_SHOWN`` where it falls short.

    Official parts often leave something out; the difference is shown, never spread.

    Raises:
        InvalidInput: ``parts-exceed-total``; the parts hold more than the total.
    """
    rest = total - tally_sum(part.tally for part in breakdown.parts)
    if rest.empty:
        return breakdown
    return Breakdown(breakdown.dimension, (*breakdown.parts, Part(NOT_SHOWN, rest)))
