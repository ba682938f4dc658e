"""The score of a finding: boosted trees over its facts, and what each feature contributed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import exp
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.features import FACTS, FEATURES
from countermark.domain.matching.core.jit import lean
from countermark.domain.matching.model import UNITS, Model

FACT: Final = 0
"""Columns of a node: the fact it asks for, -1 in a leaf; the highest value that goes left; how far
on the right branch begins (the left one is the next node); log-odds in ``STEPS``."""
LIMIT: Final = 1
RIGHT: Final = 2
VALUE: Final = 3

STEPS: Final = 4096
"""Log-odds are counted in whole steps, so that their sums do not depend on their order."""
FEATURE_COUNT: Final = len(FEATURES)
MOST_LEAVES: Final = 32
"""Leaves of a tree: there is a bit for each in a number of 32 bits."""
_UNITS = float(UNITS)
_VALUES = 256
_WORD = 0xFFFF_FFFF
_DE_BRUIJN = 0x077C_B531
_PLACE_SHIFT = 27
"""Multiplied with a power of two below 2**32 the number has other upper five bits for each."""


class Trees(NamedTuple):
    """A model as arrays.

    Attributes:
        nodes: All nodes, one tree after the other, each before its branches.
        roots: Where each tree begins.
        start: Log-odds before anything is known; the number of trees after which a finding is
            given up, and the log-odds below which it is.
        features: For each fact the feature it belongs to.
        rows: For each fact, by its value, a row of ``masks``; 0 where the value says nothing.
        masks: Leaves of each tree that a value does not rule out, as bits; the first is leftmost.
        values: Log-odds of the leaves of each tree, each at ``place_of`` its bit.
    """

    nodes: npt.NDArray[np.int32]
    roots: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    features: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]
    masks: npt.NDArray[np.uint32]
    values: npt.NDArray[np.int32]


def trees_of(model: Model) -> Trees:
    """Return a model as arrays.

    Raises:
        ValueError: A tree has more than ``MOST_LEAVES`` leaves.
    """
    owners = {fact: at for at, feature in enumerate(FEATURES) for fact in feature.facts}
    nodes = np.array(model.nodes, np.int32).reshape(-1, 4)
    leaves, values = _leaves(nodes, model.roots)
    rows, masks = _masks(nodes, model.roots, leaves)
    return Trees(
        nodes=nodes,
        roots=np.array(model.roots, np.int64),
        start=np.array([model.start, model.first_trees, model.hopeless], np.int64),
        features=np.array([owners[fact] for fact in FACTS], np.int64),
        rows=rows,
        masks=masks,
        values=values,
    )


def _leaves(
    nodes: npt.NDArray[np.int32], roots: Sequence[int]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Return how many leaves of its tree stand before each node, and the ``values``."""
    before = np.zeros(len(nodes) + 1, np.int64)
    values = np.zeros((len(roots), MOST_LEAVES), np.int32)
    for tree, (root, end) in enumerate(pairwise((*roots, len(nodes)))):
        leaf = nodes[root:end, FACT] < 0
        before[root + 1 : end + 1] = np.cumsum(leaf)
        before[root] = 0
        if before[end] > MOST_LEAVES:
            raise ValueError(f"tree {tree} has more than {MOST_LEAVES} leaves")
        for number, value in enumerate(nodes[root:end, VALUE][leaf].tolist()):
            values[tree, (_DE_BRUIJN << number & _WORD) >> _PLACE_SHIFT] = value
        before[end] = 0
    return before, values


def _masks(
    nodes: npt.NDArray[np.int32], roots: Sequence[int], leaves: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint32]]:
    """Return ``rows`` and ``masks``: a value above a limit rules out the leaves on its left."""
    trees = np.searchsorted(np.array(roots), np.arange(len(nodes)), side="right") - 1
    rows = np.zeros((len(FACTS), _VALUES), np.int64)
    masks = [np.full(len(roots), _WORD, np.uint32)]
    for fact in range(len(FACTS)):
        own = np.flatnonzero(nodes[:, FACT] == fact)
        mask = masks[0].copy()
        for limit in sorted(set(nodes[own, LIMIT].tolist())):
            for node in own[nodes[own, LIMIT] == limit].tolist():
                first, end = leaves[node], leaves[node + nodes[node, RIGHT]]
                mask[trees[node]] &= np.uint32(_WORD ^ ((1 << int(end)) - (1 << int(first))))
            rows[fact, limit + 1 :] = len(masks)
            masks.append(mask.copy())
    return rows, np.array(masks)


