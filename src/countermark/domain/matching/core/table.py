"""The one table of an index: made from keys and who has them, and extended by more of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.hashing import Hashes, mixed, scattered
from countermark.domain.matching.core.index import Table, filter_shift
from countermark.domain.matching.core.jit import compiled

Owners = npt.NDArray[np.int32]

_FILTER_BITS = 8
_LOAD = 2
_LEAST_BUCKETS = 64
_WORD = 64


def table_of(keys: Hashes, owners: Owners) -> Table:
    """Return the table in which ``owners[n]`` has ``keys[n]``; of a key's owners the order stays."""
    buckets = _power_of_two(max(len(keys) // _LOAD, _LEAST_BUCKETS))
    words = _power_of_two(max(len(keys) * _FILTER_BITS // _WORD, _LEAST_BUCKETS))
    empty = Table(
        np.zeros(buckets + 1, dtype=np.int32),
        np.empty(0, dtype=np.uint32),
        np.empty(0, dtype=np.int32),
        np.zeros(words, dtype=np.uint64),
    )
    return extended(empty, keys, owners)


def has_room(table: Table, more: int) -> bool:
    """Tell whether a table of this size is still fast with so many more entries."""
    return len(table.tags) + more <= 2 * _LOAD * (len(table.starts) - 1)


def extended(table: Table, keys: Hashes, owners: Owners) -> Table:
    """Return a table with more entries, in each bucket after those that are there."""
    starts, tags, all_owners = _merged(table, keys, owners)
    return Table(starts, tags, all_owners, _filtered(table, keys))


@compiled
def _merged(
    table: Table, keys: Hashes, owners: Owners
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint32], Owners]:
    buckets = len(table.starts) - 1
    starts = np.zeros(buckets + 1, dtype=np.int32)
    for key in keys:
        starts[(np.int64(mixed(key)) & (buckets - 1)) + 1] += 1
    for bucket in range(buckets):
        starts[bucket + 1] += starts[bucket] + table.starts[bucket + 1] - table.starts[bucket]
    tags = np.empty(starts[buckets], dtype=np.uint32)
    all_owners = np.empty(starts[buckets], dtype=np.int32)
    ends = starts.copy()
    for bucket in range(buckets):
        for entry in range(table.starts[bucket], table.starts[bucket + 1]):
            tags[ends[bucket]] = table.tags[entry]
            all_owners[ends[bucket]] = table.owners[entry]
            ends[bucket] += 1
    for number in range(len(keys)):
        value = mixed(keys[number])
        bucket = np.int64(value) & (buckets - 1)
        tags[ends[bucket]] = np.uint32(value >> np.uint64(32))
        all_owners[ends[bucket]] = owners[number]
        ends[bucket] += 1
    return starts, tags, all_owners


@compiled
def _filtered(table: Table, keys: Hashes) -> Hashes:
    bits = table.filter.copy()
    shift = filter_shift(table)
    for key in keys:
        place = scattered(key, shift)
        bits[place >> 6] |= np.uint64(1) << np.uint64(place & 63)
    return bits


def _power_of_two(least: int) -> int:
    return 1 << (least - 1).bit_length()
