"""The score of a finding: boosted trees over its facts, and what each feature contributed."""

from __future__ import annotations

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
_UNITS = float(UNITS)


class Trees(NamedTuple):
    """A model as arrays.

    Attributes:
        nodes: All nodes, one tree after the other, each before its branches.
        roots: Where each tree begins.
        start: Log-odds before anything is known; the number of trees after which a finding is
            given up, and the log-odds below which it is.
        features: For each fact the feature it belongs to.
    """

    nodes: npt.NDArray[np.int32]
    roots: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    features: npt.NDArray[np.int64]


def trees_of(model: Model) -> Trees:
    """Return a model as arrays."""
    owners = {fact: at for at, feature in enumerate(FEATURES) for fact in feature.facts}
    return Trees(
        nodes=np.array(model.nodes, np.int32).reshape(-1, 4),
        roots=np.array(model.roots, np.int64),
        start=np.array([model.start, model.first_trees, model.hopeless], np.int64),
        features=np.array([owners[fact] for fact in FACTS], np.int64),
    )


@lean
def units_of(steps):
    """Return the probability of log-odds, in whole units."""
    odds = exp(min(max(steps / STEPS, -50.0), 50.0))
    return np.int64(np.rint(_UNITS * odds / (1.0 + odds)))


@lean
def score(facts, trees):
    """Return the score of a finding in units.

    A finding that is hopeless after the first trees is not shown to the others.
    """
    steps = trees.start[0]
    nodes = trees.nodes
    for tree in range(trees.roots.size):
        if tree == trees.start[1] and steps < trees.start[2]:
            break
        node = trees.roots[tree]
        while nodes[node, FACT] >= 0:
            left = facts[nodes[node, FACT]] <= nodes[node, LIMIT]
            node += 1 if left else np.int64(nodes[node, RIGHT])
        steps += nodes[node, VALUE]
    return units_of(steps)


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
