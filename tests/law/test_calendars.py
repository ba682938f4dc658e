"""The gazetted days in the law folder against the packages they were made from."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from tools.build_calendars import FIRST_YEAR, LAST_YEAR

from countermark.lawbook import calendar

MAINLAND = calendar("cn/working-days")
HONG_KONG = calendar("hk/general-holidays")


def days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_a_second_package_agrees_on_every_mainland_working_day(year):
    for day in days(year):
        assert MAINLAND.days.is_working(day) == chinese_calendar.is_workday(day), day


@pytest.mark.parametrize(
    "day",
    [
        date(2013, 9, 29),
        date(2014, 1, 26),
        date(2014, 5, 4),
        date(2025, 1, 26),
        date(2026, 2, 14),
    ],
)
def test_make_up_days_are_worked(day):
    assert day.weekday() >= 5
    assert MAINLAND.days.is_working(day)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2014, 4, 18), False),
        (date(2014, 4, 19), False),
        (date(2014, 4, 20), False),
        (date(2014, 4, 21), False),
        (date(2014, 4, 26), True),
        (date(2026, 5, 25), False),
        (date(2025, 12, 26), False),
        (date(2025, 12, 27), True),
    ],
)
def test_hong_kong_leaves_out_easter_and_sundays_and_counts_saturdays(day, working):
    assert HONG_KONG.days.is_working(day) is working


def test_each_side_has_the_same_years_without_a_gap():
    years = list(range(FIRST_YEAR, LAST_YEAR + 1))
    assert [each.year for each in MAINLAND.years] == years
    assert [each.year for each in HONG_KONG.years] == years


def test_hong_kong_has_seventeen_general_holidays_besides_sundays_in_a_year():
    lengths = {len(each.holidays) for each in HONG_KONG.years}
    assert lengths <= {17, 18}
