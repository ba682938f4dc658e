from __future__ import annotations

from datetime import date

import pytest
from tests.domain.procedures.cast import term

from countermark.domain.calendars import DayKind, WorkingCalendar
from countermark.domain.errors import TermNotInForce
from countermark.domain.procedures import FirstDay, TermUnit, days_counted, due_date

PLAIN = WorkingCalendar(until=date(2026, 12, 31))
SPRING = WorkingCalendar(
    until=date(2014, 12, 31),
    holidays=frozenset(date(2014, 2, day) for day in range(1, 7)) | {date(2014, 1, 31)},
    makeup_days=frozenset({date(2014, 2, 8)}),
)


def test_three_working_days_run_over_the_spring_festival_to_a_made_up_saturday():
    assert due_date(term(), date(2014, 1, 29), SPRING).due_on == date(2014, 2, 8)


def test_why_this_date_shows_each_day_counted_and_skipped():
    days = days_counted(term(), date(2014, 1, 29), SPRING)
    assert [(each.day.day, each.number) for each in days if each.number] == [
        (30, 1),
        (7, 2),
        (8, 3),
    ]
    assert [each.kind for each in days if not each.number] == [DayKind.HOLIDAY] * 7


@pytest.mark.parametrize(
    ("first_day", "due_on"),
    [
        (FirstDay.DAY_ITSELF, date(2014, 11, 30)),
        (FirstDay.POST_PLUS_2, date(2014, 12, 2)),
        (FirstDay.NEXT_DAY, date(2014, 12, 1)),
    ],
)
def test_each_rule_names_its_first_day(first_day, due_on):
    thirty = term(length=30, unit=TermUnit.CALENDAR_DAYS, first_day=first_day)
    assert due_date(thirty, date(2014, 11, 1), PLAIN).due_on == due_on
    days = days_counted(thirty, date(2014, 11, 1), PLAIN)
    assert (len(days), days[-1].number, days[-1].day) == (30, 30, due_on)


@pytest.mark.parametrize(
    ("started_on", "months", "due_on"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2026, 1, 15), 3, date(2026, 4, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 30), 1, date(2024, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_months_end_on_the_same_day_or_with_a_shorter_month(started_on, months, due_on):
    found = due_date(term(length=months, unit=TermUnit.MONTHS), started_on, PLAIN)
    assert (found.due_on, found.provisional) == (due_on, False)


def test_a_month_that_begins_with_the_act_itself_ends_before_the_same_day():
    itself = term(length=1, unit=TermUnit.MONTHS, first_day=FirstDay.DAY_ITSELF)
    assert due_date(itself, date(2026, 3, 10), PLAIN).due_on == date(2026, 4, 9)
    assert due_date(itself, date(2026, 1, 31), PLAIN).due_on == date(2026, 2, 28)


def test_a_term_beyond_the_published_calendar_is_provisional():
    assert not due_date(term(), date(2026, 12, 28), PLAIN).provisional
    assert due_date(term(), date(2026, 12, 29), PLAIN).provisional


def test_a_term_that_was_not_law_yet_is_refused():
    with pytest.raises(TermNotInForce) as refused:
        due_date(term(in_force_from=date(2027, 1, 1)), date(2026, 12, 31), PLAIN)
    assert refused.value.params == {"term": "answer", "on": "2026-12-31"}
