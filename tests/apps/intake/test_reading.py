"""One row of a declaration file: what it says, or the field and reason why it says nothing."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.trade import ROW, row

from countermark.apps.intake.columns import FIELDS
from countermark.apps.intake.reading import RowReader
from countermark.domain.errors import InvalidInput

READER = RowReader(
    mapping={field: field for field in FIELDS},
    today=date(2014, 12, 31),
    offices={"tuen-mun": "tuen-mun", "屯門內河碼頭": "tuen-mun"},
    office="airport",
)


def read(**changes: str):
    return READER.read(row(**changes))


def test_a_sound_row_is_read_whole():
    line = read(value="1,500.50", unit="双", hs_code="3923.10.00", declared_brand=" VELUNDRA ")
    assert line.header.declared_on == date(2013, 10, 22)
    assert line.header.office == "airport"
    assert line.header.consignor.name == "Pelican Trading (Dongguan) Co., Ltd"
    assert (line.value_minor, line.currency) == (150_050, "HKD")
    assert (line.quantity, line.unit) == (Decimal(120), "PR")
    assert (line.hs_code, line.declared_brand) == ("39231000", "VELUNDRA")


@pytest.mark.parametrize(
    ("changes", "direction", "channel", "mode"),
    [
        (
            {"direction": "出口", "channel": "快件", "transport_mode": "5"},
            "export",
            "express",
            "air",
        ),
        ({"direction": "E", "channel": "郵遞", "transport_mode": "邮递"}, "export", "post", "post"),
        ({"direction": "轉運", "transport_mode": "內河"}, "transhipment", "freight", "river"),
        ({"direction": "I", "channel": "跨境电商"}, "import", "cross-border-e-commerce", "river"),
        ({"channel": "市场采购", "transport_mode": "4"}, "import", "market-procurement", "road"),
        ({"channel": "旅客", "transport_mode": "L"}, "import", "traveller", "other"),
    ],
)
def test_words_and_codes_of_both_sides_are_known(changes, direction, channel, mode):
    header = read(**changes).header
    assert (header.direction, header.channel, header.transport_mode) == (direction, channel, mode)


@pytest.mark.parametrize(
    ("text", "code"), [("人民币", "CNY"), ("RMB", "CNY"), ("港幣", "HKD"), ("usd", "USD")]
)
def test_currencies_are_known_by_their_names(text, code):
    assert read(currency=text).currency == code


def test_an_amount_is_counted_in_the_currencys_own_minor_unit():
    assert read(value="1500", currency="JPY").value_minor == 1500
    assert read(value="1.234", currency="KWD").value_minor == 1234


def test_a_line_without_a_value_has_no_currency_either():
    line = read(value="", currency="HKD")
    assert (line.value_minor, line.currency) == (None, "")


def test_an_office_is_known_by_code_or_name():
    assert read(office="TUEN-MUN").header.office == "tuen-mun"
    assert read(office="屯門內河碼頭").header.office == "tuen-mun"


@pytest.mark.parametrize(
    ("direction", "consignor", "consignee"),
    [("export", "Domestic Ltd", "Abroad Ltd"), ("import", "Abroad Ltd", "Domestic Ltd")],
)
def test_the_domestic_party_takes_the_role_that_the_direction_gives_it(
    direction, consignor, consignee
):
    given = {"consignor": "", "consignee": "", "domestic_party": "Domestic Ltd"}
    given["consignee" if direction == "export" else "consignor"] = "Abroad Ltd"
    header = read(direction=direction, domestic_identifier="91440000X", **given).header
    assert (header.consignor.name, header.consignee.name) == (consignor, consignee)
    domestic = header.consignor if direction == "export" else header.consignee
    assert domestic.identifier == "91440000X"


def test_declaration_elements_stand_behind_the_goods_they_describe():
    line = read(goods_description="手提包", specification="4|0|女式|VELUNDRA牌")
    assert line.goods_description == "手提包 | 4|0|女式|VELUNDRA牌"


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        *(
            ({name: ""}, name, "missing")
            for name in (
                "number",
                "declared_on",
                "direction",
                "channel",
                "transport_mode",
                "line_no",
                "goods_description",
                "quantity",
                "unit",
                "consignor",
                "consignee",
                "currency",
            )
        ),
        ({"number": "x" * 61}, "number", "too-long"),
        ({"goods_description": "x" * 10_001}, "goods_description", "too-long"),
        ({"declared_on": "22/10/2013"}, "declared_on", "date-malformed"),
        ({"declared_on": "2015-01-01"}, "declared_on", "date-in-the-future"),
        ({"direction": "sideways"}, "direction", "code-unknown"),
        ({"office": "moon"}, "office", "code-unknown"),
        ({"line_no": "0"}, "line_no", "number-out-of-range"),
        ({"line_no": "1.5"}, "line_no", "number-too-fine"),
        ({"hs_code": "39"}, "hs_code", "hs-code-malformed"),
        ({"hs_code": "3923AB"}, "hs_code", "hs-code-malformed"),
        ({"quantity": "about two dozen"}, "quantity", "number-malformed"),
        ({"quantity": "-1"}, "quantity", "number-malformed"),
        ({"quantity": "0.0001"}, "quantity", "number-too-fine"),
        ({"unit": "lorryload"}, "unit", "unit-unknown"),
        ({"value": "-100.00"}, "value", "number-malformed"),
        ({"value": "1.001"}, "value", "number-too-fine"),
        ({"value": "9" * 18}, "value", "amount-too-large"),
        ({"currency": "XXZ"}, "currency", "code-unknown"),
    ],
)
def test_a_bad_cell_is_refused_by_field_and_reason(changes, field, reason):
    with pytest.raises(InvalidInput) as refused:
        read(**changes)
    assert (refused.value.params["field"], refused.value.code) == (field, reason)


def test_a_line_is_known_by_its_content_whatever_the_spelling():
    plain = read()
    assert read(quantity="120.000", value="1,500", unit="pieces", hs_code="3923.10").sha256 == (
        plain.sha256
    )
    assert read(consignee="HARBOUR LIGHT LTD.").sha256 == plain.sha256


@given(st.sampled_from(sorted(set(ROW) - {"value", "currency"})), st.text(min_size=1, max_size=8))
def test_a_row_is_read_or_refused_and_never_anything_else(field, text):
    with suppress(InvalidInput):
        assert read(**{field: text}).goods_description
