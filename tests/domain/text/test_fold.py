"""The folding table: what it merges, that it is stable, and that offsets lead back."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.domain.text.fold import TABLE, fold, folded_text
from countermark.domain.text.tokens import tokenise

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
INVISIBLE = "\u200b\u200d\u00ad\u2060\ufeff\u202e"


@pytest.mark.parametrize(
    ("written", "same_as"),
    [
        ("ＮＩＫＥ", "nike"),
        ("Νіке", "nike"),  # Greek, Cyrillic
        ("ЅАМЅUNG", "samsung"),
        ("НОКІА", "hokia"),  # Н looks like H, whatever it sounds like
        ("ɴɪᴋᴇ", "nike"),
        ("🅝🄸Ⓚ🇪", "nike"),
        ("Lancôme", "lancome"),
        ("LANCO\u0302ME", "lancome"),
        ("Bjørn Łódź", "bjorn lodz"),
        ("ﬁla", "fila"),
        ("٣Ｍ", "3m"),
        ("路易威登", "路易威登"),
        ("迪奧 嬌蘭", "迪奥 娇兰"),
        ("裏裡里", "里里里"),
        ("A\u00a0B\tC", "a b c"),
        ("NIKE™", "nike™"),
    ],
)
def test_spellings_of_one_word_fold_alike(written, same_as):
    assert folded_text(written) == same_as


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text):
    assert folded_text(folded_text(text)) == folded_text(text)


@given(ANY_TEXT)
def test_every_folded_character_knows_where_it_came_from(text):
    folded = fold(text)
    assert folded.text == folded_text(text)
    assert len(folded.starts) == len(folded.text)
    assert list(folded.starts) == sorted(folded.starts)
    for start, character in zip(folded.starts, folded.text, strict=True):
        assert character in folded_text(text[start])


@given(ANY_TEXT)
def test_the_span_of_a_token_slices_the_original_to_the_same_token(text):
    folded = fold(text)
    for token in tokenise(folded.text):
        start, end = folded.span(token.start, token.end)
        assert 0 <= start < end <= len(text)
        assert token.text in folded_text(text[start:end])


@given(st.text(alphabet="abcdefgh 耐克", min_size=1), st.data())
def test_invisible_characters_change_nothing(word, data):
    at = data.draw(st.integers(0, len(word)))
    assert folded_text(word[:at] + data.draw(st.sampled_from(INVISIBLE)) + word[at:]) == word


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1))
def test_full_width_writing_changes_nothing(word):
    wide = "".join(chr(ord(character) + 0xFEE0) for character in word)
    assert folded_text(wide) == folded_text(word)


def test_an_accent_written_apart_belongs_to_the_span():
    folded = fold("CAFE\u0301 BAR")
    assert folded.span(0, 4) == (0, 5)


def test_an_empty_span_is_empty():
    assert fold("abc").span(2, 2) == (0, 0)


def test_two_changes_of_length_that_cancel_out_keep_their_offsets():
    folded = fold("\u200bßx")
    assert folded.text == "ssx"
    assert folded.starts == (1, 1, 2)


def test_the_table_leaves_ascii_letters_and_digits_to_themselves():
    ascii_points = {point: target for point, target in TABLE.items() if 0x20 <= point < 0x7F}
    assert ascii_points == {point: chr(point).lower() for point in range(ord("A"), ord("Z") + 1)}


@pytest.mark.slow
def test_the_committed_table_is_what_the_script_makes():
    script = Path(__file__).parents[3] / "tools" / "build_fold_table.py"
    done = subprocess.run([sys.executable, script, "--check"], check=False, capture_output=True)
    assert done.returncode == 0, done.stdout
