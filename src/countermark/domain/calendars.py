"""Working days of one administration; the gazetted days are handed in, never computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
WEEKEND = frozenset({SATURDAY, SUNDAY})


class DayKind(StrEnum):
    """Why a day counts or does not."""

    WORKING = "working"
    MAKE_UP = "make-up"
    HOLIDAY = "holiday"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working days of one administration, as far as they are published.

    ``rest_weekdays`` are weekday numbers with Monday 0: Saturday and Sunday on the mainland, Sunday
    alone where a Hong Kong rule leaves out general holidays only. A make-up day is a working day
    even if it is also listed as a holiday or falls on a rest day.
    """

    until: date
    holidays: frozenset[date] = frozenset()
    makeup_days: frozenset[date] = frozenset()
    since: date = date.min
    rest_weekdays: frozenset[int] = WEEKEND

    def kind(self, day: date) -> DayKind:
        """Return why ``day`` counts as a working day or does not."""
        if day in self.makeup_days:
            return DayKind.MAKE_UP
        if day in self.holidays:
            return DayKind.HOLIDAY
        return DayKind.REST if day.weekday() in self.rest_weekdays else DayKind.WORKING

    def is_working(self, day: date) -> bool:
        """Return whether ``day`` is a working day."""
        return self.kind(day) in (DayKind.WORKING, DayKind.MAKE_UP)

    def covers(self, first: date, last: date) -> bool:
        """Return whether every day from ``first`` to ``last`` is in a published calendar."""
        return self.since <= first and last <= self.until
