"""Tokens, skeletons, distances, sounds and readings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reference.distance import deletions, distance, edit_kind
from tests.reference.sound import sound_key

from countermark.domain.text.romanise import (
    MOST_READINGS,
    cantonese,
    jyutping_readings,
    mandarin,
    pinyin_readings,
)
from countermark.domain.text.skeleton import CLASSES, disguised, skeleton
from countermark.domain.text.tokens import joined, tokenise
from countermark.domain.text.words import is_ordinary

WORDS = st.text(alphabet="abcdefgh", min_size=1, max_size=9)


def test_words_and_han_runs_are_tokens_and_all_else_separates():
    tokens = tokenise("品名:耐克nike-air/01")
    assert [(t.text, t.han) for t in tokens] == [
        ("品名", True),
        ("耐克", True),
        ("nike", False),
        ("air", False),
        ("01", False),
    ]
    assert joined("品名:耐克nike-air/01") == "品名耐克nikeair01"


@given(st.text())
def test_tokens_are_slices_in_order(text):
    end = 0
    for token in tokenise(text):
        assert text[token.start : token.end] == token.text
        assert token.start >= end
        end = token.end


@pytest.mark.parametrize("written", ["n1ke", "nik3", "n!ke", "nlke", "n|k3"])
def test_signs_for_letters_have_one_skeleton(written):
    assert skeleton(written) == skeleton("nike")


def test_a_skeleton_has_one_letter_for_each_class():
    for letter, signs in CLASSES.items():
        assert {skeleton(sign) for sign in signs} == {letter}


def test_disguised_letters_are_counted():
    assert disguised("n1k3", "nike") == 2


@given(WORDS, WORDS)
def test_neighbours_share_a_deletion(left, right):
    edits = distance(left, right, 2)
    if edits <= 2:
        assert set(deletions(left, edits)) & set(deletions(right, edits))


@given(WORDS, st.integers(0, 2))
def test_deletions_are_distinct_and_begin_with_the_word(word, count):
    found = list(deletions(word, count))
    assert found[0] == word
    assert len(found) == len(set(found))
    assert {len(word) - len(one) for one in found} <= set(range(count + 1))


def test_a_distance_beyond_the_limit_is_the_limit_and_one():
    assert distance("abc", "xyz", 1) == 2


@pytest.mark.parametrize(
    ("written", "kind"),
    [("nikke", "inserted"), ("nke", "deleted"), ("nkie", "swapped"), ("nuke", "replaced")],
)
def test_one_edit_has_a_kind(written, kind):
    assert edit_kind(written, "nike") == kind


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("philips", "filips"),
        ("nike", "nyke"),
        ("quiksilver", "kwikzilver"),
        ("reebok", "ribok"),
        ("xerox", "kserocks"),
        ("guess", "gues"),
        ("knorr", "norr"),
    ],
)
def test_words_read_alike_have_one_key(left, right):
    assert sound_key(left) == sound_key(right)


@pytest.mark.parametrize("word", ["", "n1ke", "耐克", "nike air"])
def test_what_is_not_a_word_of_letters_has_no_sound(word):
    assert sound_key(word) == ""


def test_readings_begin_with_the_most_usual():
    assert mandarin("乐")[:2] == ("le", "yue")
    assert cantonese("樂")[0] == "lok"
    assert pinyin_readings("劳力士")[0] == ("lao", "li", "shi")
    assert ("aa", "dik", "daat", "si") in jyutping_readings("阿迪達斯")


def test_readings_are_limited_and_distinct():
    readings = pinyin_readings("长乐重行长乐重行")
    assert len(readings) == len(set(readings)) == MOST_READINGS


def test_what_cannot_be_read_has_no_reading():
    assert pinyin_readings("耐k") == []


@pytest.mark.parametrize(
    "word", ["case", "socks", "brushes", "parties", "tried", "fitting", "making", "wiped", "mens"]
)
def test_ordinary_words_and_their_regular_forms_are_known(word):
    assert is_ordinary(word)


@pytest.mark.parametrize("word", ["nike", "adidas", "ix", "s", "", "耐克", "kase"])
def test_names_are_not_ordinary_words(word):
    assert not is_ordinary(word)
