"""A party's sheet against figures counted by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from countermark.domain.errors import InvalidInput
from countermark.domain.measures import (
    Amount,
    Breakdown,
    CaseRecord,
    GoodsRecord,
    Part,
    Tally,
    breakdown_completed,
    breakdown_shortened,
    sheet_of,
)
from countermark.domain.money import Money
from countermark.domain.quantity import Quantity
from countermark.domain.vocabulary import ValueBasis


def hkd(minor):
    return Amount(Money(minor, "HKD"), ValueBasis.MARKET)


def cny(minor):
    return Amount(Money(minor, "CNY"), ValueBasis.DECLARED)


def goods(category, number, amount=None, unit="H87"):
    return GoodsRecord(category, Quantity(Decimal(number), unit), amount)


def case(number, *lines, opened_on=date(2014, 1, 10), destination="hk", direction="export"):
    return CaseRecord(number, opened_on, direction, "freight", "road", destination, lines)


CASES = (
    case("1", goods("bags-and-purses", 40, hkd(10_000)), goods("footwear", 60, hkd(5_000), "PR")),
    case("2", goods("footwear", 2, hkd(900), "DZN"), destination="us"),
    case("3", goods("jewellery", 5), goods("other", 3, hkd(100), "KGM"), direction="import"),
)


def test_totals_count_cases_articles_and_money():
    total = sheet_of(CASES).total
    assert (total.cases, total.items) == (3, 40 + 60 + 24 + 5)
    assert total.amounts == (hkd(16_000),)


def test_goods_known_only_by_weight_and_lines_without_value_are_named_not_hidden():
    total = sheet_of(CASES).total
    assert (total.lines_uncounted, total.lines_unvalued) == (1, 1)


def test_a_case_stands_under_the_category_with_most_articles_and_goods_under_their_own():
    by_category = sheet_of(CASES).breakdown("category")
    shown = {part.code: (part.tally.cases, part.tally.items) for part in by_category.parts}
    assert shown == {
        "footwear": (2, 84),
        "bags-and-purses": (0, 40),
        "jewellery": (1, 5),
        "other": (0, 0),
    }
    assert {part.code: part.behind for part in by_category.parts} == {
        "footwear": 2,
        "bags-and-purses": 1,
        "jewellery": 1,
        "other": 1,
    }


def test_a_tie_of_articles_goes_to_the_first_category_by_code():
    tied = case("1", goods("watches", 5), goods("footwear", 5))
    assert sheet_of([tied]).breakdown("category").part("footwear").cases == 1


def test_cases_bound_for_hong_kong_are_one_part_of_the_destinations():
    part = sheet_of(CASES).breakdown("destination").part("hk")
    assert (part.cases, part.items, part.amounts) == (2, 105, (hkd(15_100),))


def test_a_case_whose_destination_is_not_known_has_a_row_of_its_own_at_the_end():
    parts = sheet_of([*CASES, case("4", goods("toys", 9_999), destination="")]).breakdown(
        "destination"
    )
    assert parts.parts[-1].code == "not-stated"
    assert parts.part("nowhere") == Tally()


def test_currencies_and_bases_are_never_added():
    both = case("1", goods("toys", 1, hkd(100)), goods("toys", 1, cny(100)))
    retail = case("2", goods("toys", 1, Amount(Money(100, "HKD"), ValueBasis.RETAIL)))
    amounts = sheet_of([both, retail]).total.amounts
    assert [(a.money.text(), *a.key) for a in amounts] == [
        ("1.00", "CNY", "declared"),
        ("1.00", "HKD", "market"),
        ("1.00", "HKD", "retail"),
    ]


def test_a_shortened_breakdown_says_what_it_does_not_show():
    short = breakdown_shortened(sheet_of(CASES).breakdown("category"), 1)
    assert [part.code for part in short.parts] == ["footwear", "not-shown"]
    assert short.part("not-shown").items == 45


def test_parts_that_fall_short_of_their_total_get_a_row_for_the_difference():
    stated = Breakdown("category", (Part("footwear", Tally(items=Decimal(90))),))
    completed = breakdown_completed(stated, Tally(9, Decimal(1300), (hkd(13_800_000),)))
    assert completed.part("not-shown") == Tally(9, Decimal(1210), (hkd(13_800_000),))


@pytest.mark.parametrize(
    "part",
    [
        Tally(cases=4),
        Tally(items=Decimal("100.001")),
        Tally(amounts=(hkd(501),)),
        Tally(amounts=(cny(1),)),
        Tally(lines_unvalued=1),
    ],
)
def test_parts_that_exceed_their_total_are_refused(part):
    stated = Breakdown("category", (Part("footwear", part),))
    with pytest.raises(InvalidInput, match="parts-exceed-total"):
        breakdown_completed(stated, Tally(3, Decimal(100), (hkd(500),)))
