"""A sheet survives the way to the partner unchanged, and nothing else gets in."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from tests.domain.measures.strategies import CASE_LISTS

from countermark.domain.errors import InvalidInput
from countermark.domain.measures import sheet_of
from countermark.domain.measures.wire import (
    number_text,
    parts_read,
    sheet_json,
    sheet_read,
    tally_read,
)
from countermark.domain.payload import Payload

EMPTY = {"cases": 0, "items": "0", "amounts": [], "lines_uncounted": 0, "lines_unvalued": 0}
HKD = {"minor": 5, "currency": "HKD", "basis": "market"}


@given(CASE_LISTS)
def test_what_is_written_is_read_back(cases):
    sheet = sheet_of(cases)
    written = json.loads(json.dumps(sheet_json(sheet)))
    assert sheet_read(Payload.read(written)) == sheet


@pytest.mark.parametrize(
    ("number", "text"),
    [("1312.000", "1312"), ("1300", "1300"), ("0.500", "0.5"), ("0.000", "0"), ("1E+3", "1000")],
)
def test_numbers_of_articles_are_plain_digits(number, text):
    assert number_text(Decimal(number)) == text


def test_two_amounts_of_one_currency_and_basis_are_refused():
    with pytest.raises(InvalidInput, match="amounts"):
        tally_read(Payload.read(EMPTY | {"amounts": [HKD, HKD]}))


def test_amounts_are_brought_into_order_and_empty_ones_dropped():
    amounts = [HKD, HKD | {"minor": 0, "currency": "JPY"}, HKD | {"currency": "CNY"}]
    tally = tally_read(Payload.read(EMPTY | {"amounts": amounts}))
    assert [amount.key[0] for amount in tally.amounts] == ["CNY", "HKD"]


def test_two_rows_with_one_code_and_two_splits_along_one_dimension_are_refused():
    row = EMPTY | {"code": "hk", "behind": None}
    with pytest.raises(InvalidInput, match="parts"):
        parts_read(Payload.read({"parts": [row, row]}), "parts")
    split = {"dimension": "destination", "parts": []}
    with pytest.raises(InvalidInput, match="breakdowns"):
        sheet_read(Payload.read({"total": EMPTY, "breakdowns": [split, split]}))
