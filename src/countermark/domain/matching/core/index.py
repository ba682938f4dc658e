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
from countermark.domain.matching.core.jit import lean
from countermark.domain.matching.core.readings import Tongues

HAN_FORM: Final = 1
"""Flag of a form that is a Chinese name."""
WEAK_FORM: Final = 2
"""Flag of a form too short, or a number, that counts only where a brand is named."""
UNUSUAL_FORM: Final = 4
"""Flag of a form that the ordinary windows of a line cannot find."""

MOST_SHIFT: Final = 64


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
    """Who has a key: buckets of tags, and a filter in front of them.

    Attributes:
        starts: Where the entries of a bucket begin, and where the last ends; buckets are a power
            of two.
        tags: The upper half of the mixed key of an entry.
        owners: A form, or for keys of sound ``~reading``, which is negative.
        filter: Bits, a power of two in number; a key whose bit is not set is nobody's.
    """

    starts: npt.NDArray[np.int32]
    tags: Points
    owners: npt.NDArray[np.int32]
    filter: Hashes


class IndexArrays(NamedTuple):
    """All that a search reads; ``tongues`` are the same for every register."""

    forms: Forms
    readings: Readings
    table: Table
    tongues: Tongues


@lean
def filter_shift(table: Table) -> int:
    """Return how far scattered keys are shifted to be places in the filter."""
    shift = MOST_SHIFT
    bits = len(table.filter) << 6
    while bits > 1:
        bits >>= 1
        shift -= 1
    return shift


@lean
def may_have(key: np.uint64, shift: int, bits: Hashes) -> bool:
    """Tell whether somebody may have a key; False is certain."""
    place = scattered(key, shift)
    return (bits[place >> 6] >> np.uint64(place & 63)) & np.uint64(1) != 0


@lean
def bucket_of(key: np.uint64, table: Table) -> tuple[int, int, np.uint32]:
    """Return where the bucket of a key begins and ends, and the tag of its entries."""
    value = mixed(key)
    bucket = np.int64(value) & (len(table.starts) - 2)
    tag = np.uint32(value >> np.uint64(32))
    return table.starts[bucket], table.starts[bucket + 1], tag


@lean
def form_size(forms: Forms, form: int) -> int:
    """Return the length of the key of a form."""
    return np.int64(forms.starts[form + 1] - forms.starts[form])
