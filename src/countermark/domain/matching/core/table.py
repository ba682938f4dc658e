"""The one table of an index: made from keys and who has them, and extended by more of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.hashing import Hashes, mixed, scattered
from countermark.domain.matching.core.index import (
    Table,
    entry_of,
    filter_bits,
    filter_shift,
    tag_of,
)
from countermark.domain.matching.core.jit import compiled, int64

_BITS_PER_KEY = 12
_LOAD = 2
_LEAST = 64
_WORD = 64


class Entries(NamedTuple):
    """Keys and who has them.

    Attributes:
        keys: Under which somebody is found.
        sieves: What the filter knows of each: the key, or the key with a class of sizes.
        traits: What is told of the forms of keys of deletions, see ``index.traits_of``.
        owners: Forms, or ``~reading``.
    """

    keys: Hashes
    sieves: Hashes
    traits: npt.NDArray[np.int32]
    owners: npt.NDArray[np.int32]


def table_of(entries: Entries) -> Table:
    """Return the table of entries; those of one key stay in order."""
    count = len(entries.keys)
    buckets = _power_of_two(max(count // _LOAD, _LEAST))
    words = _power_of_two(max(count * _BITS_PER_KEY // _WORD, _LEAST))
    empty = Table(
        np.zeros(buckets + 1, dtype=np.int32),
        np.empty(0, dtype=np.uint64),
        np.zeros(words, dtype=np.uint64),
    )
    return extended(empty, entries)


def has_room(table: Table, more: int) -> bool:
    """Tell whether a table of this size is still fast with so many more entries."""
    return len(table.entries) + more <= 2 * _LOAD * (len(table.starts) - 1)


def extended(table: Table, more: Entries) -> Table:
    """Return a table with more entries, in each bucket after those that are there."""
    return Table(*_merged(table, more), _filtered(table, more.sieves))


@compiled
def _merged(table: Table, more: Entries) -> tuple[npt.NDArray[np.int32], Hashes]:
    before, old = table.starts, table.entries
    keys, traits, owners = more.keys, more.traits, more.owners
    buckets = len(before) - 1
    starts = np.zeros(buckets + 1, dtype=np.int32)
    for key in keys:
        starts[(int64(mixed(key)) & (buckets - 1)) + 1] += 1
    for bucket in range(buckets):
        starts[bucket + 1] += starts[bucket] + before[bucket + 1] - before[bucket]
    entries = np.empty(starts[buckets], dtype=np.uint64)
    ends = starts.copy()
    for bucket in range(buckets):
        for place in range(before[bucket], before[bucket + 1]):
            entries[ends[bucket]] = old[place]
            ends[bucket] += 1
    for number in range(len(keys)):
        value = mixed(keys[number])
        bucket = int64(value) & (buckets - 1)
        trait, owner = int64(traits[number]), int64(owners[number])
        entries[ends[bucket]] = entry_of(tag_of(value), trait, owner)
        ends[bucket] += 1
    return starts, entries


@compiled
def _filtered(table: Table, sieves: Hashes) -> Hashes:
    words = table.filter.copy()
    shift = filter_shift(table)
    for sieve in sieves:
        product = scattered(sieve)
        words[int64(product >> np.uint64(shift))] |= filter_bits(product, shift)
    return words


def _power_of_two(least: int) -> int:
    return 1 << (least - 1).bit_length()
