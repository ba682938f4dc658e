"""Goods copied from a spreadsheet: good rows go on, bad cells say where and why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.domain.errors import InvalidInput
from countermark.domain.goods_sheet import (
    FIELDS,
    MOST_ROWS,
    Defaults,
    Fault,
    GoodsRow,
    SheetRow,
    Words,
    paste_read,
    row_cells,
    row_read,
    sheet_of,
)
from countermark.domain.money import Money

WORDS = Words({"footwear": "footwear", "鞋履": "footwear"}, {"declared": "declared"})
BARE = Defaults()
DAY = date(2026, 11, 20)


def read(text, defaults=BARE):
    """Return the goods of a paste and its faults by line."""
    sheet = paste_read(text)
    results = [(row.number, *row_read(row, sheet, WORDS, defaults)) for row in sheet.rows]
    goods = [goods for _, goods, _ in results if goods]
    return goods, {number: list(faults) for number, _, faults in results if faults}


def as_tsv(rows):
    """Rows as a spreadsheet puts them on the clipboard."""

    def cell(text):
        return '"' + text.replace('"', '""') + '"' if text.startswith('"') else text

    return "\r\n".join("\t".join(map(cell, row)) for row in rows) + "\r\n"


@pytest.mark.parametrize(
    "titles",
    [
        "Waybill\tDescription\tBrand\tQty\tAmount\tCurrency\tBasis\tValued on",
        "運單編號\t貨物名稱\t品牌\t數量\t價值\t貨幣\t價值基礎\t估價日期",
        "运单号\t货物名称\t品牌\t数量\t价值\t币制\t价值基础\t估价日期",
    ],
)
def test_titles_in_three_languages_lead_to_the_same_rows(titles):
    body = "RR1\tWallet\tVELUNDRA\t1,200\t35.5\thkd\tdeclared\t2026年11月20日"
    for order in (slice(None), slice(None, None, -1)):
        lines = ["\t".join(line.split("\t")[order]) for line in (titles, body)]
        goods, faults = read("\n".join(lines))
        assert faults == {}
        (row,) = goods
        assert (row.parcel_number, row.description, row.brand) == ("RR1", "Wallet", "VELUNDRA")
        assert (row.quantity, row.unit) == (1200, "H87")
        assert (row.value, row.value_basis, row.valued_on) == (Money(3550, "HKD"), "declared", DAY)


def test_without_titles_the_grids_own_order_holds():
    cells = ["RR1", "Shoes", "", "", "2", "雙", "6404.11", "鞋履"]
    goods, faults = read("\t".join(cells))
    assert faults == {}
    assert (goods[0].unit, goods[0].hs_code, goods[0].category) == ("PR", "640411", "footwear")
    assert goods[0].value is None


def test_every_bad_cell_is_told_and_good_rows_go_on():
    goods, faults = read(
        "Description\tQty\tUnit\tHS code\tValue\tCurrency\n"
        "Wallet\t1\t\t\t\t\n"
        "\tmany\tlots\tx\t\tHKD\n"
        "\n"
        "Belt\t0\t\t\t12\tXXX\n"
        "Cap\t3\n"
    )
    assert [row.description for row in goods] == ["Wallet", "Cap"]
    assert {line: [(f.field, f.code) for f in each] for line, each in faults.items()} == {
        3: [
            ("quantity", "number-malformed"),
            ("unit", "unit-unknown"),
            ("currency", "value-without-amount"),
            ("description", "field-missing"),
            ("hs_code", "hs-code-malformed"),
        ],
        5: [
            ("quantity", "quantity-zero"),
            ("currency", "currency-unknown"),
            ("value_basis", "value-part-missing"),
            ("valued_on", "value-part-missing"),
        ],
    }


def test_what_was_said_for_all_rows_fills_empty_cells_of_rows_with_a_value():
    said = Defaults("HKD", "declared", DAY)
    goods, faults = read("Description\tQty\tValue\nWallet\t1\t20\nBelt\t1\t\n", said)
    assert faults == {}
    assert [row.value for row in goods] == [Money(2000, "HKD"), None]
    assert [row.valued_on for row in goods] == [DAY, None]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"quantity": "9" * 16}, Fault("quantity", "number-out-of-range")),
        ({"quantity": ""}, Fault("quantity", "field-missing")),
        ({"description": "x" * 501}, Fault("description", "text-too-long")),
        ({"value": "9" * 18, "currency": "HKD"}, Fault("value", "amount-too-large")),
        ({"value": "1.005", "currency": "HKD"}, Fault("value", "number-too-fine")),
        ({"category": "hats"}, Fault("category", "code-unknown")),
    ],
)
def test_a_value_that_no_case_can_hold_is_refused(cells, fault):
    given_cells = {"description": "Wallet", "quantity": "1"} | cells
    line = "\t".join(given_cells.get(name, "") for name in FIELDS)
    assert read(line, Defaults("", "declared", DAY))[1] == {1: [fault]}


def test_more_cells_than_columns_are_not_dropped_in_silence():
    assert read("Description\tQty\nWallet\t1\tlost\n")[1] == {2: [Fault("", "column-count")]}


def test_cells_on_several_lines_and_a_mark_of_inches_stay_in_their_rows():
    goods, faults = read('Description\tQty\n"two\n""lines"""\t1\n"19 screens\t2\nCap\t3\n')
    assert faults == {}
    assert [(row.description, row.quantity) for row in goods] == [
        ('two "lines"', 1),
        ('"19 screens', 2),
        ("Cap", 3),
    ]


