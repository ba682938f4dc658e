"""Two spellings beside each other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.apps.screening.comparison import Piece, compare


def differing(pieces: tuple[Piece, ...]) -> list[str]:
    return [piece.text for piece in pieces if piece.differs]


@pytest.mark.parametrize(
    ("declared", "recorded", "ours", "theirs"),
    [
        ("velundra", "VELUNDRA", [], []),
        ("VELUNDR4", "VELUNDRA", ["4"], ["A"]),
        ("VELUNNDRA", "VELUNDRA", ["N"], []),
        ("VELNDRA", "VELUNDRA", [], ["U"]),
        ("VЕLUNDRA", "VELUNDRA", ["Е"], ["E"]),
        ("薇伦卓", "薇倫卓", ["伦"], ["倫"]),
        ("V E L", "VEL", [" ", " "], []),
    ],
)
def test_letters_that_differ_are_marked_on_both_sides(declared, recorded, ours, theirs):
    comparison = compare(declared, ["", recorded])
    assert differing(comparison.declared) == ours
    assert differing(comparison.recorded) == theirs
    assert comparison.equal == (not ours and not theirs)


def test_the_nearest_of_several_spellings_is_compared():
    assert compare("薇伦卓", ["VELUNDRA", "薇倫卓", "薇伦卓"]).equal


@given(st.text(), st.text(min_size=1))
def test_the_pieces_join_to_the_whole_and_neighbours_differ_in_kind(declared, recorded):
    comparison = compare(declared, [recorded])
    for pieces, whole in ((comparison.declared, declared), (comparison.recorded, recorded)):
        assert "".join(piece.text for piece in pieces) == whole
        assert all(a.differs != b.differs for a, b in pairwise(pieces))


@given(st.text(min_size=1))
def test_a_spelling_does_not_differ_from_itself(word):
    assert compare(word, [word]).equal


@given(st.text("abcdefghijklmnopqrstuvwxyz薇", min_size=1))
def test_case_is_no_difference(word):
    assert compare(word.upper(), [word]).equal
