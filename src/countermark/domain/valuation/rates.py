"""Which published exchange rate applies on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from countermark.domain.errors import RateMissing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.domain.money import Rate

OLDEST_DAYS = 7
"""How many days before the day asked for a rate may have been published."""


def published_rate(rates: Iterable[Rate], base: str, quote: str, on: date) -> Rate:
    """Return the rate published on ``on``, or else the last one published before it.

    Args:
        rates: Rates of any currencies and days.
        base: Currency that is converted.
        quote: Currency that is wanted.
        on: Day for which the rate is wanted; a later rate is never used.

    Raises:
        RateMissing: Nothing was published in the seven days up to and including ``on``.
    """
    oldest = on - timedelta(days=OLDEST_DAYS)
    fitting = [
        rate
        for rate in rates
        if (rate.base, rate.quote) == (base, quote) and oldest <= rate.published_on <= on
    ]
    if not fitting:
        raise RateMissing("rate-missing", base=base, quote=quote, on=on.isoformat())
    return max(fitting, key=lambda rate: rate.published_on)