@lean
def units_of(steps):
    """Return the probability of log-odds, in whole units."""
    odds = exp(min(max(steps / STEPS, -50.0), 50.0))
    return np.int64(np.rint(_UNITS * odds / (1.0 + odds)))


@lean
def score(facts: npt.NDArray[np.uint8], trees: Trees, left: npt.NDArray[np.uint32]) -> int:
    """Return the score of a finding in units.

    A finding that is hopeless after the first trees is not shown to the others.

    Args:
        facts: The facts of the finding.
        trees: The model.
        left: Room for a number for each tree.
    """
    steps = trees.start[0]
    first, every = min(trees.start[1], trees.roots.size), trees.roots.size
    if first > 0:
        steps += _sum_of(facts, trees.rows, trees.masks, trees.values, left[:first], 0)
        if first < every and steps < trees.start[2]:
            return units_of(steps)
    elif steps < trees.start[2]:
        return units_of(steps)
    rest = _sum_of(facts, trees.rows, trees.masks, trees.values, left[first:every], first)
    return units_of(steps + rest)


@lean
def _sum_of(
    facts: npt.NDArray[np.uint8],
    rows: npt.NDArray[np.int64],
    masks: npt.NDArray[np.uint32],
    values: npt.NDArray[np.int32],
    left: npt.NDArray[np.uint32],
    first: int,
) -> int:
    """Return the log-odds that the trees from ``first`` on add, as many as ``left`` has places.

    No tree is climbed: every fact rules out leaves of all trees at once, and of those that are
    left in a tree the leftmost is where the climb would have ended.
    """
    for tree in range(left.size):
        left[tree] = _WORD
    for fact in range(rows.shape[0]):
        row = rows[fact, facts[fact]]
        if row:
            mask = masks[row, first : first + left.size]
            for tree in range(left.size):
                left[tree] &= mask[tree]
    steps = np.int64(0)
    for tree in range(left.size):
        steps += values[first + tree, place_of(left[tree])]
    return steps


@lean
def place_of(leaves: np.uint32) -> int:
    """Return the place among a tree's ``values`` of the lowest of some bits."""
    lowest = np.int64(leaves) & -np.int64(leaves)
    return ((lowest * _DE_BRUIJN) & _WORD) >> _PLACE_SHIFT


@lean
def contributions(facts, trees, out):
    """Write what the start and each feature contributed, in units, to ``out``.

    On its way through a tree a finding changes the log-odds at every node; each change belongs to
    the feature whose fact was asked for. The sums of all trees are then turned into units one
    feature after the other: a contribution is the change of the score when those of the feature
    are added to those before it. The changes telescope: they add up to the score exactly.
    """
    for feature in range(out.size):
        out[feature] = 0
    out[0] = trees.start[0]
    nodes, total = trees.nodes, trees.start[0]
    for tree in range(trees.roots.size):
        if tree == trees.start[1] and total < trees.start[2]:
            break
        node = trees.roots[tree]
        out[0] += nodes[node, VALUE]
        while nodes[node, FACT] >= 0:
            fact, before = nodes[node, FACT], nodes[node, VALUE]
            node += 1 if facts[fact] <= nodes[node, LIMIT] else np.int64(nodes[node, RIGHT])
            out[trees.features[fact] + 1] += nodes[node, VALUE] - before
        total += nodes[node, VALUE]
    steps, reached = np.int64(0), np.int64(0)
    for feature in range(out.size):
        steps += out[feature]
        before = reached
        reached = units_of(steps)
        out[feature] = reached - before
