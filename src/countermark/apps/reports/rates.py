"""Reference rates of the European Central Bank, from the table that CurrencyConverter carries.

No network is asked. The table ends where the installed package ends: for a later day there is no
rate and thus no converted figure, never an old rate without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from currency_converter import CurrencyConverter, RateNotFoundError

from countermark.domain.errors import RateMissing
from countermark.domain.measures import Amount, Converted
from countermark.domain.money import Rate, Rounding
from countermark.domain.valuation import Valued, total_converted
from countermark.domain.valuation.rates import OLDEST_DAYS

SOURCE = "European Central Bank, euro foreign exchange reference rates"
EURO = "EUR"
FIRST_PUBLISHED = date(1999, 1, 4)
ROUNDING = Rounding.HALF_UP


# The library carries no types.
_CONVERTER: Any = CurrencyConverter


@lru_cache(maxsize=1)
def _table() -> Any:
    return _CONVERTER(decimal=True)


def rates_published(currencies: Iterable[str], *, on: date) -> list[Rate]:
    """Return the rates of some currencies against the euro, as published up to seven days before.

    Args:
        currencies: ISO 4217 codes; one that the bank does not quote has no rate.
        on: The last day of publication that counts.

    Returns:
        One rate for each currency and day of publication; the euro stands at 1 against itself.
    """
    days = [on - timedelta(days=back) for back in range(OLDEST_DAYS + 1)]
    quoted = sorted({*currencies} & {*_table().currencies})
    return [rate for day in days for rate in _published(quoted, day)]


def _published(currencies: list[str], day: date) -> Iterator[Rate]:
    for currency in currencies:
        try:
            value: Decimal = _table().convert(Decimal(1), EURO, currency, day)
        except RateNotFoundError:
            continue
        yield Rate(SOURCE, EURO, currency, value, day)


def amount_converted(amount: Amount, *, currency: str, on: date) -> Converted:
    """Return ``amount`` in another currency at the rate published on ``on`` or last before it.

    Where none was published within seven days before ``on``, the amount has no converted figure.
    """
    unknown = Converted(amount, currency, on, ROUNDING, None, None)
    if on < FIRST_PUBLISHED:
        return unknown
    rates = rates_published([amount.money.currency, currency], on=on)
    valued = Valued(amount.money, amount.basis)
    try:
        total = total_converted(valued, currency, on, rates=rates, rounding=ROUNDING)
    except RateMissing:
        return unknown
    return Converted(amount, currency, on, ROUNDING, total.money, total.rate)
