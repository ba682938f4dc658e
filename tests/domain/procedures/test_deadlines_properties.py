from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.procedures.cast import term

from countermark.domain.calendars import WorkingCalendar
from countermark.domain.procedures import FirstDay, TermUnit, days_counted, due_date, first_day

DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31))
SOME_DAYS = st.frozensets(DAYS, max_size=60)
FIRST_DAYS = st.sampled_from(FirstDay)
WORKING_TERMS = st.builds(
    lambda length, first: term(length=length, first_day=first), st.integers(1, 60), FIRST_DAYS
)
ANY_TERMS = st.builds(
    lambda length, unit, first: term(length=length, unit=unit, first_day=first),
    st.integers(1, 60),
    st.sampled_from(TermUnit),
    FIRST_DAYS,
)
CALENDARS = st.builds(WorkingCalendar, until=DAYS, holidays=SOME_DAYS, makeup_days=SOME_DAYS)


@given(WORKING_TERMS, DAYS, CALENDARS)
def test_the_period_holds_exactly_the_terms_working_days(term, start, calendar):
    due = due_date(term, start, calendar).due_on
    first = first_day(term, start)
    counted = [first + timedelta(n) for n in range((due - first).days + 1)]
    assert calendar.is_working(due)
    assert sum(map(calendar.is_working, counted)) == term.length


@given(WORKING_TERMS, DAYS, CALENDARS, DAYS)
def test_a_new_holiday_never_brings_a_deadline_forward(term, start, calendar, holiday):
    later = WorkingCalendar(calendar.until, calendar.holidays | {holiday}, calendar.makeup_days)
    assert due_date(term, start, later).due_on >= due_date(term, start, calendar).due_on


@given(ANY_TERMS, DAYS, CALENDARS)
def test_a_later_act_never_has_an_earlier_deadline(term, start, calendar):
    following = due_date(term, start + timedelta(days=1), calendar)
    assert following.due_on >= due_date(term, start, calendar).due_on


@given(ANY_TERMS, DAYS, CALENDARS)
def test_the_count_runs_from_the_first_day_to_the_due_date_without_a_gap(term, start, calendar):
    days = days_counted(term, start, calendar)
    assert days[0].day == first_day(term, start)
    assert days[-1].day == due_date(term, start, calendar).due_on
    assert [b.day - a.day for a, b in itertools.pairwise(days)] == [timedelta(days=1)] * (
        len(days) - 1
    )
    numbers = [each.number for each in days if each.number]
    assert numbers == list(range(1, len(numbers) + 1))


@given(WORKING_TERMS, DAYS, CALENDARS)
def test_a_deadline_is_provisional_exactly_where_it_leaves_the_published_days(
    term, start, calendar
):
    found = due_date(term, start, calendar)
    assert found.provisional == (found.due_on > calendar.until)