def test_lines_keep_the_numbers_that_they_have_in_the_paste():
    assert [row.number for row in paste_read('Goods\tQty\n"a\nb"\t1\n\nc\t2').rows] == [2, 5]


def test_an_apostrophe_that_kept_a_formula_from_running_is_taken_off():
    goods, _ = read("Description\tQty\n'=SUM(1)\t1\n'Tis\t1\n")
    assert [row.description for row in goods] == ["=SUM(1)", "'Tis"]


def test_titles_that_are_not_read_are_named_and_needed_ones_asked_for():
    assert paste_read("Goods\tQty\tColour\nWallet\t1\tred").unread == ("Colour",)
    with pytest.raises(InvalidInput) as refused:
        paste_read("Goods\tBrand\nWallet\tVELUNDRA")
    assert refused.value.params["fields"] == ["quantity"]


def test_nothing_and_far_too_much_are_refused():
    with pytest.raises(InvalidInput):
        paste_read(" \n\t\n")
    with pytest.raises(InvalidInput):
        sheet_of(SheetRow(n, ("x", "1")) for n in range(MOST_ROWS + 3))


def words(most, least=0):
    return st.text(
        st.characters(exclude_categories=["C", "Z"]), min_size=least, max_size=most
    ).filter(lambda text: text[:1] != "'")


MONEY = st.builds(Money, st.integers(0, 10**12), st.sampled_from(["HKD", "CNY", "JPY", "KWD"]))
ROWS = st.builds(
    lambda row, value: (
        GoodsRow(**row, value=value, value_basis="declared", valued_on=DAY)
        if value
        else GoodsRow(**row, value=None, value_basis="", valued_on=None)
    ),
    st.fixed_dictionaries(
        {
            "parcel_number": words(12),
            "description": words(40, 1),
            "brand": words(12),
            "registration": words(12),
            "quantity": st.decimals("0.001", "999999", places=3),
            "unit": st.sampled_from(["H87", "PR", "KGM"]),
            "hs_code": st.sampled_from(["", "6404", "42022100"]),
            "category": st.sampled_from(["", "footwear"]),
        }
    ),
    st.none() | MONEY,
)


@given(st.lists(ROWS, min_size=1, max_size=8))
def test_rows_written_as_a_spreadsheet_does_are_read_back(rows):
    assert read(as_tsv([FIELDS, *map(row_cells, rows)])) == (rows, {})


@given(st.text(st.sampled_from('ab1,"\t\n\r 行'), max_size=60))
def test_no_paste_breaks_the_reader_and_no_line_is_counted_twice(text):
    try:
        sheet = paste_read(text)
    except InvalidInput:
        return
    numbers = [row.number for row in sheet.rows]
    assert numbers == sorted(set(numbers))
    for row in sheet.rows:
        goods, faults = row_read(row, sheet, WORDS, BARE)
        assert (goods is None) == bool(faults)


def test_quantities_keep_three_decimals():
    assert read("Goods\tQty\nSilk\t1.250")[0][0].quantity == Decimal("1.25")
