import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.domain.envelopes.canonical import MAX_DEPTH, json_bytes, json_object, uuid7
from countermark.domain.errors import EnvelopeRefused

SCALARS = st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False)
VALUES = st.recursive(
    SCALARS.filter(lambda value: value not in (float("inf"), float("-inf"))),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.text(max_size=8), VALUES, max_size=4)


@given(OBJECTS)
def test_canonical_json_reads_back_and_is_a_fixed_point(value):
    raw = json_bytes(value)
    assert json_object(raw) == value
    assert json_bytes(json_object(raw)) == raw


@given(OBJECTS)
def test_the_order_of_members_makes_no_difference(value):
    assert json_bytes(dict(reversed(list(value.items())))) == json_bytes(value)


@pytest.mark.parametrize(
    "raw",
    [
        b"[]",
        b"1",
        b"{",
        b'{"a":1,"a":2}',
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":1e999}',
        b'{"a":"\xff"}',
        b'{"a":' + b"[" * MAX_DEPTH + b"]" * MAX_DEPTH + b"}",
        b'{"a":' + b"[" * 100_000,
        b'{"a":' + b"9" * 5000 + b"}",
    ],
)
def test_json_that_could_be_read_in_two_ways_or_not_at_all_is_refused(raw):
    with pytest.raises(EnvelopeRefused, match="json-malformed"):
        json_object(raw)


def test_a_lone_surrogate_is_never_signed():
    with pytest.raises(ValueError, match="surrogate"):
        json_bytes({"a": "\ud800"})


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_an_identifier_is_a_version_7_uuid_that_carries_its_time(unix_ms, random):
    made = uuid.UUID(uuid7(unix_ms, random))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == unix_ms


@given(st.integers(0, 2**48 - 2), st.binary(min_size=10, max_size=10))
def test_identifiers_sort_by_the_time_of_their_making(unix_ms, random):
    assert uuid7(unix_ms, random) < uuid7(unix_ms + 1, bytes(10))
