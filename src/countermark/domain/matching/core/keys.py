"""Keys under which forms are indexed and windows ask: one number for a text and a layer."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.hashing import (
    LONGEST,
    Hashes,
    Points,
    chained,
    fill_prefixes,
    part,
    polynomial_of,
    salted,
)
from countermark.domain.matching.core.jit import lean
from countermark.domain.matching.core.sounds import Letters, sound_key
from countermark.domain.text.skeleton import CLASSES

EXACT_SALT: Final = 0
SKELETON_SALT: Final = 1
TYPO_SALT: Final = 2
SOUND_SALT: Final = 3
TRUNCATED_SALT: Final = 4
VARIANT_SALT: Final = 5
PINYIN_SALT: Final = 6
JYUTPING_SALT: Final = 7
HOMOPHONE_SALT: Final = 8

PREFIX: Final = 8
"""Characters of a word from which deletions are indexed."""
MOST_KEYS: Final = 64
"""More keys than a form of any length has, its readings aside."""
SHORTEST_TYPO: Final = 4
SHORTEST_SOUND: Final = 3
SHORTEST_CUT: Final = 6
SHORTEST_SKELETON: Final = 3
TWO_EDITS: Final = 9
"""Letters from which two edits are allowed."""
THREE_CUT: Final = 8
"""Letters from which three may be missing at the end; two below."""
LONGEST_VARIANT: Final = 8
_CLASS_STEP = np.uint64(0xD6E8_FEB8_6659_FD93)
WILDCARD: Final = ord("*")


def _letters_of_signs() -> npt.NDArray[np.uint32]:
    letters = np.arange(128, dtype=np.uint32)
    for letter, signs in CLASSES.items():
        for sign in signs:
            letters[ord(sign)] = ord(letter)
    return letters


_LETTERS = _letters_of_signs()


@lean
def bare(point: np.uint32) -> np.uint32:
    """Return the letter that a digit or sign stands for, any other character itself."""
    return _LETTERS[point] if point < 128 else point


@lean
def write_skeleton(points: Points, lo: int, hi: int, out: Points) -> None:
    """Write the skeleton of ``points[lo:hi]`` into ``out``."""
    for at in range(lo, hi):
        out[at - lo] = bare(points[at])


@lean
def allowed(size: int) -> int:
    """Return the edits allowed in a word of ``size`` letters."""
    return 2 if size >= TWO_EDITS else 1


@lean
def deletion_keys(skeleton: Points, size: int, edits: int, prefix: Hashes, out: Hashes) -> int:
    """Write the keys of what is left of the first letters after deletions; return how many.

    They come in the order of fewer deletions first, then of the letters deleted; of neighbours
    that are the same letter only the first is deleted, for the others leave the same.

    Args:
        skeleton: The word, digits and signs read as letters.
        size: Its length.
        edits: Most letters deleted, 0 to 2.
        prefix: Polynomials of its beginnings.
        out: Room for the keys.
    """
    end = min(size, PREFIX)
    out[0] = salted(prefix[end], TYPO_SALT)
    if edits == 0:
        return 1
    count = 1
    for at in range(end):
        if at == 0 or skeleton[at] != skeleton[at - 1]:
            rest = chained(prefix[at], part(prefix, at + 1, end), end - at - 1)
            out[count] = salted(rest, TYPO_SALT)
            count += 1
    return _two_deletions(skeleton, end, prefix, out, count) if edits == 2 else count


@lean
def _two_deletions(skeleton: Points, end: int, prefix: Hashes, out: Hashes, count: int) -> int:
    for at in range(end - 1):
        if at > 0 and skeleton[at] == skeleton[at - 1]:
            continue
        for other in range(at + 1, end):
            if other > at + 1 and skeleton[other] == skeleton[other - 1]:
                continue
            middle = chained(prefix[at], part(prefix, at + 1, other), other - at - 1)
            rest = chained(middle, part(prefix, other + 1, end), end - other - 1)
            out[count] = salted(rest, TYPO_SALT)
            count += 1
    return count


@lean
def wildcard_key(prefix: Hashes, size: int, at: int) -> np.uint64:
    """Return the key of a Chinese name with any character at one place."""
    before = chained(prefix[at], np.uint64(WILDCARD + 1), 1)
    return salted(chained(before, part(prefix, at + 1, size), size - at - 1), VARIANT_SALT)


@lean
def size_class(size: int) -> int:
    """Return the class of sizes that a filter tells apart: four sizes are one class."""
    return size >> 2


@lean
def sieved(key: np.uint64, kind: int) -> np.uint64:
    """Return what the filter knows of the key of a deletion in a form of a class of sizes."""
    return key + np.uint64(kind + 1) * _CLASS_STEP


@lean
def form_keys(
    points: Points,
    lo: int,
    hi: int,
    han: bool,
    prefix: Hashes,
    skeleton: Points,
    first: Letters,
    second: Letters,
    out: Hashes,
) -> tuple[int, int]:
    """Write the keys of a form but for its readings.

    Returns how many there are, and how many of them, from the third on, are of deletions.

    Args:
        points: Points of which ``lo:hi`` is the key of the form.
        lo: Start of the key.
        hi: End of the key.
        han: The form is a Chinese name.
        prefix: Working room for ``LONGEST + 1`` numbers.
        skeleton: Working room for ``LONGEST`` characters.
        first: Working room of a sound key.
        second: Working room of a sound key.
        out: Room for ``MOST_KEYS`` keys.
    """
    size = hi - lo
    out[0] = salted(polynomial_of(points, lo, hi), EXACT_SALT)
    if size > LONGEST:
        return 1, 0
    if han:
        return _name_keys(points, lo, hi, prefix, out), 0
    if size < SHORTEST_SKELETON:
        return 1, 0
    write_skeleton(points, lo, hi, skeleton)
    fill_prefixes(skeleton, 0, size, prefix)
    out[1] = salted(prefix[size], SKELETON_SALT)
    if size < SHORTEST_TYPO:
        return 2, 0
    deletions = deletion_keys(skeleton, size, allowed(size), prefix, out[2:])
    count = 2 + deletions
    if size >= SHORTEST_CUT:
        for cut in range(1, (3 if size >= THREE_CUT else 2) + 1):
            out[count] = salted(prefix[size - cut], TRUNCATED_SALT)
            count += 1
    sounds = sound_key(points, lo, hi, first, second)
    if sounds >= SHORTEST_SOUND:
        out[count] = salted(polynomial_of(first, 0, sounds), SOUND_SALT)
        count += 1
    return count, deletions


@lean
def _name_keys(points: Points, lo: int, hi: int, prefix: Hashes, out: Hashes) -> int:
    size = hi - lo
    if size < 3 or size > LONGEST_VARIANT:
        return 1
    fill_prefixes(points, lo, hi, prefix)
    for at in range(size):
        out[1 + at] = wildcard_key(prefix, size, at)
    return 1 + size
