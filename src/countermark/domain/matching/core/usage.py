"""Usage: in how many lines of a stream a key occurs, and in how many it stands as a brand.

Keys are counted under their hashes (see ``counting``). A second table, small enough to stay close
to the processor, holds the keys that are words of the trade.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.buffers import (
    END,
    HAN_WINDOW,
    LETTERS,
    SIZE,
    SIZES,
    SIZES_END,
    START,
    STRONG,
    USUAL,
    Facts,
    TextBuffer,
)
from countermark.domain.matching.core.chars import DIGIT
from countermark.domain.matching.core.hashing import Hashes
from countermark.domain.matching.core.jit import int64, lean
from countermark.domain.matching.core.text import hash_of_letters

ORDINARY_LINES: Final = 8
"""A word of the trade occurs in so many lines."""
ORDINARY_SHARE: Final = 1 / 20
"""A smaller share of its occurrences are in a brand's place."""

_USUAL, _NOT_USUAL = 2, 1


class Usage(NamedTuple):
    """Counts of keys over the lines of a stream.

    Attributes:
        keys: Hashes of keys by their lowest bits and then upwards, 0 where there is none.
        counts: For each of them, in how many lines it occurs, in how many as a brand.
        usual: Hashes of the words of the trade, in the same manner.
        total: How many lines were counted.
    """

    keys: Hashes
    counts: npt.NDArray[np.int32]
    usual: Hashes
    total: npt.NDArray[np.int64]


def usage_of(keys: Hashes, counts: npt.NDArray[np.int32], lines: int) -> Usage:
    """Return counts as tables; the same ones in whatever order they come.

    Args:
        keys: Hashes of distinct keys.
        counts: For each of them, in how many lines it occurs, in how many as a brand.
        lines: How many lines were counted.
    """
    order = np.argsort(keys)
    keys, counts = keys[order], counts[order]
    usual = keys[(counts[:, 0] >= ORDINARY_LINES) & (counts[:, 1] < ORDINARY_SHARE * counts[:, 0])]
    usage = Usage(
        np.zeros(_room(len(keys)), dtype=np.uint64),
        np.zeros((_room(len(keys)), 2), dtype=np.int32),
        np.zeros(_room(len(usual)), dtype=np.uint64),
        np.array([lines], dtype=np.int64),
    )
    _fill(keys, counts, usual, usage)
    return usage


def _room(count: int) -> int:
    """Return the size of a table of ``count`` keys: a power of two, at most two thirds full."""
    return 1 << max(3, (count + count // 2).bit_length())


@lean
def _fill(keys: Hashes, counts: npt.NDArray[np.int32], usual: Hashes, usage: Usage) -> None:
    for at in range(len(keys)):
        slot = slot_of(keys[at], usage.keys)
        usage.keys[slot] = keys[at]
        usage.counts[slot, 0] = counts[at, 0]
        usage.counts[slot, 1] = counts[at, 1]
    for key in usual:
        usage.usual[slot_of(key, usage.usual)] = key


@lean
def slot_of(key: np.uint64, keys: Hashes) -> int:
    """Return where a table holds a key, or the empty place where it would."""
    mask = len(keys) - 1
    slot = int64(key & np.uint64(mask))
    while keys[slot] and keys[slot] != key:
        slot = (slot + 1) & mask
    return slot


@lean
def occurs(key: np.uint64, usage: Usage) -> int:
    """Return in how many lines the key with this hash occurs."""
    slot = slot_of(key, usage.keys)
    return int64(usage.counts[slot, 0]) if usage.keys[slot] else int64(0)


@lean
def as_brand(key: np.uint64, usage: Usage) -> int:
    """Return in how many lines the key with this hash stands where a brand is named."""
    slot = slot_of(key, usage.keys)
    return int64(usage.counts[slot, 1]) if usage.keys[slot] else int64(0)


@lean
def occurs_per_10_000(key: np.uint64, usage: Usage) -> float:
    """Return in how many of 10,000 lines a key occurs."""
    lines = usage.total[0]
    return 10_000 * occurs(key, usage) / lines if lines else 0.0


@lean
def brandness(key: np.uint64, usage: Usage) -> float:
    """Return the share of a key's occurrences where a brand is named, 0 if it never occurs."""
    slot = slot_of(key, usage.keys)
    return usage.counts[slot, 1] / usage.counts[slot, 0] if usage.keys[slot] else 0.0


@lean
def is_usual(key: np.uint64, usage: Usage) -> bool:
    """Tell whether a key is a word of the trade: frequent, and hardly ever a brand."""
    return _holds(usage.usual, key)


@lean
def mark_exact_only(text: TextBuffer, count: int, usage: Usage) -> None:
    """Set ``text.exact_only`` for the first ``count`` windows.

    They are words of the trade, or made of such words and of numbers, and stand where no brand is
    named.
    """
    for at in range(count):
        text.exact_only[at] = not text.rows[at, STRONG] and _usual_window(text, at, usage.usual)


@lean
def _usual_window(text: TextBuffer, at: int, usual: Hashes) -> bool:
    first, end = int64(text.rows[at, SIZES]), int64(text.rows[at, SIZES_END])
    if end - first > 1 and not text.rows[at, HAN_WINDOW]:
        # Sizes of several words are those of tokens, so that they tell which tokens they are.
        for token in range(first, end):
            if text.pieces[token] == 1 or not _usual_token(text, token, usual):
                return _holds(usual, text.hashes[at])
        return True
    return _holds(usual, text.hashes[at])


@lean
def _usual_token(text: TextBuffer, token: int, usual: Hashes) -> bool:
    """Tell whether a token is a word of the trade or a number; each is looked at once."""
    if not text.tokens[token, USUAL]:
        first = int64(text.tokens[token, LETTERS])
        end = first + int64(text.pieces[token])
        key = hash_of_letters(text.points, text.prefix, text.head[SIZE], first, end)
        span = text.tokens[token, START], text.tokens[token, END]
        known = _holds(usual, key) or _is_number(text.facts, span[0], span[1])
        text.tokens[token, USUAL] = _USUAL if known else _NOT_USUAL
    return bool(text.tokens[token, USUAL] == _USUAL)


@lean
def _is_number(facts: Facts, lo: int, hi: int) -> bool:
    for at in range(lo, hi):
        if not facts[at] & DIGIT:
            return False
    return True


@lean
def _holds(keys: Hashes, key: np.uint64) -> bool:
    return bool(keys[slot_of(key, keys)])
