"""The core's index finds what the plain one finds, in the same order."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from tests.domain.matching.core.index_asking import (
    MARKS,
    asked,
    matches,
    plain_matches,
    recorded,
    registers_and_lines,
    windows_of,
)
from tests.reference.forms import forms_of
from tests.reference.index import Index as PlainIndex

from countermark.domain.matching.core.register import mark_at, register_of, register_version
from countermark.domain.matching.core.registered import Index

TWO_FORMS = [recorded("1", "abcdefghij", "abcdefghi", "abcdefgh"), recorded("2", "abcdefgh")]


@given(registers_and_lines())
@example((TWO_FORMS, ["abcdefgh", "abcdefghk", "abcdefg", "bcdefgh", "acbdefgh", "abcdefghij1"]))
@example(([recorded("1", "Phillips"), recorded("2", "", "劳力士")], ["Filips", "老力士 laolishi"]))
@example(([recorded("1", "x" * 41), recorded("2", "一" * 12)], ["x" * 41, "一" * 12, "x" * 42]))
def test_every_window_finds_the_same_marks_in_the_same_order(case):
    marks, texts = case
    plain, core = PlainIndex(marks), asked(Index.of(marks))
    for window in windows_of(texts, plain):
        for exact_only in (False, True):
            expected = plain_matches(plain, window, exact_only=exact_only)
            assert matches(core, window, exact_only=exact_only) == expected


@given(registers_and_lines())
def test_a_memo_that_is_always_full_changes_nothing(case):
    marks, texts = case
    plain, core = PlainIndex(marks), asked(Index.of(marks), places=2)
    windows = windows_of(texts, plain)
    for window in windows + windows[::-1]:
        assert matches(core, window) == plain_matches(plain, window)


@given(MARKS)
def test_the_forms_of_a_mark_are_those_of_plain_python(marks):
    forms = Index.of(marks).arrays.forms
    expected = [form for at, mark in enumerate(marks) for form in forms_of(at, mark)]
    assert forms.mark.tolist() == [form.mark for form in expected]
    for number, form in enumerate(expected):
        key = forms.points[forms.starts[number] : forms.starts[number + 1]]
        sizes = forms.pieces[forms.piece_starts[number] : forms.piece_starts[number + 1]]
        assert key.tolist() == [ord(letter) for letter in form.key]
        assert tuple(sizes.tolist()) == form.pieces
        assert forms.flags[number] == form.han + 2 * form.weak + 4 * (not form.usual)


@given(MARKS)
def test_the_windows_that_marks_need_are_those_of_the_plain_index(marks):
    needs, plain = Index.of(marks).needs(), PlainIndex(marks).needs
    offsets = needs.offsets.tolist()
    rows = [tuple(needs.pieces[lo:hi].tolist()) for lo, hi in pairwise(offsets)]
    assert tuple(rows) == plain.pieces
    assert tuple(needs.han_lengths.tolist()) == plain.han_lengths


@given(MARKS)
def test_a_mark_comes_out_of_the_register_as_it_went_in(marks):
    register = register_of(marks)
    assert [mark_at(register, position) for position in range(len(marks))] == marks


@given(MARKS, st.randoms(use_true_random=False))
def test_the_version_of_a_register_does_not_depend_on_order(marks, random):
    shuffled = random.sample(marks, len(marks))
    assert register_version(shuffled) == register_version(marks) == Index.of(shuffled).version
    assert register_version(marks + shuffled) == register_version(marks)


def test_the_version_changes_with_every_value_of_a_mark():
    mark = recorded("1", "Nike", "耐克")
    others = [
        recorded("12", "ike", "耐克"),
        recorded("1", "Nike耐", "克"),
        recorded("1", "Nike", "", "耐克"),
        recorded("2", "Nike", "耐克"),
    ]
    assert len({register_version([one]) for one in (mark, *others)}) == 1 + len(others)


def test_a_mark_recorded_twice_counts_once():
    mark = recorded("1", "Nike")
    index = Index.of([mark, mark])
    assert index.alive.tolist() == [1, 0]
    assert index.version == register_version([mark])
