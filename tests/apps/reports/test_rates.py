"""Conversions at the published rate, with its day, or none at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from currency_converter import RateNotFoundError

from countermark.apps.reports import rates
from countermark.apps.reports.rates import SOURCE, amount_converted, rates_published
from countermark.domain.measures import Amount
from countermark.domain.money import Money, Rounding
from countermark.domain.vocabulary import ValueBasis

JULY_21 = date(2014, 7, 21)


def converted(text, currency, on, to="USD"):
    amount = Amount(Money.parse(text, currency), ValueBasis.MARKET)
    return amount_converted(amount, currency=to, on=on)


@pytest.mark.parametrize(
    ("text", "currency", "on", "published_on", "dollars"),
    [
        ("138000", "HKD", date(2014, 7, 21), date(2014, 7, 21), "17802.29"),
        ("138000", "HKD", date(2014, 7, 22), date(2014, 7, 22), "17802.83"),
        ("138000", "HKD", date(2014, 6, 30), date(2014, 6, 30), "17805.02"),
        ("138000", "HKD", date(2014, 7, 20), date(2014, 7, 18), "17803.69"),
        ("70000000", "CNY", date(2014, 6, 30), date(2014, 6, 30), "11284672.22"),
        ("70000000", "CNY", date(2014, 7, 21), date(2014, 7, 21), "11270903.81"),
        ("100", "EUR", date(2014, 7, 21), date(2014, 7, 21), "135.18"),
    ],
)
def test_an_amount_is_converted_at_the_last_rate_published_by_the_day(
    text, currency, on, published_on, dollars
):
    result = converted(text, currency, on)
    assert (result.money.text(), result.rate.published_on) == (dollars, published_on)
    assert (result.rate.source, result.rounding) == (SOURCE, Rounding.HALF_UP)


def test_the_cross_rate_is_the_quotient_of_the_two_published_rates():
    published = rates_published(["USD", "HKD"], on=JULY_21)
    assert {rate.quote: rate.value for rate in published if rate.published_on == JULY_21} == {
        "USD": Decimal("1.3518"),
        "HKD": Decimal("10.4789"),
    }
    rate = converted("1", "HKD", date(2014, 7, 21)).rate
    assert abs(rate.value - Decimal("1.3518") / Decimal("10.4789")) < Decimal("1e-26")


@pytest.mark.parametrize(
    ("currency", "on"),
    [
        ("CNY", date(2005, 3, 31)),
        ("HKD", date(1998, 12, 31)),
        ("HKD", date(1, 1, 1)),
        ("HKD", date(9999, 12, 31)),
        ("MOP", date(2014, 7, 21)),
    ],
)
def test_without_a_rate_near_enough_there_is_no_converted_amount(currency, on):
    result = converted("100", currency, on)
    assert (result.money, result.rate, result.asked_on) == (None, None, on)


def test_over_a_long_weekend_the_last_published_rate_serves():
    # Good Friday, 18 April 2014, and Easter Monday were days without publication.
    assert converted("1", "HKD", date(2014, 4, 21)).rate.published_on == date(2014, 4, 17)


def test_a_rate_serves_for_seven_days_and_no_longer(monkeypatch):
    class Table:
        currencies = ("EUR", "HKD", "USD")

        def convert(self, _amount, _base, currency, day):
            if day != date(2014, 7, 21):
                raise RateNotFoundError
            return {"HKD": Decimal(10), "USD": Decimal("1.25")}[currency]

    monkeypatch.setattr(rates, "_table", Table)
    assert converted("8", "HKD", date(2014, 7, 28)).money.text() == "1.00"
    assert converted("8", "HKD", date(2014, 7, 29)).money is None
    assert converted("8", "HKD", date(2014, 7, 20)).money is None
