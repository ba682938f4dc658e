"""Features: what speaks for a finding or against it, each a cross of facts.

A level of a feature is one combination of the values of its facts; the model gives it its points.
A level in which a fact has nothing to say is silent and worth nothing. Adding a feature is adding
a name here and to ``FEATURES``, and training the model anew; nothing needs to be compiled for it.
The texts below are published in the reference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, product
from math import prod
from typing import Final

from countermark.domain.matching.core import levels
from countermark.domain.matching.core.levels import Axis
from countermark.domain.matching.core.resemblance import (
    FAMILY_NAMES,
    NEAR,
    NEAR_END,
    READING,
    RESEMBLANCES,
    SAME,
    SAME_END,
)


@dataclass(frozen=True)
class Feature:
    """A cross of facts under the name that contributions bear."""

    name: str
    axes: tuple[Axis, ...]

    @property
    def size(self) -> int:
        """Return the number of levels."""
        return prod(len(axis.values) for axis in self.axes)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the name of every level in order; silent levels have none."""
        return tuple(map(_level_name, product(*(axis.values for axis in self.axes))))


def _level_name(values: tuple[str | None, ...]) -> str:
    return "" if None in values else "/".join(value for value in values if value)


resemblance: Final = Feature("resemblance", (levels.RESEMBLANCE, levels.SIZE))
"""How the words resemble the mark, and how long the mark is: short names are met by chance."""

edits: Final = Feature("edits", (levels.EDITS,))
"""What was done to the mark: which edit, how many signs for letters, how much cut or added."""

place: Final = Feature("place", (levels.PLACE, levels.FAMILY))
"""Where the words stand: in the brand field, after "brand:", leading, or loose in the text."""

goods: Final = Feature("goods", (levels.GOODS, levels.FAMILY))
"""Whether the goods of the HS chapter are of a Nice class the mark is recorded for."""

usage: Final = Feature("usage", (levels.USAGE, levels.FAMILY))
"""How often these words occur in the stream of lines, and how often as a brand.

Where the stream does not tell, whether they are ordinary English words.
"""

mark_usage: Final = Feature("mark_usage", (levels.MARK_USAGE,))
"""How often the mark itself occurs in the stream, where the words only resemble it."""

declared: Final = Feature("declared", (levels.DECLARED,))
"""What the brand field says, seen from the description: nothing, "no brand", another brand."""

writing: Final = Feature("writing", (levels.WRITING, levels.FAMILY))
"""How the words are written: foreign look-alike letters or invisible marks are no accident."""

capitals: Final = Feature("capitals", (levels.CAPITALS, levels.FAMILY))
"""Whether the words stand out in capitals among small letters."""

competition: Final = Feature("competition", (levels.COMPETITION, levels.FAMILY))
"""Whether other marks fit the same words as well or better."""

corroboration: Final = Feature("corroboration", (levels.CORROBORATION, levels.FAMILY))
"""Whether the mark is found both in the description and in the brand field."""

reference: Final = Feature("reference", (levels.REFERENCE,))
"""Whether the words before only refer to the name ("for", "compatible with", "适用于")."""

FEATURES: Final = (
    resemblance,
    edits,
    place,
    goods,
    usage,
    mark_usage,
    declared,
    writing,
    capitals,
    competition,
    corroboration,
    reference,
)
"""All features, in the order in which they contribute to a score."""

FIRST_LEVELS: Final = (0, *accumulate(feature.size for feature in FEATURES))
"""Where the levels of each feature begin in the list of all levels; the last is their number."""

FAMILIES: Final = {
    **dict.fromkeys(RESEMBLANCES[:SAME_END], FAMILY_NAMES[SAME]),
    **dict.fromkeys(RESEMBLANCES[SAME_END:NEAR_END], FAMILY_NAMES[NEAR]),
    **dict.fromkeys(RESEMBLANCES[NEAR_END:], FAMILY_NAMES[READING]),
}
"""Resemblances by how much of the mark is literally there."""


def all_levels() -> Iterator[tuple[str, str]]:
    """Yield feature and name of every level, by id; the name of a silent level is empty."""
    for feature in FEATURES:
        for name in feature.names:
            yield feature.name, name
