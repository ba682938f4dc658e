"""The score of a finding, in whole units, and what each feature contributed to it."""

from __future__ import annotations

from math import exp
from typing import Final, NamedTuple

import numpy as np

from countermark.domain.matching.core.features import FEATURES, FIRST_LEVELS, all_levels
from countermark.domain.matching.core.jit import lean
from countermark.domain.matching.core.levels import AXES
from countermark.domain.matching.model import UNITS, Model

_MOST_AXES = max(len(feature.axes) for feature in FEATURES)
_UNITS = float(UNITS)
FEATURE_COUNT: Final = len(FEATURES)


class Scorecard(NamedTuple):
    """A model as arrays.

    Attributes:
        start: Log-odds before anything is known, in an array of one.
        points: Log-odds of every level, by id.
        axes: For each feature the axes it crosses, filled up with -1.
        radices: Number of values of each axis.
        firsts: Id of the first level of each feature.
    """

    start: np.ndarray
    points: np.ndarray
    axes: np.ndarray
    radices: np.ndarray
    firsts: np.ndarray


def scorecard(model: Model) -> Scorecard:
    """Return a model as arrays; a level that the model does not list is worth nothing."""
    points = [
        model.points.get(feature, {}).get(level, 0.0) if level else 0.0
        for feature, level in all_levels()
    ]
    axes = np.full((FEATURE_COUNT, _MOST_AXES), -1, np.int64)
    for at, feature in enumerate(FEATURES):
        axes[at, : len(feature.axes)] = [AXES.index(axis) for axis in feature.axes]
    return Scorecard(
        start=np.array([model.start], np.float64),
        points=np.array(points, np.float64),
        axes=axes,
        radices=np.array([len(axis.values) for axis in AXES], np.int64),
        firsts=np.array(FIRST_LEVELS[:-1], np.int64),
    )


@lean
def level_of(facts, feature, card):
    """Return the id of the level that a feature has for these facts."""
    level = np.int64(0)
    for at in range(card.axes.shape[1]):
        axis = card.axes[feature, at]
        if axis < 0:
            break
        level = level * card.radices[axis] + facts[axis]
    return card.firsts[feature] + level


@lean
def units_of(log_odds):
    """Return the probability of these log-odds in whole units."""
    odds = exp(min(max(log_odds, -50.0), 50.0))
    return np.int64(np.rint(_UNITS * odds / (1.0 + odds)))


@lean
def score(facts, card):
    """Return the score of a finding in units."""
    log_odds = card.start[0]
    for feature in range(card.firsts.size):
        log_odds += card.points[level_of(facts, feature, card)]
    return units_of(log_odds)


@lean
def contributions(facts, card, out):
    """Write what the start and each feature contributed, in units, to ``out``.

    A contribution is the change of the score when the points of the feature are added to those
    of the features before it. The changes telescope: they add up to the score exactly.
    """
    log_odds = card.start[0]
    reached = units_of(log_odds)
    out[0] = reached
    for feature in range(card.firsts.size):
        log_odds += card.points[level_of(facts, feature, card)]
        before = reached
        reached = units_of(log_odds)
        out[feature + 1] = reached - before
