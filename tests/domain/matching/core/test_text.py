"""The core reads any text as plain Python does."""

import re
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.matching.core.text_reading import (
    HOSTILE,
    NEEDS,
    Reading,
    plain,
    plain_windows,
    read,
    windows_of,
    written,
)
from tests.domain.matching.strategies import ANY_TEXT
from tests.reference.cues import Place, names_no_brand
from tests.reference.windows import NO_NEEDS, Needs

from countermark.domain.matching.core import buffers, chars, places, text, windows, words
from countermark.domain.matching.core.chars import char_tables, facts_of, fold_into, points_of
from countermark.domain.text.fold import fold, folded_text
from countermark.domain.text.tokens import tokenise
from countermark.domain.text.word_table import WORDS
from countermark.domain.text.words import is_ordinary

FIELDS = st.one_of(HOSTILE, HOSTILE, ANY_TEXT)


def test_every_character_has_the_facts_that_python_knows():
    tables = char_tables()
    points = np.arange(sys.maxunicode + 1)
    facts = tables.facts[(tables.pages[points >> 8].astype(np.int64) << 8) | (points & 255)]
    for bit, has in (
        (chars.BLANK, str.isspace),
        (chars.ALPHA, str.isalpha),
        (chars.DIGIT, str.isdigit),
        (chars.DECIMAL, str.isdecimal),
        (chars.ALNUM, str.isalnum),
        (chars.UPPER, str.isupper),
        (chars.LOWER, str.islower),
        (chars.UPPER | chars.TITLE, str.istitle),
    ):
        assert [bool(known) for known in facts & bit] == list(map(has, map(chr, points)))


def test_letters_and_han_characters_are_those_of_tokens():
    tables = char_tables()
    for point in (*range(0x3200), *range(0x4DB0, 0x4E10), *range(0x9FF0, 0xA010), 0x1FFFF, 0x20000):
        tokens = tokenise(chr(point))
        facts = facts_of(point, tables)
        assert bool(facts & chars.HAN) == any(token.han for token in tokens)
        assert bool(facts & chars.WORD) == any(not token.han for token in tokens)


def test_a_character_is_blank_for_patterns_where_it_is_for_python():
    assert all(bool(re.match(r"\s", chr(p))) == chr(p).isspace() for p in range(0x3001))


@given(FIELDS)
def test_a_text_folds_alike_and_knows_where_its_characters_stood(value):
    reading, folded = read(value), fold(value)
    size = reading.text.head[buffers.SIZE]
    assert written(reading.text.points[:size]) == folded.text
    assert tuple(reading.text.starts[:size].tolist()) == folded.starts
    for start in range(min(size, 20)):
        for end in range(start, min(size, start + 4) + 1):
            assert tuple(text.original_span(reading.text, start, end)) == folded.span(start, end)


@given(FIELDS)
def test_a_slice_folds_into_a_buffer_that_has_room(value):
    points, folded = points_of(value), folded_text(value)
    out = np.zeros(len(folded) + 1, dtype=np.uint32)
    end = fold_into(points, 0, len(points), char_tables(), out, 1)
    assert written(out[1:end]) == folded
    if folded:
        assert fold_into(points, 0, len(points), char_tables(), out[:-1], 1) == -1


@given(FIELDS)
def test_a_text_is_cut_into_the_same_tokens(value):
    buffer = read(value).text
    expected = [(token.start, token.end, token.han) for token in tokenise(folded_text(value))]
    found = buffer.tokens[: buffer.head[buffers.TOKENS], :3].tolist()
    assert [(start, end, bool(han)) for start, end, han in found] == expected


@given(FIELDS, NEEDS, st.booleans())
def test_windows_are_the_same_in_the_same_order(value, needs, brand):
    expected = plain_windows(plain(value, brand=brand), needs)
    assert windows_of(read(value, needs, brand=brand)) == expected


@given(FIELDS, st.booleans())
def test_places_and_cues_are_the_same(value, brand):
    field, reading = plain(value, brand=brand), read(value, brand=brand)
    for one in field.windows():
        place = list(Place)[places.place(reading.text, one.start, one.end)]
        assert place is field.places.place(one.start, one.end)
        referential = places.referential(reading.text, one.start)
        assert referential == field.places.referential(one.start)


@given(FIELDS)
def test_capitals_stand_out_alike(value):
    field, reading = plain(value), read(value)
    for one in field.windows():
        span = field.folded.span(one.start, one.end)
        found = text.in_capitals(reading.points, reading.lo, span, reading.text, char_tables())
        assert found == field.in_capitals(*span)


@given(FIELDS)
def test_a_field_names_no_brand_alike(value):
    assert places.names_no_brand(read(value, brand=True).text) == names_no_brand(value)


@given(HOSTILE)
def test_keys_are_of_ordinary_words_alike(value):
    for one in plain(value).windows():
        key, sizes = points_of(one.key), np.array(one.pieces, dtype=np.int32)
        found = words.ordinary_words(
            key, 0, len(key), sizes, 0, len(sizes), char_tables(), words.word_table()
        )
        assert found == one.ordinary


@given(st.sampled_from(WORDS.split()), st.sampled_from(["", *"sdy", "es", "ed", "ing", "ly"]))
def test_regular_forms_of_words_are_known_alike(word, ending):
    for form in (
        word + ending,
        word + word[-1] + ending,
        word[:-1] + ending,
        word[:-1] + "i" + ending,
    ):
        key = points_of(form)
        assert words.is_ordinary(key, 0, len(key), words.word_table()) == is_ordinary(form)


@pytest.mark.parametrize(
    "piece",
    [*("x", "克", "克 ", "x ", "a@", "Ab ", "brand ", "品牌"), *("\u0301", "\ufdfa", "\x00", " ")],
)
def test_a_field_of_a_hundred_thousand_characters_is_read_in_portions(piece):
    value = piece * (100_000 // len(piece))
    reading = read(value, Needs(pieces=((1, 1, 1, 1, 1, 1),), han_lengths=(9, 30)))
    buffer, total, last = reading.text, 0, 0
    while windows.more(buffer):
        count = windows.find_windows(buffer, reading.needs)
        total += count
        last = buffer.rows[count - 1, buffers.WINDOW_END] if count else last
    assert len(buffer.rows) < 400
    assert total >= buffer.head[buffers.TOKENS]
    assert last == (buffer.tokens[buffer.head[buffers.TOKENS] - 1, buffers.END] if total else 0)


def test_one_buffer_reads_one_text_after_another():
    buffer = read("brand: nike air 耐克 x" * 3, NO_NEEDS).text
    arrays = buffers.needs_of()
    for value in ("a b", "耐克", "", "brand nike"):
        points = points_of(value)
        text.read_text(points, 0, len(points), False, char_tables(), buffer)
        again = windows_of(Reading(points, 0, buffer, arrays))
        assert again == plain_windows(plain(value), NO_NEEDS)
