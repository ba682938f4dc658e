"""What people write in cells is read one way or refused with the field's name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.domain.errors import InvalidInput
from countermark.domain.readings import read_code, read_date, read_decimal, read_whole

DAY = date(2013, 10, 22)


@pytest.mark.parametrize(
    "text",
    [
        "2013-10-22",
        "2013/10/22",
        "2013.10.22",
        "20131022",
        "2013年10月22日",
        "2013 年 10月22日",
        "２０１３年１０月２２日",
        " 2013-10-22 00:00:00 ",
        "2013-10-22T08:30:00+08:00",
        "2013-10-22T00:30:00.000Z",
    ],
)
def test_a_date_is_read_as_each_side_writes_it(text):
    assert read_date(text, "declared_on") == DAY


@pytest.mark.parametrize(
    "text", ["", "22/10/2013", "10-22-2013", "2013-13-01", "2013-02-30", "2013-10", "41569", "soon"]
)
def test_what_is_no_date_or_could_be_two_is_refused_with_its_field(text):
    with pytest.raises(InvalidInput) as refused:
        read_date(text, "declared_on")
    assert refused.value.code == "date-malformed"
    assert refused.value.params["field"] == "declared_on"


@given(st.dates())
def test_every_day_written_in_chinese_is_that_day(day):
    assert read_date(f"{day.year:04}年{day.month}月{day.day}日", "x") == day
    assert read_date(day.isoformat(), "x") == day


@pytest.mark.parametrize(
    ("text", "value"),
    [("138,000.50", "138000.5"), ("0", "0"), ("１２", "12"), ("3.000", "3"), ("1234567.125", None)],
)
def test_a_number_is_read_with_or_without_grouping(text, value):
    assert read_decimal(text, "quantity", places=3) == Decimal(value or text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("about two dozen", "number-malformed"),
        ("-1", "number-malformed"),
        ("1,5", "number-malformed"),
        ("1e3", "number-malformed"),
        ("1" * 19, "number-malformed"),
        ("NaN", "number-malformed"),
        ("1.0625", "number-too-fine"),
    ],
)
def test_what_is_no_plain_number_is_refused(text, code):
    with pytest.raises(InvalidInput) as refused:
        read_decimal(text, "quantity", places=3)
    assert (refused.value.code, refused.value.params["field"]) == (code, "quantity")


@given(st.decimals(min_value=0, max_value=10**15, places=3))
def test_every_number_of_three_places_is_itself(number):
    assert read_decimal(f"{number:f}", "x", places=3) == number
    assert read_decimal(f"{number:,f}", "x", places=3) == number


def test_a_whole_number_may_carry_the_point_that_spreadsheets_add():
    assert read_whole("7.0", "line_no") == 7
    with pytest.raises(InvalidInput):
        read_whole("7.5", "line_no")


def test_a_code_is_known_by_any_of_its_spellings():
    spellings = {"import": "import", "进口": "import"}
    assert read_code(" IMPORT ", "direction", spellings) == "import"
    assert read_code("进口", "direction", spellings) == "import"
    with pytest.raises(InvalidInput) as refused:
        read_code("sideways", "direction", spellings)
    assert refused.value.params == {"field": "direction", "value": "sideways"}
