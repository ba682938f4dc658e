"""Ordinary English words: a recorded name that is also one is met without being meant.

The rules of regular forms are those of ``domain.text.words``, over a table of hashes.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

import numpy as np

from countermark.domain.matching.core.buffers import Ints
from countermark.domain.matching.core.chars import DIGIT, CharTables, facts_of, points_of
from countermark.domain.matching.core.hashing import Points, chained, hash_of, mixed, polynomial_of
from countermark.domain.matching.core.jit import int64, lean
from countermark.domain.text.word_table import WORDS
from countermark.domain.text.words import SHORTEST

_D, _E, _G, _I, _L, _N, _S, _Y = map(ord, "degilnsy")


class WordTable(NamedTuple):
    """Words under their hashes.

    Attributes:
        slots: For each hash, by its lowest bits and then upwards, a word's number plus one, or 0.
        starts: Where each word begins in ``letters``, and where the last one ends.
        letters: The words one after the other.
    """

    slots: Ints
    starts: Ints
    letters: Points


@cache
def word_table() -> WordTable:
    """Return the table of ordinary English words."""
    words = sorted(set(WORDS.split()))
    starts = np.cumsum([0, *map(len, words)], dtype=np.int32)
    slots = np.zeros(4 << len(words).bit_length(), dtype=np.int32)
    table = WordTable(slots, starts, points_of("".join(words)))
    _fill(table)
    return table


_LONGEST: Final = max(map(len, WORDS.split()))


@lean
def _fill(words: WordTable) -> None:
    mask = len(words.slots) - 1
    for word in range(len(words.starts) - 1):
        key = hash_of(words.letters, words.starts[word], words.starts[word + 1])
        slot = int64(key & np.uint64(mask))
        while words.slots[slot]:
            slot = (slot + 1) & mask
        words.slots[slot] = word + 1


@lean
def ordinary_words(
    points: Points,
    key: int,
    key_end: int,
    sizes: Ints,
    lo: int,
    hi: int,
    chars: CharTables,
    words: WordTable,
) -> bool:
    """Tell whether all words of a key are ordinary English words or numbers.

    Args:
        points: Holds the key, ``points[key:key_end]``.
        key: Where the key begins.
        key_end: Where the key ends.
        sizes: Holds the lengths of its words, ``sizes[lo:hi]``.
        lo: The first of them.
        hi: The end of them.
        chars: Facts of characters.
        words: The table of words.
    """
    at = int64(key)
    for word in range(lo, hi):
        end = at + int64(sizes[word])
        if not (is_number(points, at, end, chars) or is_ordinary(points, at, end, words)):
            return False
        at = end
    return True


@lean
def is_number(points: Points, lo: int, hi: int, chars: CharTables) -> bool:
    """Tell whether a word is of digits alone."""
    for at in range(lo, hi):
        if not facts_of(int64(points[at]), chars) & DIGIT:
            return False
    return hi > lo


@lean
def is_ordinary(points: Points, lo: int, hi: int, words: WordTable) -> bool:
    """Tell whether a folded word is an ordinary English word or a regular form of one."""
    if hi - lo > _LONGEST + 4 or hi == lo:
        return False
    return _listed(points, lo, hi, 0, words) or (
        hi - lo > SHORTEST and _regular_form(points, lo, hi, words)
    )


@lean
def _regular_form(points: Points, lo: int, hi: int, words: WordTable) -> bool:
    """Tell whether a word of four letters or more is a listed one with an ending."""
    last, before = points[hi - 1], points[hi - 2]
    if last in (_S, _D) and _listed(points, lo, hi - 1, 0, words):
        return True
    if before == _E and last in (_S, _D):
        doubled = last == _D and _of_doubled(points, lo, hi - 2, words)
        return doubled or _of_vowel_ending(points, lo, hi - 2, words)
    if before == _L and last == _Y:
        return _stem(points, lo, hi - 2, 0, words)
    if points[hi - 3] != _I or before != _N or last != _G:
        return False
    stem = hi - 3
    whole = _stem(points, lo, stem, 0, words) or _stem(points, lo, stem, _E, words)
    return whole or _of_doubled(points, lo, stem, words)


@lean
def _stem(points: Points, lo: int, hi: int, ending: int, words: WordTable) -> bool:
    """Tell whether a stem, long enough, is listed with an ending that it lost."""
    return hi - lo >= SHORTEST and _listed(points, lo, hi, ending, words)


@lean
def _of_vowel_ending(points: Points, lo: int, hi: int, words: WordTable) -> bool:
    """Tell whether a stem before "es" or "ed" is listed, or listed with y for i."""
    if _stem(points, lo, hi, 0, words):
        return True
    return hi - lo >= SHORTEST and points[hi - 1] == _I and _listed(points, lo, hi - 1, _Y, words)


@lean
def _of_doubled(points: Points, lo: int, hi: int, words: WordTable) -> bool:
    """Tell whether a stem before "ed" or "ing" is listed without its doubled last letter."""
    doubled = hi - lo >= SHORTEST and points[hi - 1] == points[hi - 2]
    return doubled and _listed(points, lo, hi - 1, 0, words)


@lean
def _listed(points: Points, lo: int, hi: int, ending: int, words: WordTable) -> bool:
    """Tell whether ``points[lo:hi]``, and ``ending`` unless 0, is a word of the table."""
    value = polynomial_of(points, lo, hi)
    if ending:
        value = chained(value, np.uint64(ending + 1), 1)
    mask = len(words.slots) - 1
    slot = int64(mixed(value) & np.uint64(mask))
    while words.slots[slot]:
        if _spelt(points, lo, hi, ending, words, words.slots[slot] - 1):
            return True
        slot = (slot + 1) & mask
    return False


@lean
def _spelt(points: Points, lo: int, hi: int, ending: int, words: WordTable, word: int) -> bool:
    start = int64(words.starts[word])
    size = hi - lo
    if int64(words.starts[word + 1]) - start != size + (ending != 0):
        return False
    for at in range(size):
        if points[lo + at] != words.letters[start + at]:
            return False
    return ending == 0 or words.letters[start + size] == ending
