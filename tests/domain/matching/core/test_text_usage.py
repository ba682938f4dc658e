"""The core counts the usage of words as plain Python does."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.matching.core.text_reading import HOSTILE, plain, read
from tests.domain.matching.strategies import line
from tests.reference.background import Background as Plain

from countermark.domain.matching.core import usage, windows
from countermark.domain.matching.core.background import Background
from countermark.domain.matching.core.columns import columns_of

_TRADE = st.lists(
    st.sampled_from(["cotton", "socks", "24", "nike", "棉", "袜", "brand:", "adid@s", ",", "a"]),
    max_size=8,
).map(" ".join)
STREAMS = st.lists(
    st.builds(line, st.one_of(_TRADE, HOSTILE), st.sampled_from(["", "NIKE", "无", "cotton"])),
    max_size=8,
).map(lambda lines: lines * 8)


def counts_of(plain_counts):
    return {key: (n, plain_counts.as_brand[key]) for key, n in plain_counts.occurs.items()}


@given(STREAMS)
def test_counts_are_those_of_plain_python(lines):
    found, expected = Background.of(lines), Plain.of(lines)
    assert found.lines == expected.lines
    assert (found.arrays.keys != 0).sum() == len(expected.occurs)
    for key in (*expected.occurs, "never met"):
        assert found.count(key) == (expected.occurs[key], expected.as_brand[key])
        assert found.per_10_000(key) == expected.per_10_000(key)
        assert found.brandness(key) == expected.brandness(key)
        assert found.ordinary(key) == expected.ordinary(key)


@given(STREAMS, st.integers(1, 5))
def test_counts_are_the_same_in_whatever_parts_the_stream_comes(lines, size):
    parts = [columns_of(lines[at : at + size]) for at in range(0, len(lines), size)]
    whole = Background.of(lines)
    assert Background.of_columns(parts) == whole
    assert hash(Background.of_columns(reversed(parts))) == hash(whole)


@given(STREAMS)
def test_counts_come_back_from_plain_numbers_and_from_a_file(lines):
    whole = Background.of(lines)
    assert Background.from_counts(len(lines), counts_of(Plain.of(lines))) == whole
    assert pickle.loads(pickle.dumps(whole)) == whole  # noqa: S301 - its own, made here


@given(STREAMS, st.one_of(_TRADE, HOSTILE), st.booleans())
def test_windows_of_ordinary_words_are_asked_for_exactly(lines, value, brand):
    found, expected = Background.of(lines), Plain.of(lines)
    reading = read(value, brand=brand)
    buffer, marked = reading.text, []
    while windows.more(buffer):
        count = windows.find_windows(buffer, reading.needs)
        usage.mark_exact_only(buffer, count, found.arrays)
        marked += map(bool, buffer.exact_only[:count])
    assert marked == [
        not one.strong and expected.ordinary_window(one)
        for one in plain(value, brand=brand).windows()
    ]


def test_a_table_grows_with_the_words_that_it_counts():
    lines = [line(f"word{n} w{n}x{n}") for n in range(30_000)]
    found = Background.of(lines)
    assert found.count("word77") == found.count("word77w77x77") == (1, 0)
    # Three words a line, and the line itself.
    assert (found.arrays.keys != 0).sum() == 120_000


def test_a_background_of_nothing_knows_nothing():
    nothing = Background()
    assert nothing == Background.of([]) != "nothing"
    assert nothing.per_10_000("x") == nothing.brandness("x") == 0.0
    assert not nothing.ordinary("x")


@pytest.mark.parametrize("brands", [1, 0])
def test_a_key_is_a_word_of_the_trade_up_to_one_brand_in_twenty(brands):
    counts = {"cotton": (20, brands)}
    assert Background.from_counts(20, counts).ordinary("cotton") == (brands == 0)
