"""The score of a finding, walked through the trees of the model one node at a time."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from countermark.domain.matching.core.features import FACTS, FEATURES
from countermark.domain.matching.core.trees import STEPS
from countermark.domain.matching.model import UNITS, Model
from countermark.domain.matching.types import Contribution


def score_of(model: Model, facts: Sequence[int]) -> tuple[float, tuple[Contribution, ...]]:
    """Return the score of a finding and what each feature contributed, in order."""
    steps = {"start": model.start, **{feature.name: 0 for feature in FEATURES}}
    owners = {fact: feature.name for feature in FEATURES for fact in feature.facts}
    for tree, root in enumerate(model.roots):
        if tree == model.first_trees and sum(steps.values()) < model.hopeless:
            break
        node = root
        fact, limit, right, value = model.nodes[4 * node : 4 * node + 4]
        steps["start"] += value
        while fact >= 0:
            before, owner = value, owners[FACTS[fact]]
            node += 1 if facts[fact] <= limit else right
            fact, limit, right, value = model.nodes[4 * node : 4 * node + 4]
            steps[owner] += value - before
    return _telescoped(steps)


def _telescoped(steps: dict[str, int]) -> tuple[float, tuple[Contribution, ...]]:
    total, reached, parts = 0, 0, []
    for name, value in steps.items():
        total += value
        before, reached = reached, _units(total)
        if reached != before or name == "start":
            parts.append(Contribution(name, (reached - before) / UNITS))
    return reached / UNITS, tuple(parts)


def _units(steps: int) -> int:
    odds = exp(min(max(steps / STEPS, -50.0), 50.0))
    return round(UNITS * odds / (1 + odds))
