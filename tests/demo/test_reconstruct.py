"""The reconstructed records add up to what was published, and are the same in every run."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.domain.money import Money, Rate, Rounding, convert
from demo import published, reconstruct, world


def everything():
    return [
        *reconstruct.period_cases(),
        *reconstruct.operation_cases(world.GUANGDONG),
        *reconstruct.operation_cases(world.HONG_KONG),
    ]


def fit(about: str, administration: str, code: str, derived: Decimal) -> bool:
    return all(
        figure.met_by(derived)
        for figure in published.figures(about)
        if (figure.administration, figure.code) == (administration, code)
    )


def test_guangdongs_records_of_the_period_are_422_of_over_70_million():
    inside = reconstruct.operation_cases(world.GUANGDONG)
    records = [*reconstruct.period_cases(), *inside]
    assert fit("period", world.GUANGDONG, "cases", Decimal(len(records)))
    total = Money(sum(record.value_minor for record in records), "CNY")
    assert fit("period", world.GUANGDONG, "value", total.amount)


def test_the_period_is_11_million_dollars_at_the_rate_of_21_july_2014():
    # EUR 1 = CNY 8.3904 = USD 1.3518 by the European Central Bank on that day, to four places.
    rate = Rate("ECB", "CNY", "USD", Decimal("0.161013"), published.rate_on())
    total = Money(reconstruct.PERIOD_TOTAL_FEN, "CNY")
    dollars = convert(total, rate, Rounding.HALF_UP)
    assert fit("period", world.GUANGDONG, "value-usd", dollars.amount)


def test_the_operations_records_equal_both_sides_results():
    hongkong = reconstruct.operation_cases(world.HONG_KONG)
    assert fit("operation", world.HONG_KONG, "cases", Decimal(len(hongkong)))
    assert fit("operation", world.HONG_KONG, "items", sum(case.items for case in hongkong))
    value = Money(sum(case.value_minor for case in hongkong), "HKD")
    assert fit("operation", world.HONG_KONG, "value", value.amount)

    guangdong = reconstruct.operation_cases(world.GUANGDONG)
    assert fit("operation", world.GUANGDONG, "cases", Decimal(len(guangdong)))
    value = Money(sum(case.value_minor for case in guangdong), "CNY")
    assert fit("operation", world.GUANGDONG, "value", value.amount)


def test_the_operations_goods_are_of_the_published_kinds():
    found = {
        goods.category
        for code in (world.GUANGDONG, world.HONG_KONG)
        for case in reconstruct.operation_cases(code)
        for goods in case.goods
    }
    assert found == set(world.table("published")["operation"]["categories"])


def test_every_record_lies_in_its_window():
    for about, records in (
        ("period", reconstruct.period_cases()),
        ("operation", reconstruct.operation_cases(world.GUANGDONG)),
        ("operation", reconstruct.operation_cases(world.HONG_KONG)),
    ):
        days = published.window(about)
        assert all(days.start <= record.opened_on <= days.end for record in records)


def test_the_records_are_the_same_in_every_run():
    assert everything() == everything()
    keys = [record.key for record in everything()]
    assert len(set(keys)) == len(keys)


def test_all_goods_have_a_positive_quantity_and_value():
    for record in everything():
        assert all(goods.quantity > 0 and goods.value_minor > 0 for goods in record.goods)


@given(st.integers(1, 60), st.integers(0, 10**9), st.integers())
def test_parts_of_a_total_add_up_to_it(parts, more, seed):
    total = (parts + more) * 100
    amounts = reconstruct.split(total, parts, world.rng("test", seed))
    assert sum(amounts) == total
    assert len(amounts) == parts
    assert all(amount >= 100 and amount % 100 == 0 for amount in amounts)


@pytest.mark.parametrize("total", [150, 100])
def test_a_total_that_cannot_be_split_is_refused(total):
    with pytest.raises(ValueError, match="whole yuan"):
        reconstruct.split(total, 2, world.rng("refused"))
