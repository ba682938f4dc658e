"""Columns find their fields by title; what does not fit is named."""

from __future__ import annotations

import pytest

from countermark.domain.errors import InvalidInput
from countermark.domain.titles import Titles, cell_of, title_key

TITLES = Titles(
    {"number": ("declaration no", "报关单号"), "line_no": ("line", "项号"), "origin": ()},
    required=("number", "line_no"),
)


@pytest.mark.parametrize(
    "title", ["Declaration No.", "DECLARATION-NO", "报关单号", "報關單號", " ｎｕｍｂｅｒ "]
)
def test_a_title_is_known_in_any_script_case_and_width(title):
    assert TITLES.guess([title, "unknown"]) == {"number": title}


def test_of_two_columns_that_fit_the_better_title_is_taken():
    assert TITLES.guess(["报关单号", "number"])["number"] == "number"
    assert TITLES.guess(["Number", "number"])["number"] == "Number"


def test_what_is_given_stands_before_what_is_guessed():
    given = {"number": "ref", "origin": "=CN", "line_no": "line"}
    assert TITLES.settle(["ref", "number", "line"], given) == given
    assert TITLES.settle(["number", "line", "origin"], {"origin": ""}) == {
        "number": "number",
        "line_no": "line",
    }


@pytest.mark.parametrize(
    ("columns", "given", "code", "named"),
    [
        (["number"], {}, "columns-missing", {"fields": ["line_no"]}),
        (["number", "line"], {"colour": "line"}, "fields-unknown", {"fields": ["colour"]}),
        (["number", "line"], {"origin": "from"}, "columns-unknown", {"columns": ["from"]}),
    ],
)
def test_what_does_not_fit_is_refused_by_name(columns, given, code, named):
    with pytest.raises(InvalidInput) as refused:
        TITLES.settle(columns, given)
    assert refused.value.code == code
    assert refused.value.params == {"field": "mapping"} | named


def test_a_cell_is_read_from_its_column_or_is_the_same_for_all_rows():
    mapping = {"number": "ref", "origin": "=CN"}
    assert cell_of({"ref": " 1 "}, mapping, "number") == "1"
    assert cell_of({}, mapping, "number") == ""
    assert cell_of({}, mapping, "origin") == "CN"
    assert cell_of({"ref": "1"}, mapping, "line_no") == ""


def test_a_title_of_signs_alone_names_nothing():
    assert title_key("--") == ""
    assert TITLES.guess(["--", ""]) == {}
