"""Days that draw near ring once a step, and letters never come twice for the same step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from countermark.domain.alarms import Alarm, AlarmKind, alarms_due, step_of

TODAY = date(2026, 6, 1)
STEPS = (90, 30, 7)
ALARM = Alarm(AlarmKind.RECORDATION_RENEWAL, "cn-gd/F000001", "VELUNDRA", "cn-gd", 1, TODAY)
DAYS = st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))
SETS = st.frozensets(st.integers(0, 365), min_size=1, max_size=5)


@given(DAYS, SETS)
def test_every_step_is_reached_once_as_the_day_draws_near(last_day, steps):
    alarm = replace(ALARM, last_day=last_day)
    first = last_day - timedelta(days=max(steps))
    days = [first + timedelta(days=n) for n in range((last_day - first).days + 1)]
    reached = [step_of(alarm, today=day, steps=steps) for day in days]
    assert list(dict.fromkeys(reached)) == sorted(steps, reverse=True)
    assert step_of(alarm, today=first - timedelta(days=1), steps=steps) is None
    assert step_of(alarm, today=last_day + timedelta(days=1), steps=steps) is None


@given(st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=6), SETS)
def test_what_rings_goes_on_ringing_until_somebody_acts(days, steps):
    alarms = [replace(ALARM, last_day=last, opens_on=opens) for last, opens in days]
    later = TODAY + timedelta(days=5)
    today = alarms_due(alarms, today=TODAY, steps=steps)
    assert all(alarm in alarms_due(alarms, today=later, steps=steps) for alarm in today)
    assert [a.last_day for a in today] == sorted(a.last_day for a in today)


def test_an_alarm_rings_from_the_opening_of_its_window_or_the_first_step():
    alarm = replace(ALARM, last_day=TODAY + timedelta(days=170), opens_on=TODAY - timedelta(days=1))
    assert alarms_due([alarm], today=TODAY, steps=STEPS) == [alarm]
    assert step_of(alarm, today=TODAY, steps=STEPS) is None
    shut = replace(alarm, opens_on=TODAY + timedelta(days=1))
    assert alarms_due([shut], today=TODAY, steps=STEPS) == []
    assert shut.days_left(TODAY) == 170
