"""How long a recordation holds and when it may be renewed: dates, from what the law files say."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from countermark.lawbook import Protection

ONE_DAY = timedelta(days=1)


def months_later(day: date, months: int) -> date:
    """Return the same day of the month some months on, or the last of a month too short for it.

    Args:
        day: Where to count from.
        months: How many; less than zero counts back.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_day(protection: Protection, first: date, right_until: date) -> date | None:
    """Return the last day of a recordation that begins on ``first``; None where no term is set.

    Ten years from 5 March 2026 end on 4 March 2036, or with the right if that ends sooner.

    Law:
        cn/ipr-customs-regulations#10 (ten years); cn/ipr-customs-measures#9 (ends with the right).
    """
    if not protection.recordation_years:
        return None
    same_day = months_later(first, 12 * protection.recordation_years)
    # Where the year has no such day (29 February), the last of its month is the last day.
    term = same_day - ONE_DAY if same_day.day == first.day else same_day
    return min(term, right_until) if protection.ends_with_right else term


def renewable_from(protection: Protection, expires_on: date | None) -> date | None:
    """Return the first day on which renewal may be asked for; None where nothing expires.

    Law:
        cn/ipr-customs-regulations#10 (within the last six months).
    """
    if expires_on is None or not protection.recordation_years:
        return None
    return months_later(expires_on, -protection.renewal_window_months) + ONE_DAY


def renewed_until(protection: Protection, expires_on: date, right_until: date) -> date | None:
    """Return the last day of a recordation that is renewed once more, from its last day on."""
    return last_day(protection, expires_on + ONE_DAY, right_until)
