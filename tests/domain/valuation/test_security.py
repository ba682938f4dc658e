from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.domain.errors import InvalidInput
from countermark.domain.money import Money
from countermark.domain.valuation import SecurityBand, SecurityRule, security_quote
from countermark.domain.vocabulary import Verification

RULE = SecurityRule(
    code="cn/ex-officio",
    currency="CNY",
    bands=(
        SecurityBand(2_000_000, False, 100, 0, None),
        SecurityBand(20_000_000, True, 50, 2_000_000, None),
        SecurityBand(None, False, 0, 0, 10_000_000),
    ),
    source="cn/ipr-customs-measures#23",
    verification=Verification.OLD_EDITION,
)


@pytest.mark.parametrize(
    ("value", "security"),
    [
        (19_999, 19_999),
        (20_000, 20_000),
        (40_000, 20_000),
        (60_000, 30_000),
        (200_000, 100_000),
        (200_001, 100_000),
        (0, 0),
    ],
)
def test_the_security_follows_the_bands(value, security):
    assert security_quote(RULE, Money(value * 100, "CNY")) == Money(security * 100, "CNY")


@given(st.integers(0, 10**12))
def test_the_security_is_never_more_than_the_goods_are_worth_or_than_the_top_band(minor):
    asked = security_quote(RULE, Money(minor, "CNY")).minor
    assert asked <= min(minor, 10_000_000)


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_goods_worth_more_never_ask_for_less(first, second):
    low, high = sorted((first, second))
    asked = [security_quote(RULE, Money(minor, "CNY")).minor for minor in (low, high)]
    assert asked[0] <= asked[1]


@pytest.mark.parametrize("value", [Money(1, "HKD"), Money(-1, "CNY")])
def test_a_value_in_another_currency_or_below_nothing_is_refused(value):
    with pytest.raises(InvalidInput):
        security_quote(RULE, value)
