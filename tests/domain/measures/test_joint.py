"""Parties side by side, and the figures that can be read off them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from tests.domain.measures.strategies import CASE_LISTS

from countermark.domain.errors import InvalidInput
from countermark.domain.measures import (
    DIMENSIONS,
    MEASURES,
    SCOPES,
    SELECTIONS,
    Amount,
    Converted,
    Headline,
    JointFigures,
    PartySheet,
    Provenance,
    Scope,
    Sheet,
    Tally,
    figures_of,
    sheet_of,
)
from countermark.domain.measures.sheet import SPLITS
from countermark.domain.money import Money, Rate, Rounding, convert
from countermark.domain.vocabulary import ValueBasis

JULY_21 = date(2014, 7, 21)
AS_OF = datetime(2014, 7, 22, tzinfo=UTC)
PERIOD = Scope("period", date(2013, 7, 1), date(2014, 6, 30))
RATE = Rate("ECB", "HKD", "USD", Decimal("0.129"), JULY_21)


def converted(amount, rate=RATE):
    money = convert(amount.money, rate, Rounding.HALF_UP) if rate else None
    return Converted(amount, "USD", JULY_21, Rounding.HALF_UP, money, rate)


def party(code, sheet, conversions=()):
    headline = Headline("all", sheet.total, tuple(conversions))
    return PartySheet(
        code, sheet, (headline,), Provenance("own-records", AS_OF), reconstructed=True
    )


def joint(*parties, missing=()):
    return JointFigures(PERIOD, JULY_21, "USD", parties, missing)


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(InvalidInput, match="period-reversed"):
        Scope("period", date(2014, 6, 30), date(2013, 7, 1))


def test_cases_and_articles_of_both_parties_are_added_and_money_is_not():
    hongkong = Amount(Money(13_800_000, "HKD"), ValueBasis.MARKET)
    guangdong = Amount(Money(3_000_000, "CNY"), ValueBasis.DECLARED)
    both = joint(
        party("hk", Sheet(Tally(9, Decimal(1312), (hongkong,)), ())),
        party("cn-gd", Sheet(Tally(5, Decimal(640), (guangdong,)), ())),
    )
    assert (both.total.cases, both.total.items) == (14, 1952)
    money = [(f.party, f.value, f.currency) for f in figures_of(both) if f.unit == "money"]
    assert money == [("hk", Decimal(138_000), "HKD"), ("cn-gd", Decimal(30_000), "CNY")]


def test_while_a_party_is_missing_there_is_no_joint_total():
    half = joint(party("hk", Sheet(Tally(9), ())), missing=("cn-gd",))
    assert half.total is None
    assert half.party("cn-gd") is None
    assert {figure.party for figure in figures_of(half)} == {"hk"}


def test_a_converted_figure_carries_its_rate_and_an_unconvertible_one_is_left_out():
    amount = Amount(Money(13_800_000, "HKD"), ValueBasis.MARKET)
    sheet = Sheet(Tally(9, Decimal(1312), (amount,)), ())
    with_rate = figures_of(joint(party("hk", sheet, [converted(amount)])))
    (figure,) = [each for each in with_rate if each.measure == "value-converted"]
    assert (figure.value, figure.currency, figure.basis) == (Decimal("17802.00"), "USD", "market")
    assert (figure.converted.rate.published_on, figure.cases) == (JULY_21, 9)
    without = figures_of(joint(party("hk", sheet, [converted(amount, None)])))
    assert not [each for each in without if each.measure == "value-converted"]


@given(CASE_LISTS)
def test_every_figure_has_a_definition_and_every_party_headline_is_there(cases):
    figures = figures_of(joint(party("hk", sheet_of(cases))))
    for figure in figures:
        assert figure.unit == MEASURES[figure.measure].unit
        assert figure.selection in SELECTIONS
        assert figure.dimension in {"", *DIMENSIONS}
        assert (figure.unit == "money") == bool(figure.currency) == bool(figure.basis)
    headline = [f for f in figures if (f.party, f.measure, f.dimension) == ("hk", "cases", "")]
    assert [figure.value for figure in headline] == [len(cases)]


def test_everything_that_can_be_split_is_defined():
    assert set(SPLITS) == set(DIMENSIONS)
    assert {"period", "operation"} == set(SCOPES)
