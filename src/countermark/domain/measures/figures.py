"""Joint figures as single figures: one value, one unit, one rule, and the cases behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from countermark.domain.measures.joint import Converted, JointFigures, PartySheet
from countermark.domain.measures.tally import Tally


@dataclass(frozen=True, slots=True)
class Figure:
    """One number.

    ``party`` is empty for all parties together. ``dimension`` and ``part`` are empty for a
    headline. ``unit`` is ``case``, ``article`` or ``money``; money is in major units of
    ``currency``. ``cases`` is how many cases the number rests on, None where a party did not say.
    """

    measure: str
    party: str
    selection: str
    dimension: str
    part: str
    value: Decimal
    unit: str
    cases: int | None
    currency: str = ""
    basis: str = ""
    converted: Converted | None = None


def figures_of(joint: JointFigures) -> tuple[Figure, ...]:
    """Return every figure of ``joint``: joint totals, then each party's headlines and parts.

    An amount that could not be converted has no converted figure.
    """
    return tuple(_figures(joint))


def _figures(joint: JointFigures) -> Iterator[Figure]:
    if joint.total:
        total = Tally(joint.total.cases, joint.total.items)
        yield from _counts(_Place("", "all", total, total.cases))
    for party in joint.parties:
        yield from _party_figures(party)


def _party_figures(party: PartySheet) -> Iterator[Figure]:
    for headline in party.headlines:
        tally = headline.tally
        place = _Place(party.administration, headline.selection, tally, tally.cases)
        yield from _counts(place)
        yield from _amounts(place)
        yield from _conversions(place, headline.converted)
    for breakdown in party.sheet.breakdowns:
        for part in breakdown.parts:
            at = (breakdown.dimension, part.code)
            place = _Place(party.administration, "all", part.tally, part.behind, *at)
            yield from _counts(place)
            yield from _amounts(place)


@dataclass(frozen=True, slots=True)
class _Place:
    party: str
    selection: str
    tally: Tally
    behind: int | None
    dimension: str = ""
    part: str = ""

    def figure(self, measure: str, value: Decimal, unit: str, cases: int | None) -> Figure:
        at = (self.party, self.selection, self.dimension, self.part)
        return Figure(measure, *at, value, unit, cases)


def _counts(place: _Place) -> Iterator[Figure]:
    cases = place.tally.cases
    yield place.figure("cases", Decimal(cases), "case", cases)
    yield place.figure("items", place.tally.items, "article", place.behind)


def _amounts(place: _Place) -> Iterator[Figure]:
    for amount in place.tally.amounts:
        figure = place.figure("value", amount.money.amount, "money", place.behind)
        yield replace(figure, currency=amount.money.currency, basis=amount.basis)


def _conversions(place: _Place, conversions: tuple[Converted, ...]) -> Iterator[Figure]:
    for each in conversions:
        if each.money:
            figure = place.figure("value-converted", each.money.amount, "money", place.behind)
            yield replace(
                figure,
                currency=each.money.currency,
                basis=each.original.basis,
                converted=each,
            )
