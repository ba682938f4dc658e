"""Buffers: where a field of a line is folded, cut and read in windows; made once for all lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.hashing import Hashes, Points
from countermark.domain.matching.core.jit import lean

Counts = npt.NDArray[np.int64]
Facts = npt.NDArray[np.uint16]
Ints = npt.NDArray[np.int32]

SIZE: Final = 0
"""Places in ``TextBuffer.head``. Characters of the folded text, where its letters begin too."""
TOKENS: Final = 1
ORIGINAL: Final = 2
"""Characters of the field as written."""
UPPERS: Final = 3
"""Capitals as written; then small letters, and letters that break title case."""
LOWERS: Final = 4
UNTITLED: Final = 5
SIGNS: Final = 6
"""Whether any sign may be a letter."""
BRAND_FIELD: Final = 7
STAGE: Final = 8
"""How far ``windows.find_windows`` has come: its stage, and the place and need it is at."""
AT: Final = 9
NEED: Final = 10
PIECES: Final = 11
"""End of what is used of ``TextBuffer.pieces``."""
HEAD: Final = 12

START: Final = 0
"""Columns of ``TextBuffer.tokens``: the token is ``points[start:end]``, or again, among the
letters, ``points[letters : letters + end - start]``; ``reads_on`` to the next token or not."""
END: Final = 1
IS_HAN: Final = 2
LETTERS: Final = 3
READS_ON: Final = 4
USUAL: Final = 5
"""Whether the token is a word of the trade or a number: 1 no, 2 yes, 0 nobody has looked."""

WINDOW_START: Final = 0
"""Columns of ``TextBuffer.rows``: the window is the folded text ``start:end``, its key is
``points[key:key_end]``, the sizes of its words are ``pieces[sizes:sizes_end]``; then whether it is
of Han characters, and whether it stands where a brand is named."""
WINDOW_END: Final = 1
KEY: Final = 2
KEY_END: Final = 3
SIZES: Final = 4
SIZES_END: Final = 5
HAN_WINDOW: Final = 6
STRONG: Final = 7

MOST_WORDS: Final = 5
MOST_LETTERS: Final = 16
"""Longest run of single letters read as one word."""
MOST_HAN: Final = 8
MOST_SIGNS: Final = 2
"""Signs before and after a word that may be letters of it."""

_PORTION = 256
"""Windows of one call, at least; a common line has fewer."""
MOST_AT_A_PLACE: Final = MOST_WORDS * (1 + (MOST_SIGNS + 1) ** 2) + MOST_LETTERS
"""Windows that start at one word, at most; fewer start at a Han character."""


class TextBuffer(NamedTuple):
    """One field of a line: its folded text, its tokens, and a portion of its windows.

    Attributes:
        head: Counts, see ``SIZE`` and the following.
        points: The folded text, then the letters of all tokens.
        facts: Facts of the folded text's characters, see ``chars``.
        starts: Index in the field of the character that each folded one came from.
        tokens: See ``START`` and the following.
        spots: Index in the folded text of each letter.
        pieces: Sizes of the tokens, then pieces of windows.
        prefix: Polynomials of the letters, see ``hashing``.
        introduced: Whether a brand word stands before a position where a window may start.
        followed: Whether one stands after a position where a window may end.
        rows: Windows, see ``windows``.
        hashes: Hashes of their keys.
        exact_only: Whether they are ordinary words, see ``usage``.
    """

    head: Counts
    points: Points
    facts: Facts
    starts: Ints
    tokens: Ints
    spots: Ints
    pieces: Ints
    prefix: Hashes
    introduced: npt.NDArray[np.uint8]
    followed: npt.NDArray[np.uint8]
    rows: Ints
    hashes: Hashes
    exact_only: npt.NDArray[np.uint8]


class Needs(NamedTuple):
    """Windows beyond the ordinary without which some mark of a register could not be found.

    Attributes:
        pieces: Word lengths of marks of more than five words, or with unusual gaps: those of need
            ``n`` are ``pieces[offsets[n]:offsets[n + 1]]``.
        masks: Bits of the neighbouring lengths in a need; a line must have all of them.
        han_lengths: Lengths of Chinese names of more than eight characters, ascending.
    """

    pieces: Ints
    offsets: Ints
    masks: Hashes
    han_lengths: Ints


def needs_of(pieces: Iterable[Iterable[int]] = (), han_lengths: Iterable[int] = ()) -> Needs:
    """Return needs as arrays.

    Args:
        pieces: Word lengths of marks, in the order in which their windows are wanted.
        han_lengths: Lengths of Chinese names.
    """
    rows = [list(row) for row in pieces]
    sizes = np.array([size for row in rows for size in row], dtype=np.int32)
    offsets = np.cumsum([0, *map(len, rows)], dtype=np.int32)
    masks = np.zeros(len(rows), dtype=np.uint64)
    for need in range(len(rows)):
        masks[need] = pairs_of(sizes, offsets[need], offsets[need + 1])
    return Needs(sizes, offsets, masks, np.array(sorted(han_lengths), dtype=np.int32))


def new_text(room: int, needs: Needs) -> TextBuffer:
    """Return buffers for texts that fold to at most ``room`` characters."""
    longer = needs.han_lengths
    capacity = _PORTION + MOST_AT_A_PLACE + len(longer)
    pieces = 4 * capacity + 2 * int(longer.max(initial=MOST_HAN))
    return TextBuffer(
        head=np.zeros(HEAD, dtype=np.int64),
        points=np.zeros(2 * room + 1, dtype=np.uint32),
        facts=np.zeros(room + 1, dtype=np.uint16),
        starts=np.zeros(room + 1, dtype=np.int32),
        tokens=np.zeros((room + 1, 6), dtype=np.int32),
        spots=np.zeros(room + 1, dtype=np.int32),
        pieces=np.zeros(room + 1 + pieces, dtype=np.int32),
        prefix=np.zeros(room + 1, dtype=np.uint64),
        introduced=np.zeros(room + 1, dtype=np.uint8),
        followed=np.zeros(room + 1, dtype=np.uint8),
        rows=np.zeros((capacity, 8), dtype=np.int32),
        hashes=np.zeros(capacity, dtype=np.uint64),
        exact_only=np.zeros(capacity, dtype=np.uint8),
    )


@lean
def pairs_of(sizes: Ints, lo: int, hi: int) -> np.uint64:
    """Return a bit for each two neighbouring sizes in ``sizes[lo:hi]``."""
    bits = np.uint64(0)
    for at in range(lo, hi - 1):
        pair = (np.int64(sizes[at]) * 37 + np.int64(sizes[at + 1]) * 11) & 63
        bits |= np.uint64(1) << np.uint64(pair)
    return bits
