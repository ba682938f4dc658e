"""Hours in which somebody can be reached."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from countermark.domain.hours import WeeklyHours

HONG_KONG = ZoneInfo("Asia/Hong_Kong")
TIMES = st.none() | st.times().map(lambda each: each.replace(second=0, microsecond=0))
HOURS = st.builds(WeeklyHours, st.frozensets(st.integers(1, 7)), TIMES, TIMES)
MOMENTS = st.datetimes(
    datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(HONG_KONG)
).map(lambda each: each.replace(second=0, microsecond=0))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the week that begins on Monday 23 November 2026."""
    return datetime(2026, 11, 22 + day, hour, minute, tzinfo=HONG_KONG)


def test_office_hours_are_open_from_the_first_minute_to_before_the_last():
    hours = WeeklyHours(frozenset({1, 2, 3, 4, 5}), time(9), time(18))
    assert [hours.open_at(at(1, h)) for h in (8, 9, 17, 18)] == [False, True, True, False]
    assert not hours.open_at(at(6, 12))
    assert hours.opens_next(at(5, 18)) == at(8, 9)


def test_a_night_shift_reaches_into_the_next_day():
    hours = WeeklyHours(frozenset({5}), time(22), time(6))
    assert hours.open_at(at(6, 5, 59))
    assert not hours.open_at(at(6, 6))
    assert not hours.open_at(at(5, 5))


def test_days_without_hours_are_open_around_the_clock():
    hours = WeeklyHours(frozenset({7}))
    assert hours.open_at(at(7, 0))
    assert hours.open_at(at(7, 23, 59))
    assert not hours.open_at(at(8, 0))


def test_without_a_day_nobody_can_ever_be_reached():
    assert WeeklyHours(frozenset()).opens_next(at(1, 9)) is None


@given(HOURS, MOMENTS)
def test_the_next_opening_is_open_and_nothing_before_it_is(hours, moment):
    opening = hours.opens_next(moment)
    assert (opening is None) == (not hours.days)
    if opening is not None:
        assert hours.open_at(opening)
        assert (opening == moment) == hours.open_at(moment)
        between = (opening - moment) / 7
        assert not any(hours.open_at(moment + n * between) for n in range(1, 7) if opening > moment)


@given(HOURS, MOMENTS)
def test_a_week_later_is_the_same(hours, moment):
    assert hours.open_at(moment) == hours.open_at(moment + timedelta(days=7))
