from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from countermark.domain.calendars import SUNDAY, DayKind, WorkingCalendar

DAYS = st.dates(date(2013, 1, 1), date(2030, 12, 31))
NATIONAL_DAY = WorkingCalendar(
    until=date(2014, 12, 31),
    holidays=frozenset({date(2014, 10, 1)}),
    makeup_days=frozenset({date(2014, 9, 28)}),
)


def test_a_day_says_why_it_counts():
    days = [date(2014, 9, 28), date(2014, 9, 30), date(2014, 10, 1), date(2014, 10, 4)]
    assert [NATIONAL_DAY.kind(day) for day in days] == [
        DayKind.MAKE_UP,
        DayKind.WORKING,
        DayKind.HOLIDAY,
        DayKind.REST,
    ]
    assert [NATIONAL_DAY.is_working(day) for day in days] == [True, True, False, False]


def test_saturday_counts_where_only_sunday_is_left_out():
    calendar = WorkingCalendar(until=date(2014, 12, 31), rest_weekdays=frozenset({SUNDAY}))
    assert calendar.is_working(date(2014, 10, 4))
    assert not calendar.is_working(date(2014, 10, 5))


@given(DAYS, st.sets(DAYS, max_size=9), st.sets(DAYS, max_size=9))
def test_a_make_up_day_is_always_worked_and_a_holiday_never_else(day, holidays, makeup):
    calendar = WorkingCalendar(date.max, frozenset(holidays), frozenset(makeup))
    assert calendar.is_working(day) == (
        day in makeup or (day.weekday() < 5 and day not in holidays)
    )


def test_a_calendar_covers_its_published_days_only():
    calendar = WorkingCalendar(until=date(2014, 12, 31), since=date(2013, 1, 1))
    last = calendar.until
    assert calendar.covers(date(2013, 1, 1), last)
    assert not calendar.covers(date(2012, 12, 31), last)
    assert not calendar.covers(last, last + timedelta(days=1))
