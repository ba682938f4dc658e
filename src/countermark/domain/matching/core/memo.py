"""The memo of the core: what was found for words that were asked for before, within bounds.

A place holds one question, by its letters and not only by their hash. A new question goes to the
first of the two places that its hash names and moves the one that was there to the second, so
that a full memo forgets a little at a time. Answers are in a ring; a question whose answer has
been overwritten is forgotten. Nothing found depends on the memo.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.hashing import Points, hash_of
from countermark.domain.matching.core.jit import int64, lean, woven
from countermark.domain.matching.core.work import Query

LONGEST_KEY: Final = 24
SHORTEST_KEY: Final = 4
MOST_PIECES: Final = 3
MOST_MATCHES: Final = 256
"""Matches of the longest answer that is remembered."""
_MOST_POINT = 0xFFFF
_SIZE_SHIFT, _STRONG_SHIFT = 24, 32


class Memo(NamedTuple):
    """Questions and their answers.

    Attributes:
        letters: The letters of the question at each place, in 16 bits.
        shapes: Where its words end, how long it is and whether it is strong; 0 for none.
        answers: Where its answer begins in the ring, counted from the first ever written.
        counts: Matches in the answer.
        ring: Matches.
        written: How many matches have ever been written, in one place.
    """

    letters: npt.NDArray[np.uint16]
    shapes: npt.NDArray[np.int64]
    answers: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int32]
    ring: npt.NDArray[np.int32]
    written: npt.NDArray[np.int64]


def new_memo(places: int = 1 << 16) -> Memo:
    """Return an empty memo; ``places`` is a power of two, and 68 bytes each."""
    return Memo(
        letters=np.zeros((places, LONGEST_KEY), dtype=np.uint16),
        shapes=np.zeros(places, dtype=np.int64),
        answers=np.zeros(places, dtype=np.int64),
        counts=np.zeros(places, dtype=np.int32),
        ring=np.zeros((max(2 * places, MOST_MATCHES), 4), dtype=np.int32),
        written=np.zeros(1, dtype=np.int64),
    )


@woven
def rememberable(points: Points, lo: int, hi: int, pieces: int) -> bool:
    """Tell whether a window is worth remembering: not the very short, the long, the exotic."""
    if hi - lo < SHORTEST_KEY or hi - lo > LONGEST_KEY or pieces > MOST_PIECES:
        return False
    for at in range(lo, hi):
        if points[at] > _MOST_POINT:
            return False
    return True


@woven
def _shape(query: Query, pieces: npt.NDArray[np.int32], first: int) -> int:
    shape = (query.hi - query.lo) << _SIZE_SHIFT
    if query.strong:
        shape |= 1 << _STRONG_SHIFT
    end = 0
    for piece in range(query.pieces - 1):
        end += pieces[first + piece]
        shape |= 1 << (end - 1)
    return shape


@woven
def _is_at(memo: Memo, place: int, shape: int, query: Query) -> bool:
    if memo.shapes[place] != shape:
        return False
    for at in range(query.hi - query.lo):
        if memo.letters[place, at] != query.points[query.lo + at]:
            return False
    return bool(memo.answers[place] + len(memo.ring) >= memo.written[0])


@woven
def _copy_row(
    source: npt.NDArray[np.int32], row: int, target: npt.NDArray[np.int32], at: int
) -> None:
    for column in range(4):
        target[at, column] = source[row, column]


@woven
def recall(
    memo: Memo,
    query: Query,
    pieces: npt.NDArray[np.int32],
    first: int,
    out: npt.NDArray[np.int32],
) -> tuple[int, int]:
    """Return the first place for a question and how many matches were written into ``out``.

    The number is -1 where the question is not remembered.
    """
    shape = _shape(query, pieces, first)
    place = int64(hash_of(query.points, query.lo, query.hi) >> np.uint64(16))
    place = (place ^ (shape >> _STRONG_SHIFT)) & (len(memo.shapes) - 1)
    for other in range(2):
        if _is_at(memo, place ^ other, shape, query):
            start = memo.answers[place ^ other]
            for row in range(memo.counts[place ^ other]):
                _copy_row(memo.ring, (start + row) & (len(memo.ring) - 1), out, row)
            return place, int64(memo.counts[place ^ other])
    return place, -1


@lean
def remember(
    memo: Memo,
    place: int,
    query: Query,
    pieces: npt.NDArray[np.int32],
    first: int,
    out: npt.NDArray[np.int32],
    count: int,
) -> None:
    """Keep the first ``count`` rows of ``out`` as the answer to a question, at its first place."""
    if count > MOST_MATCHES:
        return
    second = place ^ 1
    for at in range(LONGEST_KEY):
        memo.letters[second, at] = memo.letters[place, at]
    memo.shapes[second] = memo.shapes[place]
    memo.answers[second] = memo.answers[place]
    memo.counts[second] = memo.counts[place]
    for at in range(query.hi - query.lo):
        memo.letters[place, at] = query.points[query.lo + at]
    memo.shapes[place] = _shape(query, pieces, first)
    memo.answers[place] = memo.written[0]
    memo.counts[place] = count
    for row in range(count):
        _copy_row(out, row, memo.ring, (memo.written[0] + row) & (len(memo.ring) - 1))
    memo.written[0] += count
