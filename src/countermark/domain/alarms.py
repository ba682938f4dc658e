"""Alarms: which day draws near, how near, and which letter about it is due.

Pure. The days and their sources come from the law files; here is only the counting.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from countermark.domain.vocabulary import Verification


class AlarmKind(StrEnum):
    """What draws near, in the order of the list where days are the same."""

    RECORDATION_RENEWAL = "recordation-renewal"
    RIGHT_RENEWAL = "right-renewal"
    CHANGE_REPORT = "change-report"
    ATTORNEY_END = "attorney-end"


@dataclass(frozen=True, slots=True)
class Alarm:
    """One day that draws near.

    ``subject`` names the file or the agent, ``label`` the right or the agent as people know it.
    ``last_day`` is the last day to act, ``opens_on`` the first, None where one may act at any time.
    ``source`` is the article that sets the day, empty where a paper does. ``counted_from`` and
    ``working_days`` say how a counted term was counted; ``provisional`` that its calendar is not
    published to the end.
    """

    kind: AlarmKind
    subject: str
    label: str
    administration: str
    file: int | None
    last_day: date
    opens_on: date | None = None
    source: str = ""
    verification: Verification = Verification.VERIFIED
    counted_from: date | None = None
    working_days: int = 0
    provisional: bool = False

    def days_left(self, today: date) -> int:
        """Return how many days are left; less than zero once the last day has passed."""
        return (self.last_day - today).days


def alarms_due(alarms: Iterable[Alarm], *, today: date, steps: Collection[int]) -> list[Alarm]:
    """Return the alarms that ring, the nearest day first.

    An alarm rings from the day on which its window opens, or from the furthest step, whichever is
    earlier; it does not stop when the day has passed.
    """
    order = list(AlarmKind)
    furthest = timedelta(days=max(steps, default=0))

    def rings(alarm: Alarm) -> bool:
        opens = alarm.opens_on or alarm.last_day
        return today >= min(opens, alarm.last_day - furthest)

    ringing = [alarm for alarm in alarms if rings(alarm)]
    return sorted(ringing, key=lambda a: (a.last_day, order.index(a.kind), a.subject))


def step_of(alarm: Alarm, *, today: date, steps: Collection[int]) -> int | None:
    """Return the step whose letter is due: the smallest that is not below the days left.

    None before the first step, and once the last day has passed: a letter then comes too late, and
    the page still shows the alarm. A node that stood still writes the nearest letter only.
    """
    left = alarm.days_left(today)
    if left < 0:
        return None
    return min((step for step in steps if step >= left), default=None)
