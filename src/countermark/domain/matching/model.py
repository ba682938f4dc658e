"""Scorecard: points a reason is worth, and the score and contributions that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from countermark.domain.matching.types import Contribution

UNITS = 10_000
"""Steps between 0 and 1 in which scores and contributions are counted; their sums are exact."""


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic scorecard.

    Attributes:
        name: Version of the model, written into every result.
        start: Log-odds of a resemblance about which nothing else is known.
        points: Feature name to level to log-odds; a level that is not listed is worth nothing.
    """

    name: str
    start: float
    points: Mapping[str, Mapping[str, float]]

    def score(self, levels: Mapping[str, str]) -> tuple[float, tuple[Contribution, ...]]:
        """Return the score of a finding and what each feature contributed, in order.

        The contribution of a feature is the change of the score when its points are added to
        those of the features before it. The changes telescope: together with the start they add
        up to the score exactly.
        """
        log_odds = self.start
        reached = _units(log_odds)
        contributions = [Contribution("start", _points(reached))]
        for feature, level in levels.items():
            log_odds += self.points.get(feature, {}).get(level, 0.0)
            before, reached = reached, _units(log_odds)
            if reached != before:
                contributions.append(Contribution(feature, _points(reached - before)))
        return _points(reached), tuple(contributions)


def _units(log_odds: float) -> int:
    """Return the probability of these log-odds in whole units."""
    odds = exp(min(max(log_odds, -50.0), 50.0))
    return round(UNITS * odds / (1 + odds))


def _points(units: int) -> float:
    return units / UNITS
