"""The index of a register as flat arrays: the forms of all marks, and one table for all layers.

What ``matching.layers`` looks up in a dictionary a layer is one table of numbers here. A key is
a hash under the salt of its layer; its bucket lists the forms, or the readings of forms, that
have it. A filter tells most keys that nobody has without a look at the table.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.hashing import Hashes, Points, mixed, scattered
from countermark.domain.matching.core.jit import int64, lean
from countermark.domain.matching.core.readings import Tongues

Ints = npt.NDArray[np.int32]

HAN_FORM: Final = 1
"""Flag of a form that is a Chinese name."""
WEAK_FORM: Final = 2
"""Flag of a form too short, or a number, that counts only where a brand is named."""
UNUSUAL_FORM: Final = 4
"""Flag of a form that the ordinary windows of a line cannot find."""

MOST_SIZE: Final = 63
"""Size that an entry gives for all longer forms."""

_ONE = np.uint64(1)
_LAST_BIT = np.uint64(63)
MOST_OWNERS: Final = 1 << 23
"""Forms or readings that a register may have: their numbers have 24 bits, one for the sign."""
_OWNER = np.uint64(0xFF_FFFF)
_BEFORE_OWNER = np.uint64(40)
_TRAITS_SHIFT = np.uint64(24)
_LETTERS_SHIFT = np.uint64(30)
_LETTERS = np.uint64(0xFFFF)
_TAG_SHIFT = np.uint64(46)


class Forms(NamedTuple):
    """The written forms of all marks, in the order of the marks.

    Attributes:
        mark: Position of the mark in the register.
        points: Keys of the forms one after the other, folded.
        starts: Where the key of a form begins, and where the last ends.
        pieces: Lengths of the words of the keys.
        piece_starts: Where the pieces of a form begin, and where the last ends.
        hash: Hash of the key, as ``hashing.hash_of`` has it.
        signature: Letters of the skeleton, as ``edits.signature`` has them.
        flags: ``HAN_FORM``, ``WEAK_FORM`` and ``UNUSUAL_FORM``, added up.
    """

    mark: npt.NDArray[np.int32]
    points: Points
    starts: npt.NDArray[np.int32]
    pieces: npt.NDArray[np.int32]
    piece_starts: npt.NDArray[np.int32]
    hash: Hashes
    signature: Hashes
    flags: npt.NDArray[np.uint8]


class Readings(NamedTuple):
    """How the Chinese names among the forms sound.

    Attributes:
        form: The form that is read.
        tongue: ``readings.MANDARIN`` or ``readings.CANTONESE``.
        starts: Where the syllables of a reading begin, and where the last ends.
        syllables: Numbers of syllables of that tongue.
    """

    form: npt.NDArray[np.int32]
    tongue: npt.NDArray[np.uint8]
    starts: npt.NDArray[np.int32]
    syllables: npt.NDArray[np.uint16]


class Table(NamedTuple):
    """Who has a key: buckets of entries, and a filter in front of them.

    Attributes:
        starts: Where the entries of a bucket begin, and where the last ends; buckets are a power
            of two.
        entries: The upper 18 bits of the mixed key; for keys of deletions which letters the form
            has (16 bits, see ``edits.brief``) and its size (6 bits); and its number, or for keys
            of sound ``~reading``, which is negative (24 bits).
        filter: Words, a power of two in number, of which a key has one and in it two bits; a key
            whose bits are not set is nobody's.
    """

    starts: npt.NDArray[np.int32]
    entries: Hashes
    filter: Hashes


class IndexArrays(NamedTuple):
    """All that a search reads; ``tongues`` are the same for every register."""

    forms: Forms
    readings: Readings
    table: Table
    tongues: Tongues


@lean
def filter_shift(table: Table) -> int:
    """Return how far scattered keys are shifted to be words of the filter."""
    shift = int64(64)
    words = len(table.filter)
    while words > 1:
        words >>= 1
        shift -= 1
    return shift


@lean
def filter_bits(product: np.uint64, shift: int) -> np.uint64:
    """Return the two bits of a scattered key, from below those that say in which word."""
    one = (product >> np.uint64(shift - 6)) & _LAST_BIT
    other = (product >> np.uint64(shift - 12)) & _LAST_BIT
    return (_ONE << one) | (_ONE << other)


@lean
def may_have(key: np.uint64, shift: int, words: Hashes) -> bool:
    """Tell whether somebody may have a key; False is certain."""
    product = scattered(key)
    bits = filter_bits(product, shift)
    return bool(words[int64(product >> np.uint64(shift))] & bits == bits)


@lean
def bucket_of(key: np.uint64, starts: Ints) -> tuple[int, int, np.uint64]:
    """Return where the bucket of a key begins and ends, and the tag of its entries."""
    value = mixed(key)
    bucket = int64(value) & (len(starts) - 2)
    return int64(starts[bucket]), int64(starts[bucket + 1]), tag_of(value)


@lean
def tag_of(value: np.uint64) -> np.uint64:
    """Return the part of a mixed key, or of an entry, by which the key is told."""
    return value >> _TAG_SHIFT


@lean
def entry_of(tag: np.uint64, traits: int, owner: int) -> np.uint64:
    """Return an entry of a table."""
    number = np.uint64(owner) & _OWNER
    return (tag << _TAG_SHIFT) | (np.uint64(traits) << _TRAITS_SHIFT) | number


@lean
def traits_of(size: int, letters: int) -> int:
    """Return what an entry tells of a form besides its number, from its size and letters."""
    return min(size, MOST_SIZE) | (letters << 6)


@lean
def size_of(entry: np.uint64) -> int:
    """Return the size of the form of an entry, at most ``MOST_SIZE``."""
    return int64((entry >> _TRAITS_SHIFT) & _LAST_BIT)


@lean
def letters_of(entry: np.uint64) -> np.uint64:
    """Return which letters the form of an entry has."""
    return (entry >> _LETTERS_SHIFT) & _LETTERS


@lean
def owner_of(entry: np.uint64) -> int:
    """Return the form, or the ``~reading``, of an entry."""
    return int64(entry << _BEFORE_OWNER) >> 40


@lean
def form_size(forms: Forms, form: int) -> int:
    """Return the length of the key of a form."""
    return int64(forms.starts[form + 1] - forms.starts[form])
