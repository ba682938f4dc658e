"""How Chinese names sound, in the core: syllables as numbers, readings as short lists of them."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.hashing import Points
from countermark.domain.matching.core.jit import compiled, int64, lean
from countermark.domain.text.romanise import MOST_READINGS, cantonese, mandarin, readable

MANDARIN: Final = 0
CANTONESE: Final = 1
SHORTEST_ROMAN: Final = 5
"""Letters of the shortest romanised name that is indexed."""

_TRIED = 4 * MOST_READINGS
_UNKNOWN = -1


class Tongue(NamedTuple):
    """The syllables of characters in one language.

    Attributes:
        rows: For every code point one more than its row, 0 where no reading is known.
        starts: Where the syllables of a row begin in ``syllables``, and where the last ends.
        syllables: Numbers of syllables, for each character the most usual first.
        letters: The letters of all syllables, one after the other.
        spelt: Where the letters of a syllable begin, and where the last ends.
    """

    rows: npt.NDArray[np.uint16]
    starts: npt.NDArray[np.int32]
    syllables: npt.NDArray[np.uint16]
    letters: npt.NDArray[np.uint32]
    spelt: npt.NDArray[np.int32]


class Tongues(NamedTuple):
    """Both languages in which Chinese names are read."""

    mandarin: Tongue
    cantonese: Tongue


@cache
def tongues() -> Tongues:
    """Return the syllables of all characters in both languages."""
    known = readable()
    return Tongues(
        _tongue([(ord(c), mandarin(c)) for c in known]),
        _tongue([(ord(c), cantonese(c)) for c in known]),
    )


def _tongue(found: list[tuple[int, tuple[str, ...]]]) -> Tongue:
    found = [(point, syllables) for point, syllables in found if syllables]
    names = sorted({name for _, syllables in found for name in syllables})
    numbers = {name: number for number, name in enumerate(names)}
    rows = np.zeros(max(point for point, _ in found) + 1, dtype=np.uint16)
    rows[[point for point, _ in found]] = np.arange(1, len(found) + 1)
    return Tongue(
        rows,
        _starts([len(syllables) for _, syllables in found]),
        np.array([numbers[name] for _, names in found for name in names], dtype=np.uint16),
        np.array([ord(letter) for name in names for letter in name], dtype=np.uint32),
        _starts([len(name) for name in names]),
    )


def _starts(sizes: list[int]) -> npt.NDArray[np.int32]:
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)


@lean
def usual_syllable(point: np.uint32, tongue: Tongue) -> int:
    """Return the number of the most usual syllable of a character, -1 where none is known."""
    if point >= len(tongue.rows) or tongue.rows[point] == 0:
        return _UNKNOWN
    return int64(tongue.syllables[tongue.starts[tongue.rows[point] - 1]])


@compiled
def readings_of(points: Points, lo: int, hi: int, tongue: Tongue) -> npt.NDArray[np.uint16]:
    """Return the likely readings of a name, one a row, one syllable a character.

    Of the first combinations, the last character varying fastest, those of the more usual
    syllables come first; there are none where a character has no known reading.
    """
    size = hi - lo
    total = 1
    for at in range(lo, hi):
        if usual_syllable(points[at], tongue) < 0:
            return np.empty((0, size), dtype=np.uint16)
        row = int64(tongue.rows[points[at]])
        total = min(total * (tongue.starts[row] - tongue.starts[row - 1]), _TRIED)
    ranks = np.zeros((total, size), dtype=np.int64)
    for number in range(1, total):
        _next_ranks(points, lo, tongue, ranks[number - 1], ranks[number])
    chosen = np.empty((min(total, MOST_READINGS), size), dtype=np.uint16)
    kept = 0
    for unusual in range(_most(ranks) + 1):
        for number in range(total):
            if kept < len(chosen) and _total(ranks, number) == unusual:
                for at in range(size):
                    row = int64(tongue.rows[points[lo + at]])
                    place = tongue.starts[row - 1] + ranks[number, at]
                    chosen[kept, at] = tongue.syllables[place]
                kept += 1
    return chosen


@lean
def _next_ranks(
    points: Points,
    lo: int,
    tongue: Tongue,
    before: npt.NDArray[np.int64],
    after: npt.NDArray[np.int64],
) -> None:
    """Count one up: the last character takes its next syllable, or its first and so on."""
    for at in range(len(before)):
        after[at] = before[at]
    for at in range(len(before) - 1, -1, -1):
        row = int64(tongue.rows[points[lo + at]])
        if after[at] + 1 < tongue.starts[row] - tongue.starts[row - 1]:
            after[at] += 1
            return
        after[at] = 0


@lean
def _total(ranks: npt.NDArray[np.int64], number: int) -> int:
    total = 0
    for at in range(ranks.shape[1]):
        total += ranks[number, at]
    return total


@lean
def _most(ranks: npt.NDArray[np.int64]) -> int:
    most = 0
    for number in range(len(ranks)):
        most = max(most, _total(ranks, number))
    return most


@lean
def spell(syllables: npt.NDArray[np.uint16], lo: int, hi: int, tongue: Tongue, out: Points) -> int:
    """Write a reading in letters, as far as ``out`` has room; return its full length."""
    size = 0
    for at in range(lo, hi):
        syllable = int64(syllables[at])
        for letter in range(tongue.spelt[syllable], tongue.spelt[syllable + 1]):
            if size < len(out):
                out[size] = tongue.letters[letter]
            size += 1
    return size
