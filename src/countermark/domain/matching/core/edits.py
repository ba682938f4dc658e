"""Distance between two words in the core: optimal string alignment, and which letters they have."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.hashing import LONGEST, Points
from countermark.domain.matching.core.jit import int64, lean

Rows = npt.NDArray[np.int64]

ROWS: Final = (3, LONGEST + 2)
"""Shape of the rows that ``distance`` works in."""

_LETTERS = 26
_A = ord("a")
_BITS = 32
_ONCE = np.uint64(0xFFFF_FFFF)
_BRIEF = np.uint64(0xFFFF)
_ONES = np.uint64(0x5555_5555_5555_5555)
_PAIRS = np.uint64(0x3333_3333_3333_3333)
_FOURS = np.uint64(0x0F0F_0F0F_0F0F_0F0F)
_BYTES = np.uint64(0x0101_0101_0101_0101)


@lean
def signature(points: Points, lo: int, hi: int) -> np.uint64:
    """Return which letters a word has once, and which twice or more: 32 classes, two bits each.

    One edit changes at most two of the bits, so words whose signatures differ in more than twice
    as many bits as there may be edits are not compared.
    """
    seen = np.uint64(0)
    again = np.uint64(0)
    for at in range(lo, hi):
        point = int64(points[at])
        letter = point - _A
        if letter < 0 or letter >= _LETTERS:
            letter = _LETTERS + point % (_BITS - _LETTERS)
        bit = np.uint64(1) << np.uint64(letter)
        again |= seen & bit
        seen |= bit
    return seen | (again << np.uint64(_BITS))


@lean
def brief(letters: np.uint64) -> int:
    """Return a signature in 16 bits: which of 16 classes of letters a word has.

    One edit changes at most two of these bits as well.
    """
    once = letters & _ONCE
    return int64((once | (once >> np.uint64(16))) & _BRIEF)


@lean
def bits_in(value: np.uint64) -> int:
    """Return how many bits of a number are set."""
    value = value - ((value >> np.uint64(1)) & _ONES)
    value = (value & _PAIRS) + ((value >> np.uint64(2)) & _PAIRS)
    value = (value + (value >> np.uint64(4))) & _FOURS
    return int64((value * _BYTES) >> np.uint64(56))


@lean
def distance(
    left: Points, lo: int, hi: int, right: Points, first: int, end: int, limit: int, rows: Rows
) -> int:
    """Return the optimal string alignment distance of two words, or ``limit + 1`` if larger.

    Args:
        left: Points of which ``lo:hi`` is one word.
        lo: Start of the one word.
        hi: End of the one word, at most ``LONGEST`` after its start.
        right: Points of which ``first:end`` is the other word.
        first: Start of the other word.
        end: End of the other word, at most ``LONGEST`` after its start.
        limit: Most edits of interest.
        rows: Working room of shape ``ROWS``.
    """
    while lo < hi and first < end and left[lo] == right[first]:
        lo += 1
        first += 1
    while lo < hi and first < end and left[hi - 1] == right[end - 1]:
        hi -= 1
        end -= 1
    height = hi - lo
    width = end - first
    if abs(height - width) > limit:
        return limit + 1
    if height == 0 or width == 0:
        return max(height, width)
    for column in range(min(width, limit + 1) + 1):
        rows[0, column] = column
    before = 0
    for row in range(1, height + 1):
        least = _fill(left, lo, right, first, row, width, limit, rows)
        if least > limit and before > limit:
            return limit + 1
        before = least
    return min(int64(rows[height % 3, width]), limit + 1)


@lean
def _fill(
    left: Points,
    lo: int,
    right: Points,
    first: int,
    row: int,
    width: int,
    limit: int,
    rows: Rows,
) -> int:
    """Fill one row of the table of distances and return its least value.

    Only places at most ``limit`` from the diagonal are filled, and one beyond: all others are
    farther than the limit.
    """
    this, above, higher = row % 3, (row - 1) % 3, (row - 2) % 3
    letter = left[lo + row - 1]
    start, end = max(1, row - limit), min(width, row + limit)
    rows[this, start - 1] = row if start == 1 else limit + 1
    least = int64(rows[this, start - 1])
    for column in range(start, end + 1):
        cost = 0 if letter == right[first + column - 1] else 1
        value = min(
            rows[above, column - 1] + cost, rows[above, column] + 1, rows[this, column - 1] + 1
        )
        if (
            row > 1
            and column > 1
            and letter == right[first + column - 2]
            and left[lo + row - 2] == right[first + column - 1]
        ):
            value = min(value, rows[higher, column - 2] + 1)
        rows[this, column] = value
        least = min(least, int64(value))
    if end < width:
        rows[this, end + 1] = limit + 1
    return least
