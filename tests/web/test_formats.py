"""Figures as each language writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from countermark.domain.money import EXPONENTS, Money
from countermark.web import formats

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "money", "written"),
    [
        ("en", Money(13_800_000, "HKD"), "HKD 138,000"),
        ("en", Money(7_450, "HKD"), "HKD 74.50"),
        ("en", Money(500_000, "JPY"), "JPY 500,000"),
        ("zh-hant", Money(13_800_000, "HKD"), "138,000港元"),
        ("zh-hans", Money(13_800_000, "HKD"), "138,000港元"),
        ("zh-hant", Money(7_000_000_000, "CNY"), "70,000,000人民幣元"),
        ("zh-hans", Money(7_000_000_000, "CNY"), "70,000,000元人民币"),
        ("zh-hant", Money(1_780_200, "USD"), "17,802美元"),
    ],
)
def test_money_names_its_currency(language, money, written):
    with translation.override(language):
        assert formats.money_text(money) == written


@given(st.integers(-(10**15), 10**15), st.sampled_from(sorted(EXPONENTS)))
def test_no_amount_loses_a_digit(minor, currency):
    money = Money(minor, currency)
    with translation.override("en"):
        written = formats.money_text(money)
    plain = written.removeprefix(f"{currency} ").replace(",", "").replace("\u2212", "-")
    assert Money.parse(plain, currency) == money


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "16 January 2026"), ("zh-hant", "2026年1月16日"), ("zh-hans", "2026年1月16日")],
)
def test_days_are_written_in_full(language, written):
    with translation.override(language):
        assert formats.day_text(date(2026, 1, 16)) == written


def test_instants_are_shown_in_the_time_of_the_node():
    with translation.override("en"):
        assert formats.moment_text(NOW) == "24 Nov 2026, 09:00"


@pytest.mark.parametrize(
    ("left", "written", "colour"),
    [
        (timedelta(0), "Overdue", "crit"),
        (timedelta(seconds=30), "1 min", "crit"),
        (timedelta(minutes=42), "42 min", "crit"),
        (timedelta(minutes=108), "1 h 48 min", "warn"),
        (timedelta(hours=5, minutes=5), "5 h 05 min", ""),
        (timedelta(hours=25), "Wed 10:00", ""),
        (timedelta(days=10), "2026-12-04", ""),
    ],
)
def test_the_time_left_gets_shorter_and_redder(left, written, colour):
    with translation.override("en"):
        assert formats.deadline_text(NOW + left, NOW) == written
    assert formats.urgency(NOW + left, NOW) == colour
