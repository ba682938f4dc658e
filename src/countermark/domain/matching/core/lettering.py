"""Lettering: how much a word looks like a name, and whether it reads as pinyin.

A name mistyped looks less like a name than the name does; an unrecorded brand looks as natural as a
recorded one. How likely letters follow one another was counted in public lists of names
(``names_table``). Many unrecorded brands are Chinese words in pinyin, which lie near others.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.chars import (
    ALPHA,
    LOWER,
    TITLE,
    UPPER,
    CharTables,
    facts_of,
)
from countermark.domain.matching.core.hashing import Points
from countermark.domain.matching.core.jit import lean
from countermark.domain.matching.names_table import costs
from countermark.domain.text.romanise import syllables

MOST_SYLLABLES: Final = 6
LONGEST_READ: Final = 24
"""Letters of the longest word that is read as pinyin."""

_LONGEST_SYLLABLE = 6
_NONE = 99
_A, _Z = ord("a"), ord("z")


class Lettering(NamedTuple):
    """Tables of letters.

    Attributes:
        costs: For each three letters in a row (0 is none, 1 to 26 the alphabet) how unlikely the
            third is after the others, in 1/16 of the natural logarithm.
        syllables: Pinyin syllables as numbers in base 27, in order.
    """

    costs: npt.NDArray[np.uint8]
    syllables: npt.NDArray[np.int64]


@cache
def lettering() -> Lettering:
    """Return the tables."""
    numbers = sorted(map(_number, syllables()))
    return Lettering(
        np.frombuffer(bytearray(costs()), np.uint8),
        np.array(numbers, np.int64),
    )


def _number(syllable: str) -> int:
    number = 0
    for letter in syllable:
        number = 27 * number + ord(letter) - _A + 1
    return number


@lean
def cost_of(points: Points, lo: int, hi: int, costs: npt.NDArray[np.uint8]) -> int:
    """Return how unlikely the Latin letters of a word are for a name; others are passed over."""
    one, two, total = np.int64(0), np.int64(0), np.int64(0)
    for at in range(lo, hi):
        if _A <= points[at] <= _Z:
            letter = np.int64(points[at]) - _A + 1
            total += np.int64(costs[(one * 27 + two) * 27 + letter])
            one, two = two, letter
    return total + np.int64(costs[(one * 27 + two) * 27])


@lean
def syllables_of(
    points: Points,
    lo: int,
    hi: int,
    syllables: npt.NDArray[np.int64],
    least: npt.NDArray[np.int64],
) -> int:
    """Return into how few pinyin syllables a word can be cut, 0 if not into six or fewer.

    Args:
        points: Holds the word, ``points[lo:hi]``.
        lo: Where it begins.
        hi: Where it ends.
        syllables: As ``Lettering`` has them.
        least: Room for the fewest syllables of each beginning of a word.
    """
    size = hi - lo
    if size > LONGEST_READ:
        return np.int64(0)
    least[0] = 0
    for end in range(1, size + 1):
        least[end] = _NONE
    for start in range(size):
        if least[start] >= MOST_SYLLABLES:
            continue
        number = np.int64(0)
        for at in range(start, min(size, start + _LONGEST_SYLLABLE)):
            if not _A <= points[lo + at] <= _Z:
                return np.int64(0)
            number = 27 * number + np.int64(points[lo + at]) - _A + 1
            if least[at + 1] > least[start] + 1 and _is_syllable(number, syllables):
                least[at + 1] = least[start] + 1
    return least[size] if least[size] <= MOST_SYLLABLES else np.int64(0)


@lean
def _is_syllable(number: int, syllables: npt.NDArray[np.int64]) -> bool:
    low, high = 0, syllables.size
    while low < high:
        middle = (low + high) // 2
        if syllables[middle] < number:
            low = middle + 1
        else:
            high = middle
    return low < syllables.size and syllables[low] == number


@lean
def signs_in(points: Points, lo: int, hi: int, chars: CharTables) -> int:
    """Return how many characters of a word are digits or signs."""
    signs = np.int64(0)
    for at in range(lo, hi):
        signs += not facts_of(np.int64(points[at]), chars) & ALPHA
    return signs


@lean
def case_of(points: Points, start: int, end: int, words: int, chars: CharTables) -> int:
    """Return how words are written: without case, in capitals, small, one capital a word, mixed."""
    capitals, small = np.int64(0), np.int64(0)
    for at in range(start, end):
        case = facts_of(np.int64(points[at]), chars) & (UPPER | LOWER | TITLE)
        capitals += case == UPPER
        small += case == LOWER
    if not capitals:
        return np.int64(2 if small else 0)
    if not small:
        return np.int64(1)
    return np.int64(3 if capitals == words else 4)
