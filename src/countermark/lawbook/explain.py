"""Why a term ends on its day: every day of its count, with the law behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from countermark.domain.errors import Refusal
from countermark.domain.procedures import days_counted, due_date

if TYPE_CHECKING:
    from datetime import date

    from countermark.domain.procedures import CountedDay, Deadline, Procedure, Term
    from countermark.lawbook.book import Lawbook
    from countermark.lawbook.calendars import NamedCalendar


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day of a count; ``name`` is the holiday as the calendar file calls it, or empty."""

    counted: CountedDay
    name: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A deadline with its calendar and every day from the first to the last."""

    term: Term
    deadline: Deadline
    calendar: NamedCalendar
    days: tuple[NamedDay, ...]

    def cited(self, book: Lawbook, language: str) -> str:
        """Return the article behind the term, or its code where no file holds that edition."""
        try:
            return book.citation(self.term.source, self.deadline.started_on).text(language)
        except Refusal:
            return self.term.source


def deadlines_explained(
    book: Lawbook, procedure: Procedure, act: str, on: date
) -> tuple[Explained, ...]:
    """Return every term that an act starts on a day, counted day by day.

    Raises:
        ActNotOpen: The procedure knows no such act.
        TermNotInForce: The act starts a term no version of which was law on that day.
    """
    procedure.act(act)
    working = book.working_calendars(procedure.law)
    started = procedure.deadlines_from(act, on, working)
    return tuple(
        explained(deadline.term, on, book.calendar(deadline.term.calendar)) for deadline in started
    )


def explained(term: Term, on: date, calendar: NamedCalendar) -> Explained:
    """Return one term counted from a day on.

    Raises:
        TermNotInForce: The term was not law on that day.
    """
    named = {day: name for year in calendar.years for day, name in year.holidays.items()}
    days = tuple(
        NamedDay(each, named.get(each.day, "")) for each in days_counted(term, on, calendar.days)
    )
    return Explained(term, due_date(term, on, calendar.days), calendar, days)
