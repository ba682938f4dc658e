"""Counting: the usage of words in a stream of lines that nobody has labelled."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.buffers import (
    HAN_WINDOW,
    KEY,
    KEY_END,
    SIZES,
    SIZES_END,
    STRONG,
    Ints,
    Needs,
    TextBuffer,
    needs_of,
    new_text,
)
from countermark.domain.matching.core.chars import CharTables, char_tables
from countermark.domain.matching.core.columns import BRAND, DESCRIPTION, LineColumns
from countermark.domain.matching.core.hashing import Hashes, chained, mixed, polynomial_of
from countermark.domain.matching.core.jit import compiled, int64, lean
from countermark.domain.matching.core.places import names_no_brand
from countermark.domain.matching.core.text import folded_size, read_text
from countermark.domain.matching.core.usage import Usage, slot_of, usage_of
from countermark.domain.matching.core.windows import find_windows, more

MOST_WORDS: Final = 3
"""What is counted: windows of so many words, in so many letters, or of so many Han characters.

And every window where a brand is named: a long name that many lines bear in the very same spelling
is a brand of its own and no slip of the pen.
"""
LONGEST_COUNTED: Final = 24
MOST_HAN: Final = 5

_STRONG_BIT = int64(1)


class Counts(NamedTuple):
    """Counts that grow.

    Attributes:
        keys: Hashes of keys by their lowest bits and then upwards, 0 where there is none.
        counts: For each of them, in how many lines it occurs, in how many as a brand.
        last: For each of them, the last line that it was met in, doubled, and one more if it
            stood there as a brand.
        total: Lines, and keys.
    """

    keys: Hashes
    counts: npt.NDArray[np.int32]
    last: npt.NDArray[np.int64]
    total: npt.NDArray[np.int64]


def new_counts() -> Counts:
    """Return counts of nothing yet."""
    size = 1 << 16
    return Counts(
        np.zeros(size, dtype=np.uint64),
        np.zeros((size, 2), dtype=np.int32),
        np.zeros(size, dtype=np.int64),
        np.zeros(2, dtype=np.int64),
    )


def counted(columns: LineColumns, counts: Counts) -> Counts:
    """Return counts with those of more lines; the ones given are used up."""
    chars, needs = char_tables(), needs_of()
    text = new_text(_room(columns, chars), needs)
    return _count(columns, chars, needs, text, counts)


def usage_of_counts(counts: Counts) -> Usage:
    """Return what was counted."""
    kept = counts.keys != 0
    return usage_of(counts.keys[kept], counts.counts[kept], int(counts.total[0]))


@lean
def _room(columns: LineColumns, chars: CharTables) -> int:
    room = int64(1)
    for line in range(len(columns.starts)):
        for field in (DESCRIPTION, BRAND):
            start, end = columns.starts[line, field], columns.ends[line, field]
            room = max(room, folded_size(columns.points, start, end, chars))
    return room


@lean
def own_key(columns: LineColumns, line: int) -> np.uint64:
    """Return the hash of a line's own text: description, line break, brand.

    It is counted like a word, so that a line can tell whether it is among those that were counted
    and may count the others only. No word has a line break in it.
    """
    start, end = columns.starts[line, DESCRIPTION], columns.ends[line, DESCRIPTION]
    value = chained(polynomial_of(columns.points, start, end), np.uint64(ord("\n") + 1), 1)
    start, end = columns.starts[line, BRAND], columns.ends[line, BRAND]
    return mixed(chained(value, polynomial_of(columns.points, start, end), end - start))


@compiled
def _count(
    columns: LineColumns, chars: CharTables, needs: Needs, text: TextBuffer, counts: Counts
) -> Counts:
    for line in range(len(columns.starts)):
        counts.total[0] += 1
        if 3 * (counts.total[1] + 1) > 2 * len(counts.keys):
            counts = _doubled(counts)
        _add(own_key(columns, line), int64(0), counts)
        for field in (DESCRIPTION, BRAND):
            start, end = columns.starts[line, field], columns.ends[line, field]
            read_text(columns.points, start, end, field == BRAND, chars, text)
            if field == BRAND and names_no_brand(text):
                continue
            while True:
                counts = _with_windows(text, find_windows(text, needs), counts)
                if not more(text):
                    break
    return counts


@compiled
def _with_windows(text: TextBuffer, windows: int, counts: Counts) -> Counts:
    if 3 * (counts.total[1] + windows) > 2 * len(counts.keys):
        counts = _doubled(counts)
    for at in range(windows):
        if is_counted(text.rows[at]):
            _add(text.hashes[at], text.rows[at, STRONG], counts)
    return counts


@lean
def is_counted(window: Ints) -> bool:
    """Tell whether a window, a row of ``TextBuffer.rows``, is one whose usage is counted."""
    if window[STRONG]:
        return True
    words = window[SIZES_END] - window[SIZES]
    letters = window[KEY_END] - window[KEY]
    if window[HAN_WINDOW]:
        return bool(words == 1 and letters <= MOST_HAN)
    return bool(words <= MOST_WORDS and letters <= LONGEST_COUNTED)


@lean
def _add(key: np.uint64, strong: int, counts: Counts) -> None:
    """Count a key once for each line, and once as a brand."""
    slot = slot_of(key, counts.keys)
    if not counts.keys[slot]:
        counts.keys[slot] = key
        counts.total[1] += 1
    line = counts.total[0] << 1
    if counts.last[slot] & ~_STRONG_BIT != line:
        counts.counts[slot, 0] += 1
        counts.last[slot] = line
    if strong and not counts.last[slot] & _STRONG_BIT:
        counts.counts[slot, 1] += 1
        counts.last[slot] |= _STRONG_BIT


@compiled
def _doubled(counts: Counts) -> Counts:
    size = 2 * len(counts.keys)
    grown = Counts(
        np.zeros(size, dtype=np.uint64),
        np.zeros((size, 2), dtype=np.int32),
        np.zeros(size, dtype=np.int64),
        counts.total,
    )
    for at in range(len(counts.keys)):
        if counts.keys[at]:
            slot = slot_of(counts.keys[at], grown.keys)
            grown.keys[slot] = counts.keys[at]
            grown.counts[slot, 0] = counts.counts[at, 0]
            grown.counts[slot, 1] = counts.counts[at, 1]
            grown.last[slot] = counts.last[at]
    return grown
