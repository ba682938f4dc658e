"""Hours of a week in which somebody can be reached, in the clock of one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

_DAY = timedelta(days=1)
_AHEAD = range(-1, 9)


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """The same hours on some days of every week.

    Args:
        days: ISO weekdays, 1 for Monday to 7 for Sunday.
        opens: First minute; None together with ``closes`` means the whole day.
        closes: First minute that is no longer covered; before ``opens`` it is the next day's.
    """

    days: frozenset[int]
    opens: time | None = None
    closes: time | None = None

    def spans(self, around: datetime) -> list[tuple[datetime, datetime]]:
        """Return the spans from the day before ``around`` to eight days after it, in order.

        Args:
            around: Any instant; the spans carry its time zone and read its clock.
        """
        found = []
        for offset in _AHEAD:
            day = around.date() + offset * _DAY
            if day.isoweekday() in self.days:
                opens, closes = self.opens or time.min, self.closes or time.min
                begin = datetime.combine(day, opens, around.tzinfo)
                last = day if closes > opens else day + _DAY
                found.append((begin, datetime.combine(last, closes, around.tzinfo)))
        return found

    def open_at(self, moment: datetime) -> bool:
        """Return whether the hours cover a moment, read on its own clock."""
        return any(begin <= moment < end for begin, end in self.spans(moment))

    def opens_next(self, moment: datetime) -> datetime | None:
        """Return the first covered moment from ``moment`` on; None where no day is named."""
        for begin, end in self.spans(moment):
            if moment < end:
                return max(begin, moment)
        return None
