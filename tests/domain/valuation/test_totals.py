from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.domain.errors import RateMissing
from countermark.domain.money import Money, Rate, Rounding
from countermark.domain.valuation import Valued, published_rate, total_converted, totals
from countermark.domain.vocabulary import ValueBasis

DAY = date(2014, 3, 24)
VALUED = st.builds(
    Valued,
    st.builds(Money, st.integers(0, 10**12), st.sampled_from(["CNY", "HKD", "USD"])),
    st.sampled_from(ValueBasis),
)


def rate(base: str, quote: str, value: str, on: date = DAY) -> Rate:
    return Rate("ECB", base, quote, Decimal(value), on)


def test_market_value_in_hong_kong_dollars_and_declared_value_in_renminbi_stay_two_figures():
    hongkong = Valued(Money(13_800_000, "HKD"), ValueBasis.MARKET)
    guangdong = Valued(Money(3_000_000, "CNY"), ValueBasis.DECLARED)
    assert totals([hongkong, guangdong]) == (guangdong, hongkong)


@given(st.lists(VALUED, max_size=20))
def test_each_currency_and_basis_has_one_total_and_nothing_is_lost(values):
    found = totals(values)
    keys = [(total.money.currency, total.basis) for total in found]
    assert keys == sorted(set(keys))
    for total in found:
        same = [
            value.money.minor
            for value in values
            if (value.money.currency, value.basis) == (total.money.currency, total.basis)
        ]
        assert total.money.minor == sum(same)
    assert sum(total.money.minor for total in found) == sum(value.money.minor for value in values)


@given(st.permutations([Valued(Money(n, "HKD"), ValueBasis.MARKET) for n in (1, 20, 300)]))
def test_totals_do_not_depend_on_the_order(values):
    assert totals(values) == (Valued(Money(321, "HKD"), ValueBasis.MARKET),)


def test_the_last_rate_published_up_to_the_day_is_taken():
    rates = [rate("EUR", "CNY", "8", date(2014, 3, day)) for day in (17, 21, 25)]
    assert published_rate(rates, "EUR", "CNY", DAY).published_on == date(2014, 3, 21)


@pytest.mark.parametrize("on", [date(2014, 3, 16), date(2014, 4, 2)])
def test_a_rate_of_tomorrow_or_of_more_than_seven_days_ago_is_none(on):
    rates = [rate("EUR", "CNY", "8", date(2014, 3, day)) for day in (17, 25)]
    with pytest.raises(RateMissing) as refused:
        published_rate(rates, "EUR", "CNY", on)
    assert refused.value.params["quote"] == "CNY"


def test_a_converted_total_says_its_rate_its_day_and_its_rounding():
    total = Valued(Money(13_800_000, "HKD"), ValueBasis.MARKET)
    rates = [rate("EUR", "HKD", "10"), rate("EUR", "USD", "1.25"), rate("EUR", "CNY", "8")]
    converted = total_converted(total, "USD", DAY, rates=rates, rounding=Rounding.HALF_UP)
    assert converted.money == Money(1_725_000, "USD")
    assert converted.original is total
    assert (converted.rate.published_on, converted.rounding) == (DAY, Rounding.HALF_UP)


def test_a_rate_quoted_directly_is_preferred_to_a_crossed_one():
    total = Valued(Money(100, "CNY"), ValueBasis.DECLARED)
    rates = [rate("EUR", "CNY", "8"), rate("EUR", "USD", "8"), rate("CNY", "USD", "0.5")]
    assert total_converted(total, "USD", DAY, rates=rates, rounding=Rounding.DOWN).money == Money(
        50, "USD"
    )


def test_rates_of_two_days_are_not_crossed():
    total = Valued(Money(100, "CNY"), ValueBasis.DECLARED)
    rates = [rate("EUR", "CNY", "8"), rate("EUR", "USD", "1", date(2014, 3, 21))]
    with pytest.raises(RateMissing):
        total_converted(total, "USD", DAY, rates=rates, rounding=Rounding.DOWN)
