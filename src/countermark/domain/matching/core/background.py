"""Background: how words are used in a stream of lines that nobody has labelled.

Half of all recorded names are also ordinary words (Made, Red, Case). How often a word occurs says
little, for Apple occurs often too; what tells is the share of its occurrences that stand where a
brand is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from countermark.domain.matching.core.chars import points_of
from countermark.domain.matching.core.columns import LineColumns, columns_of
from countermark.domain.matching.core.counting import counted, new_counts, usage_of_counts
from countermark.domain.matching.core.hashing import hash_of
from countermark.domain.matching.core.usage import Usage, as_brand, is_usual, occurs, usage_of
from countermark.domain.matching.types import Line

_AT_ONCE = 20_000
"""Lines that are laid out as columns at once."""


def _nothing() -> Usage:
    return usage_of(np.zeros(0, dtype=np.uint64), np.zeros((0, 2), dtype=np.int32), 0)


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """Counts over lines: in how many a key occurs, in how many where a brand is named.

    Two are equal where they have the same counts, however they came by them.
    """

    arrays: Usage = field(default_factory=_nothing)

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Background:
        """Return the counts of a stream of lines."""
        stream = iter(lines)
        parts = iter(lambda: list(islice(stream, _AT_ONCE)), [])
        return cls.of_columns(map(columns_of, parts))

    @classmethod
    def of_columns(cls, parts: Iterable[LineColumns]) -> Background:
        """Return the counts of a stream of lines that comes in parts."""
        counts = new_counts()
        for columns in parts:
            counts = counted(columns, counts)
        return cls(usage_of_counts(counts))

    @classmethod
    def from_counts(cls, lines: int, counts: Mapping[str, tuple[int, int]]) -> Background:
        """Return a background from plain numbers.

        Args:
            lines: How many lines were counted.
            counts: For each key in how many of them it occurs, and in how many as a brand.
        """
        keys = np.array([_hash(key) for key in counts], dtype=np.uint64)
        numbers = np.array(list(counts.values()), dtype=np.int32).reshape(-1, 2)
        return cls(usage_of(keys, numbers, lines))

    @property
    def lines(self) -> int:
        """Return how many lines were counted."""
        return int(self.arrays.total[0])

    def count(self, key: str) -> tuple[int, int]:
        """Return in how many lines a key occurs, and in how many where a brand is named."""
        number = _hash(key)
        return int(occurs(number, self.arrays)), int(as_brand(number, self.arrays))

    def per_10_000(self, key: str) -> float:
        """Return in how many of 10,000 lines the key occurs."""
        return 10_000 * self.count(key)[0] / self.lines if self.lines else 0.0

    def brandness(self, key: str) -> float:
        """Return the share of a key's occurrences where a brand is named, 0 if it never occurs."""
        found, brand = self.count(key)
        return brand / found if found else 0.0

    def ordinary(self, key: str) -> bool:
        """Tell whether the key is a word of the trade: frequent, and hardly ever a brand."""
        return bool(is_usual(_hash(key), self.arrays))

    def __eq__(self, other: object) -> bool:
        """Tell whether the counts are the same; what is usual follows from them."""
        if not isinstance(other, Background):
            return NotImplemented
        mine, theirs = self.arrays, other.arrays
        return (
            np.array_equal(mine.total, theirs.total)
            and np.array_equal(mine.keys, theirs.keys)
            and np.array_equal(mine.counts, theirs.counts)
        )

    def __hash__(self) -> int:
        return hash((self.lines, self.arrays.keys.tobytes(), self.arrays.counts.tobytes()))


def _hash(key: str) -> np.uint64:
    return np.uint64(hash_of(points_of(key), 0, len(key)))
