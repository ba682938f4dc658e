"""The model: its trees, what it makes of facts, and how it is kept."""

import json
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reference import features as plain
from tests.reference.trees import score_of

from countermark.domain.matching.core.chars import points_of
from countermark.domain.matching.core.features import FACTS, FEATURES
from countermark.domain.matching.core.lettering import cost_of, lettering, syllables_of
from countermark.domain.matching.core.trees import (
    FACT,
    FEATURE_COUNT,
    contributions,
    score,
    trees_of,
)
from countermark.domain.matching.model import UNITS, Model, packed, unpacked
from countermark.domain.matching.screener import RULES_VERSION
from countermark.domain.matching.weights import MODEL

ROOT = Path(__file__).resolve().parents[4]
VALUES = st.integers(-40_000, 40_000)
LEAF = VALUES.map(lambda value: [-1, 0, 0, value])


def _branch(children):
    return st.tuples(
        st.integers(0, len(FACTS) - 1), st.integers(0, 255), VALUES, children, children
    ).map(lambda b: [b[0], b[1], len(b[3]) // 4 + 1, b[2], *b[3], *b[4]])


TREES = st.lists(st.recursive(LEAF, _branch, max_leaves=6), max_size=5)
ROWS = st.lists(st.integers(0, 255), min_size=len(FACTS), max_size=len(FACTS))


def model_of(trees, start, first, hopeless):
    roots, nodes = [], []
    for tree in trees:
        roots.append(len(nodes) // 4)
        nodes += tree
    return Model("m", start, first, hopeless, tuple(nodes), tuple(roots))


@given(TREES, VALUES, st.integers(0, 5), VALUES, ROWS)
def test_any_trees_score_as_in_plain_python_and_their_contributions_add_up(
    trees, start, first, hopeless, row
):
    model = model_of(trees, start, first, hopeless)
    facts, parts = np.array(row, np.uint8), np.zeros(FEATURE_COUNT + 1, np.int64)
    compiled = trees_of(model)
    contributions(facts, compiled, parts)
    expected, told = score_of(model, row)
    left = np.zeros(len(trees), np.uint32)
    assert score(facts, compiled, left) / UNITS == expected
    assert parts.sum() / UNITS == expected
    names = ("start", *(feature.name for feature in FEATURES))
    found = {name: part / UNITS for name, part in zip(names, parts.tolist(), strict=True)}
    assert {n: p for n, p in found.items() if p or n == "start"} == {p.name: p.points for p in told}


@given(TREES, VALUES, st.integers(0, 5), VALUES)
def test_a_model_survives_packing(trees, start, first, hopeless):
    model = model_of(trees, start, first, hopeless)
    assert unpacked(packed(model)) == model


@pytest.mark.parametrize("text", ["", "x", "¼", packed(MODEL)[:-9]])
def test_what_is_not_a_packed_model_is_refused(text):
    with pytest.raises(ValueError, match="not a packed model"):
        unpacked(text)


def test_the_card_is_of_the_shipped_model():
    card = json.loads((ROOT / "docs/reference/model-card.json").read_text(encoding="utf-8"))
    assert card["digest"] == blake2b(packed(MODEL).encode(), digest_size=16).hexdigest()
    assert card["name"] == MODEL.name == f"trees-{RULES_VERSION}"
    assert card["facts"] == list(FACTS)


def test_the_shipped_trees_ask_for_facts_and_end_in_leaves():
    nodes = trees_of(MODEL).nodes
    assert nodes[:, FACT].max() < len(FACTS)
    assert (nodes[:, FACT] >= 0).sum() + len(MODEL.roots) == (nodes[:, FACT] < 0).sum()


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz13é中", max_size=30))
def test_letters_are_weighed_as_in_plain_python(word):
    points, tables = points_of(word), lettering()
    assert cost_of(points, 0, len(word), tables.costs) == plain.cost(word)


@given(st.lists(st.sampled_from(["jin", "long", "xi", "an", "x", "3"]), max_size=8).map("".join))
def test_pinyin_is_cut_as_in_plain_python(word):
    least = np.zeros(25, np.int64)
    found = syllables_of(points_of(word), 0, len(word), lettering().syllables, least)
    assert found == plain.syllables_of(word)
