"""Totals of goods: one for each currency and value basis, never one across them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from countermark.domain.money import Money, Rate, Rounding, convert, cross_rate
from countermark.domain.valuation.rates import published_rate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from countermark.domain.vocabulary import ValueBasis


@dataclass(frozen=True, slots=True)
class Valued:
    """An amount with what it measures."""

    money: Money
    basis: ValueBasis


@dataclass(frozen=True, slots=True)
class ConvertedTotal:
    """A total in another currency, with everything a reader needs to check it."""

    money: Money
    original: Valued
    rate: Rate
    rounding: Rounding


def totals(values: Iterable[Valued]) -> tuple[Valued, ...]:
    """Return one total for each currency and basis among ``values``, in the order of their codes.

    Amounts that differ in currency or in basis are never added: a market value in Hong Kong dollars
    and a declared value in renminbi stay two figures.
    """
    sums: dict[tuple[str, ValueBasis], Money] = {}
    for value in values:
        key = (value.money.currency, value.basis)
        sums[key] = sums[key] + value.money if key in sums else value.money
    return tuple(Valued(sums[key], key[1]) for key in sorted(sums))


def total_converted(
    total: Valued, currency: str, on: date, *, rates: Iterable[Rate], rounding: Rounding
) -> ConvertedTotal:
    """Return ``total`` in ``currency`` at the rate published on ``on`` or last before it.

    Rates may be quoted against a third currency, as the European Central Bank quotes all against
    the euro; the two are then crossed on one day.

    Raises:
        RateMissing: No rate is published within seven days before ``on``.
    """
    rate = _rate_between(total.money.currency, currency, on, list(rates))
    return ConvertedTotal(convert(total.money, rate, rounding), total, rate, rounding)


def _rate_between(base: str, quote: str, on: date, rates: list[Rate]) -> Rate:
    direct = [rate for rate in rates if (rate.base, rate.quote) == (base, quote)]
    crossed = [
        cross_rate(first, second)
        for first in rates
        if first.quote == base
        for second in rates
        if second.quote == quote
        and (first.base, first.published_on, first.source)
        == (second.base, second.published_on, second.source)
    ]
    return published_rate(direct or crossed, base, quote, on)
