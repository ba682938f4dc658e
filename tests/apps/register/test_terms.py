"""How long a recordation holds: worked days, and what must hold of any."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.apps.register.terms import last_day, months_later, renewable_from, renewed_until
from countermark.lawbook import protection

MAINLAND, HONG_KONG = protection("cn", "trade-mark"), protection("hk", "trade-mark")
FAR = date(2100, 1, 1)
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("first", "right_until", "last"),
    [
        (date(2026, 3, 5), FAR, date(2036, 3, 4)),
        (date(2024, 2, 29), FAR, date(2034, 2, 28)),
        (date(2022, 3, 1), FAR, date(2032, 2, 29)),
        (date(2026, 3, 5), date(2030, 1, 1), date(2030, 1, 1)),
    ],
)
def test_the_mainlands_recordation_holds_ten_years_or_as_long_as_the_right(
    first, right_until, last
):
    assert last_day(MAINLAND, first, right_until) == last


def test_hong_kong_sets_no_term_and_knows_no_renewal():
    assert last_day(HONG_KONG, date(2026, 3, 5), FAR) is None
    assert renewable_from(HONG_KONG, None) is None
    assert renewable_from(HONG_KONG, date(2030, 1, 1)) is None


def test_renewal_opens_six_months_before_the_last_day():
    assert renewable_from(MAINLAND, date(2036, 3, 4)) == date(2035, 9, 5)
    assert renewed_until(MAINLAND, date(2036, 3, 4), FAR) == date(2046, 3, 4)


@given(DAYS, st.integers(-240, 240))
def test_some_months_on_and_back_is_the_same_day_or_a_shorter_months_end(day, months):
    there = months_later(day, months)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    assert timedelta(0) <= day - months_later(there, -months) <= timedelta(days=3)


@given(DAYS, DAYS)
def test_a_recordation_never_outlasts_its_right_nor_ten_years(first, right_until):
    last = last_day(MAINLAND, first, right_until)
    assert last <= right_until
    assert last < date(first.year + 10, 12, 31) + timedelta(days=1)
    assert renewable_from(MAINLAND, last) <= last
