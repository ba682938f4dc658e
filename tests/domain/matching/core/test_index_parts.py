"""What the index is made of: sounds, distances and signatures as plain Python has them."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from tests.reference.sound import sound_key as plain_sound_key

from countermark.domain.matching.core.chars import points_of
from countermark.domain.matching.core.edits import ROWS, bits_in, brief, distance, signature
from countermark.domain.matching.core.sounds import ROOM, sound_key

SPELLED = st.text("abcdeghijknopqrstuwxyzS", max_size=12)
PARTS = "ght kn gn wr ps ph tch ch sch sh qu q x ce ci ck c dge j z w h ai ey ee ie oo ew au oa e"
COMPOSED = st.lists(st.sampled_from(PARTS.split()), max_size=8).map("".join)
ANY_WORD = st.text(st.characters(exclude_categories=()), max_size=12)
FEW_LETTERS = st.text("abc", max_size=9)


@given(st.one_of(SPELLED, COMPOSED, ANY_WORD))
@example("qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq")
def test_a_sound_key_is_that_of_the_spelling_rules(word):
    first, second = np.zeros((2, ROOM), dtype=np.uint32)
    size = sound_key(points_of(word), 0, len(word), first, second)
    assert "".join(map(chr, first[:size])) == plain_sound_key(word)


@given(FEW_LETTERS, FEW_LETTERS, st.integers(1, 4))
def test_a_distance_is_the_optimal_string_alignment(left, right, limit):
    rows = np.full(ROWS, 77, dtype=np.int64)
    found = distance(points_of(left), 0, len(left), points_of(right), 0, len(right), limit, rows)
    assert found == OSA.distance(left, right, score_cutoff=limit)


@given(st.text("abz09@", max_size=9), st.text("abz09@", max_size=9))
def test_an_edit_changes_at_most_two_bits_of_a_signature(left, right):
    one, other = (signature(points_of(word), 0, len(word)) for word in (left, right))
    edits = OSA.distance(left, right)
    assert bits_in(one ^ other) <= 2 * edits
    assert bits_in(np.uint64(brief(one) ^ brief(other))) <= 2 * edits
