"""What another node sends is read field by field, and a refusal names the field."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.domain.errors import InvalidInput
from countermark.domain.payload import Payload

KEY = "0197a3c4-0000-7000-8000-000000000001"
GOOD = {
    "text": " 錢包 purses ",
    "code": "GD-HK-2013-1",
    "count": 9,
    "yes": True,
    "number": "1312.5",
    "day": "2013-10-22",
    "at": "2014-03-25T08:00:00.000000Z",
    "key": KEY,
    "hash": "00ff",
    "state": "closed",
    "states": ["closed"],
    "inner": {"count": 1},
    "list": [{"count": 1}, {"count": 2}],
    "slugs": ["hk", "cn-gd"],
}
READERS = {
    "text": lambda p: p.text("text", 40),
    "code": lambda p: p.slug("code", 40),
    "count": lambda p: p.integer("count"),
    "yes": lambda p: p.flag("yes"),
    "number": lambda p: p.number("number"),
    "day": lambda p: p.day("day"),
    "at": lambda p: p.instant("at"),
    "key": lambda p: p.uuid("key"),
    "hash": lambda p: p.matching("hash", "[0-9a-f]{4}"),
    "state": lambda p: p.choice("state", {"closed", "open"}),
    "states": lambda p: p.choices("states", {"closed", "open"}),
    "inner": lambda p: p.part("inner").integer("count"),
    "list": lambda p: [each.integer("count") for each in p.parts("list", 3)],
    "slugs": lambda p: p.slugs("slugs", 3),
}
BAD = [
    ("text", ["", "  ", "x" * 41, "a\x00b", "a\nb", "\ud800", 5, None]),
    ("code", ["GD HK", "GD/1", "項目", "x" * 41]),
    ("count", [-1, 2**53, True, 1.0, "1", None]),
    ("yes", [1, "true", None]),
    ("number", ["-1", "1e3", "NaN", "1.2345", "٣", 1, "1" * 16, "1\n"]),
    ("day", ["2013-02-30", "2013-10-22T00:00:00", "22.10.2013", 20131022, "2013-10-22\n"]),
    ("at", ["2014-03-25", "2014-03-25T08:00:00+08:00", "2014-13-25T08:00:00Z", 0]),
    ("key", [KEY.upper() + "A", KEY.replace("-", ""), "{" + KEY + "}", 7]),
    ("hash", ["00FF", "00ff0", "00ff\n", 0]),
    ("state", ["CLOSED", "other"]),
    ("states", ["closed", ["closed", "closed"], ["other"], [["closed"]], ["closed", "open", "x"]]),
    ("inner", [[], "x", None, {"count": "x"}]),
    ("list", [{}, [1], [{"count": 1}] * 4, [{"count": 1}, {}]]),
    ("slugs", ["hk", ["hk", "hk"], ["a b"], [1], ["a", "b", "c", "d"]]),
]


def test_good_fields_are_read_into_their_types():
    payload = Payload.read(json.loads(json.dumps(GOOD)))
    assert {name: read(payload) for name, read in READERS.items()} == {
        "text": "錢包 purses",
        "code": "GD-HK-2013-1",
        "count": 9,
        "yes": True,
        "number": Decimal("1312.5"),
        "day": date(2013, 10, 22),
        "at": datetime(2014, 3, 25, 8, tzinfo=UTC),
        "key": UUID(KEY),
        "hash": "00ff",
        "state": "closed",
        "states": ["closed"],
        "inner": 1,
        "list": [1, 2],
        "slugs": ["hk", "cn-gd"],
    }


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in BAD for value in values]
)
def test_a_malformed_field_is_refused_by_its_name(name, value):
    with pytest.raises(InvalidInput) as refused:
        READERS[name](Payload.read(GOOD | {name: value}))
    assert refused.value.code == "payload-malformed"
    assert refused.value.params["field"].startswith(name)


def test_a_refusal_names_the_place_inside_lists():
    with pytest.raises(InvalidInput) as refused:
        READERS["list"](Payload.read({"list": [{"count": 1}, {"count": -1}]}))
    assert refused.value.params["field"] == "list[1].count"


def test_a_missing_field_is_refused_unless_a_text_may_be_empty():
    payload = Payload.read({})
    assert payload.text("note", 10, required=False) == ""
    assert not payload.has("note")
    for read in READERS.values():
        with pytest.raises(InvalidInput):
            read(payload)


@pytest.mark.parametrize("value", [None, [], "x", 1])
def test_what_is_no_object_is_refused(value):
    with pytest.raises(InvalidInput, match="data"):
        Payload.read(value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(st.fixed_dictionaries(dict.fromkeys(GOOD, JSON)))
def test_no_json_makes_a_reader_fail_otherwise_than_by_refusing(value):
    payload = Payload.read(value)
    for read in READERS.values():
        try:
            read(payload)
        except InvalidInput as refused:
            assert refused.code == "payload-malformed"  # noqa: PT017 - reading it may also succeed
