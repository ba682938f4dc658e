"""Terms that an act starts, and the day on which each ends."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from countermark.domain.calendars import ONE_DAY, DayKind, WorkingCalendar
from countermark.domain.errors import TermNotInForce

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.domain.vocabulary import Names, Verification


class TermUnit(StrEnum):
    """In what a term is measured."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"


class FirstDay(StrEnum):
    """Which day is the first of a term; each rule of law names its own."""

    NEXT_DAY = "next-day"
    DAY_ITSELF = "day-itself"
    POST_PLUS_2 = "post-plus-2"


_DAYS_BEFORE_FIRST = {FirstDay.NEXT_DAY: 1, FirstDay.DAY_ITSELF: 0, FirstDay.POST_PLUS_2: 2}


@dataclass(frozen=True, slots=True)
class Term:
    """A time limit that an act starts.

    ``length`` is at least 1, in ``unit``. ``on_expiry`` names the act that follows when nobody
    answered in time; empty where a power simply lapses. ``answered_by`` are the acts that meet it.
    """

    code: str
    started_by: str
    length: int
    unit: TermUnit
    first_day: FirstDay
    calendar: str
    answered_by: tuple[str, ...]
    on_expiry: str
    names: Names
    source: str
    verification: Verification
    in_force_from: date
    in_force_to: date = date.max
    note: str = ""

    @property
    def passive(self) -> bool:
        """Whether no act of the procedure answers or follows the term: it bars others."""
        return not self.answered_by and not self.on_expiry

    def in_force(self, on: date) -> bool:
        """Return whether the term was law on that day."""
        return self.in_force_from <= on <= self.in_force_to


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which what a term asks for is in time.

    ``provisional`` means that days were counted for which no calendar is published yet.
    """

    term: Term
    started_on: date
    due_on: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a count: ``number`` from 1 on if it counts, 0 if it is skipped, and why."""

    day: date
    number: int
    kind: DayKind


def due_date(term: Term, triggered_on: date, calendar: WorkingCalendar) -> Deadline:
    """Return the last day on which what ``term`` asks for is in time.

    Args:
        term: Its length, unit and the rule that says which day is the first.
        triggered_on: Local date of the act that starts the term.
        calendar: Working days of one administration; not asked for calendar days and months.

    Returns:
        A deadline; on a working day if the term counts those; provisional if it runs outside the
        published calendar.

    Raises:
        TermNotInForce: The term was not law on ``triggered_on``.

    Law:
        cn/ipr-customs-regulations#16 (3 working days); cn/ipr-customs-regulations#20 (30);
        cn/ipr-customs-regulations#24.1 (20); cn/ipr-customs-regulations#24.2 (50);
        hk/cap-60#27.5 (30 days beginning on the day).
    """
    if not term.in_force(triggered_on):
        raise TermNotInForce("term-not-in-force", term=term.code, on=triggered_on.isoformat())
    first = first_day(term, triggered_on)
    if term.unit is TermUnit.MONTHS:
        due_on = _months_on(first, term.length) - ONE_DAY
        return Deadline(term, triggered_on, due_on, provisional=False)
    if term.unit is TermUnit.CALENDAR_DAYS:
        due_on = first + (term.length - 1) * ONE_DAY
        return Deadline(term, triggered_on, due_on, provisional=False)
    *_, last = _working_days(first, term.length, calendar)
    published = calendar.covers(first, last.day)
    return Deadline(term, triggered_on, last.day, provisional=not published)


def first_day(term: Term, triggered_on: date) -> date:
    """Return the first day that may count, given the day of the act that starts the term."""
    return triggered_on + _DAYS_BEFORE_FIRST[term.first_day] * ONE_DAY


def days_counted(term: Term, triggered_on: date, calendar: WorkingCalendar) -> list[CountedDay]:
    """Return every day from the first to the due date, counted or skipped: why this date.

    Raises:
        TermNotInForce: The term was not law on ``triggered_on``.
    """
    due_on = due_date(term, triggered_on, calendar).due_on
    first = first_day(term, triggered_on)
    if term.unit is TermUnit.WORKING_DAYS:
        return list(_working_days(first, term.length, calendar))
    length = (due_on - first).days + 1
    return [
        CountedDay(day, number + 1, calendar.kind(day))
        for number, day in enumerate(first + n * ONE_DAY for n in range(length))
    ]


def _working_days(first: date, length: int, calendar: WorkingCalendar) -> Iterator[CountedDay]:
    day, number = first, 0
    while number < length:
        working = calendar.is_working(day)
        number += working
        yield CountedDay(day, number if working else 0, calendar.kind(day))
        day += ONE_DAY


def _months_on(day: date, months: int) -> date:
    """Return the same day ``months`` later, or the day after a month too short to have it."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    length = monthrange(year, month)[1]
    if day.day > length:
        return date(year, month, length) + ONE_DAY
    return date(year, month, day.day)
