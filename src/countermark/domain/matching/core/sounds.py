"""Sound keys in the core: the spelling rules of ``domain.text.sound``, pass by pass.

A rule is looked for only in words that have a letter without which it changes nothing.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.hashing import Points
from countermark.domain.matching.core.jit import int64, lean

Letters = npt.NDArray[np.uint32]

ROOM: Final = 96
"""Letters that a buffer must hold: words have at most 40, and q and x become two."""

_DOUBLED = 18
_LATE = 9
_C, _D, _E, _G, _H, _K, _S, _T, _U, _Y = map(ord, "cdeghkstuy")
_FIRST_LETTER, _LAST_LETTER = ord("a"), ord("z")

_NEEDED = ("h", "n", "w", "p", "h", "h", "q", "x", "c", "c", "dj", "z", "w", "h", "iy", "ey", "ouw")
_WRITTEN = ("t", "n", "r", "s", "f", "S", "kw", "ks", "s", "k", "g", "s", "v", "", "e", "i", "u")
_LAST = (("a", "o"), ("", ""), ("e", ""))  # one vowel of two; doubled letters; a silent e


def _mask(letters: str) -> int:
    return sum(1 << (ord(letter) - _FIRST_LETTER) for letter in letters) or (1 << 26) - 1


_FIRSTS = np.array(
    [
        _mask(first)
        for first in ("g", "gkp", "w", "p", "p", "cst", "q", "x", "c", "c", "dj", "z", "w", "h")
    ]
    + [_mask(first) for first in ("ae", "eiy", "eou", "ao", "", "e")],
    dtype=np.int64,
)
_SOFT = _mask("eiy")
_VOWELS = _mask("aeiou")
_SILENCING = _mask("bcdfgklmnprstvz")
_BIG_S = ord("S")
_SECOND_OF_TWO = np.array([ord(letter) for letter in "hnrs"], dtype=np.uint32)
_SECONDS = np.zeros((4, 26), dtype=np.int64)
"""Vowels that make one with the vowel before them: by rule, from the fifteenth, and that vowel."""
for _row, _pairs in enumerate(("ai ay ei ey", "ee ea ie", "oo ou ue ew", "au ao oa")):
    for _pair in _pairs.split():
        _SECONDS[_row, ord(_pair[0]) - _FIRST_LETTER] |= _mask(_pair[1])
_GATES = np.array(
    [_mask(needed) for needed in (*_NEEDED, *(needed for needed, _ in _LAST))], dtype=np.int64
)
_OUTPUT = np.array(
    [
        [ord(letter) for letter in written.ljust(2, "\0")]
        for written in (*_WRITTEN, *(written for _, written in _LAST))
    ],
    dtype=np.uint32,
)


@lean
def _among(mask: int, letter: int) -> bool:
    """Tell whether a letter is in a set of small letters."""
    if letter < _FIRST_LETTER or letter > _LAST_LETTER:
        return False
    return bool((mask >> (int64(letter) - _FIRST_LETTER)) & 1)


@lean
def _eaten_early(rule: int, text: Letters, at: int, size: int) -> int:
    """Return how many letters one of the first nine rules replaces where its first letter is."""
    one = text[at]
    two = text[at + 1] if at + 1 < size else np.uint32(0)
    three = text[at + 2] if at + 2 < size else np.uint32(0)
    if rule == 0:
        return 3 if two == _H and three == _T else 0
    if rule < 4:
        return 2 if at == 0 and two == _SECOND_OF_TWO[rule] else 0
    if rule == 5 and one in (_S, _T) and two == _C and three == _H:
        return 3
    if rule < 6:
        return 2 if two == _H and (rule == 4 or one != _T) else 0
    if rule == 6:
        return 2 if two == _U else 1
    return 1 if rule == 7 or _among(_SOFT, int64(two)) else 0


@lean
def _eaten_late(rule: int, text: Letters, at: int, size: int) -> int:
    """Return how many letters one of the later rules replaces where its first letter is."""
    one = text[at]
    two = text[at + 1] if at + 1 < size else np.uint32(0)
    if rule == 9:
        return 2 if two == _K else 1
    if rule == 10 and one == _D:
        return 2 if two == _G and at + 2 < size and _among(_SOFT, int64(text[at + 2])) else 0
    if rule == 13:
        before = int64(text[at - 1]) if at > 0 else 0
        return 1 if before == _BIG_S or _among(_SILENCING, before) else 0
    if rule < 13 or (rule == 15 and one == _Y):
        return 1
    if rule < _DOUBLED:
        return 2 if _among(_SECONDS[rule - 14, int64(one) - _FIRST_LETTER], int64(two)) else 0
    return 1 if _silent_e(text, at, size) else 0


@lean
def _silent_e(text: Letters, at: int, size: int) -> bool:
    if at == 0 or at + 1 < size or text[at] != _E:
        return False
    return not _among(_VOWELS, text[at - 1])


@lean
def _eaten(rule: int, text: Letters, at: int, size: int) -> int:
    """Return how many letters a rule replaces at a place, 0 for none."""
    if not _among(_FIRSTS[rule], text[at]):
        return 0
    if rule < _LATE:
        return _eaten_early(rule, text, at, size)
    return _eaten_late(rule, text, at, size)


@lean
def _apply(rule: int, text: Letters, size: int, out: Letters) -> int:
    """Apply one rule to a text, with the help of ``out``; return the new length.

    It is -1 where the rule changes nothing, which most do.
    """
    at = 0
    while at < size and _eaten(rule, text, at, size) == 0:
        at += 1
    if at == size:
        return -1
    start = written = at
    while at < size:
        eaten = _eaten(rule, text, at, size)
        if eaten == 0:
            out[written] = text[at]
            written += 1
            at += 1
            continue
        at += eaten
        for place in range(2):
            if _OUTPUT[rule, place] != 0:
                out[written] = _OUTPUT[rule, place]
                written += 1
    for at in range(start, written):
        text[at] = out[at]
    return written


@lean
def _undouble(text: Letters, size: int) -> int:
    """Make doubled letters one, in place, and return the length."""
    written = 0
    for at in range(size):
        if at == 0 or text[at] != text[at - 1]:
            text[written] = text[at]
            written += 1
    return written


@lean
def _letters_in(text: Letters, size: int) -> int:
    mask = 0
    for at in range(size):
        letter = int64(text[at])
        if _FIRST_LETTER <= letter <= _LAST_LETTER:
            mask |= 1 << (letter - _FIRST_LETTER)
    return mask


@lean
def sound_key(points: Points, lo: int, hi: int, first: Letters, second: Letters) -> int:
    """Write the sound key of ``points[lo:hi]`` into ``first`` and return its length.

    The length is 0 where a character is no ASCII letter. ``first`` and ``second`` are buffers of
    ``ROOM`` letters; the word has at most ``LONGEST``.
    """
    size = hi - lo
    for at in range(size):
        letter = points[lo + at] | np.uint32(32)
        if points[lo + at] > 127 or letter < _FIRST_LETTER or letter > _LAST_LETTER:
            return 0
        first[at] = points[lo + at]
    present = _letters_in(first, size)
    for rule in range(len(_GATES)):
        if rule == _DOUBLED:
            size = _undouble(first, size)
        elif present & _GATES[rule] and present & _FIRSTS[rule]:
            changed = _apply(rule, first, size, second)
            if changed >= 0:
                size = changed
                present |= _letters_in(first, size)
    return size
