from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.domain.errors import InvalidInput
from countermark.domain.money import EXPONENTS, Money, Rate, Rounding, convert, cross_rate

DAY = date(2014, 3, 24)
CURRENCIES = st.sampled_from(sorted(EXPONENTS))
MONEY = st.builds(Money, st.integers(-(10**17), 10**17), CURRENCIES)


def rate(base: str, quote: str, value: str, on: date = DAY, source: str = "ECB") -> Rate:
    return Rate(source, base, quote, Decimal(value), on)


@given(MONEY)
def test_an_amount_reads_back_what_it_writes(money):
    assert Money.parse(money.text(), money.currency) == money


@given(MONEY, st.integers(-(10**17), 10**17))
def test_amounts_of_one_currency_add_up_in_minor_units(money, minor):
    other = Money(minor, money.currency)
    assert (money + other).minor == money.minor + minor == (other + money).minor


def test_amounts_of_two_currencies_are_never_added():
    with pytest.raises(InvalidInput) as refused:
        Money(100, "CNY") + Money(100, "HKD")
    assert refused.value.code == "currencies-differ"


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("138000", "HKD", 13_800_000),
        ("-0.5", "CNY", -50),
        ("12", "JPY", 12),
        ("1.234", "KWD", 1234),
    ],
)
def test_a_plain_amount_is_read(text, currency, minor):
    assert Money.parse(text, currency) == Money(minor, currency)


@pytest.mark.parametrize("text", ["", "1,000", "1e3", "￥5", "1.", ".5", "NaN", "１２", " 1"])
def test_anything_but_a_plain_amount_is_refused(text):
    with pytest.raises(InvalidInput) as refused:
        Money.parse(text, "HKD")
    assert refused.value.params["field"] == "amount"


@pytest.mark.parametrize(("text", "currency"), [("1.5", "JPY"), ("0.001", "HKD")])
def test_an_amount_finer_than_the_minor_unit_is_refused(text, currency):
    with pytest.raises(InvalidInput) as refused:
        Money.parse(text, currency)
    assert refused.value.code == "amount-too-fine"


def test_an_unknown_currency_is_refused():
    with pytest.raises(InvalidInput):
        Money(1, "RMB")


@pytest.mark.parametrize("value", ["0", "-1", "NaN", "Infinity"])
def test_a_rate_must_be_a_positive_number(value):
    with pytest.raises(InvalidInput):
        rate("CNY", "USD", value)


@pytest.mark.parametrize(
    ("minor", "rounding", "expected"),
    [
        (5, Rounding.HALF_UP, 3),
        (5, Rounding.HALF_EVEN, 2),
        (5, Rounding.DOWN, 2),
        (-5, Rounding.HALF_UP, -3),
        (7, Rounding.HALF_EVEN, 4),
    ],
)
def test_the_rounding_rule_decides_the_last_digit(minor, rounding, expected):
    assert convert(Money(minor, "CNY"), rate("CNY", "USD", "0.5"), rounding).minor == expected


def test_conversion_minds_the_digits_of_both_currencies():
    assert convert(Money(1_000, "JPY"), rate("JPY", "HKD", "0.05"), Rounding.HALF_UP) == Money(
        5_000, "HKD"
    )


def test_an_amount_is_not_converted_with_the_rate_of_another_currency():
    with pytest.raises(InvalidInput):
        convert(Money(1, "HKD"), rate("CNY", "USD", "0.16"), Rounding.HALF_UP)


def test_two_rates_against_one_base_are_crossed():
    crossed = cross_rate(rate("EUR", "CNY", "8"), rate("EUR", "USD", "1.25"))
    assert (crossed.base, crossed.quote, crossed.value) == ("CNY", "USD", Decimal("0.15625"))
    assert crossed.published_on == DAY


@pytest.mark.parametrize(
    "other",
    [
        rate("GBP", "USD", "1.6"),
        rate("EUR", "USD", "1.4", date(2014, 3, 25)),
        rate("EUR", "USD", "1.4", source="elsewhere"),
    ],
)
def test_rates_of_another_base_day_or_source_do_not_cross(other):
    with pytest.raises(InvalidInput):
        cross_rate(rate("EUR", "CNY", "8"), other)


@given(st.integers(0, 10**14), st.integers(0, 10**14), st.decimals("0.0001", "9999", places=6))
def test_a_larger_amount_never_converts_to_less(first, second, value):
    low, high = sorted((first, second))
    quoted = Rate("ECB", "CNY", "USD", value, DAY)
    converted = [
        convert(Money(minor, "CNY"), quoted, Rounding.HALF_EVEN).minor for minor in (low, high)
    ]
    assert converted[0] <= converted[1]
