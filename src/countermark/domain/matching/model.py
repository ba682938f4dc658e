"""Scorecard: the points that each reason is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
