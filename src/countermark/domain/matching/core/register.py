"""The marks of a register as one block of bytes, and the version of the register they make.

The version is the sum of the digests of the marks, so that it does not depend on their order or
history, and a change costs no more than the marks it touches.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import blake2b
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.types import RecordedMark

DIGEST_BYTES: Final = 16
_MODULUS: Final = 1 << 8 * DIGEST_BYTES


class Register(NamedTuple):
    """Marks by position: their records one after the other, and a digest of each."""

    records: npt.NDArray[np.uint8]
    offsets: npt.NDArray[np.int64]
    digests: npt.NDArray[np.uint8]


def register_of(marks: Iterable[RecordedMark]) -> Register:
    """Return marks as arrays; ``digests`` has a row of 16 bytes for each."""
    records = [_record(mark) for mark in marks]
    digests = b"".join(map(_digest, records))
    return Register(
        np.frombuffer(b"".join(records), dtype=np.uint8),
        np.cumsum([0, *map(len, records)], dtype=np.int64),
        np.frombuffer(digests, dtype=np.uint8).reshape(-1, DIGEST_BYTES),
    )


def joined(one: Register, other: Register) -> Register:
    """Return the marks of both, those of the other after those of the one."""
    return Register(
        np.concatenate((one.records, other.records)),
        np.concatenate((one.offsets, one.offsets[-1] + other.offsets[1:])),
        np.concatenate((one.digests, other.digests)),
    )


def mark_at(register: Register, position: int) -> RecordedMark:
    """Return the mark at a position."""
    lo, hi = register.offsets[position : position + 2]
    values = json.loads(register.records[lo:hi].tobytes())
    return RecordedMark(
        right_id=values[0],
        kind=values[1],
        word=values[2],
        word_zh_hans=values[3],
        word_zh_hant=values[4],
        nice_classes=tuple(values[5]),
        holder=values[6],
        authorised_parties=tuple(values[7]),
    )


def right_ids(register: Register) -> list[str]:
    """Return the right of every mark, by position."""
    records, offsets = register.records.tobytes(), register.offsets.tolist()
    scan = json.JSONDecoder().raw_decode
    # A record is a JSON list whose first value is the right; the rest need not be read.
    return [scan(records[lo:hi].decode("ascii"), 1)[0] for lo, hi in _slices(offsets)]


def version_of(register: Register, alive: npt.NDArray[np.uint8]) -> str:
    """Return the version of the living marks of a register, no two of which may be the same."""
    words = register.digests[alive.astype(bool)].view(">u4").sum(axis=0, dtype=np.uint64)
    return _version(sum(word << 32 * (3 - place) for place, word in enumerate(words.tolist())))


def first_of_each(register: Register) -> npt.NDArray[np.uint8]:
    """Return 1 for every mark that does not occur before, 0 for one that is there again."""
    first = np.zeros(len(register.digests), dtype=np.uint8)
    first[np.unique(register.digests, axis=0, return_index=True)[1]] = 1
    return first


def register_version(marks: Iterable[RecordedMark]) -> str:
    """Return a digest of a set of marks, 32 hexadecimal digits.

    It is the same for the same marks in any order and however they came together.
    """
    digests = {_digest(_record(mark)) for mark in marks}
    return _version(sum(int.from_bytes(digest, "big") for digest in digests))


def _version(total: int) -> str:
    return f"{total % _MODULUS:0{2 * DIGEST_BYTES}x}"


def _digest(record: bytes) -> bytes:
    return blake2b(record, digest_size=DIGEST_BYTES).digest()


def _record(mark: RecordedMark) -> bytes:
    """Return a mark as ASCII JSON; lone surrogates are escaped and come back as they were."""
    return json.dumps(
        (
            mark.right_id,
            mark.kind,
            mark.word,
            mark.word_zh_hans,
            mark.word_zh_hant,
            mark.nice_classes,
            mark.holder,
            mark.authorised_parties,
        ),
        separators=(",", ":"),
    ).encode("ascii")


def _slices(offsets: list[int]) -> Iterable[tuple[int, int]]:
    return zip(offsets[:-1], offsets[1:], strict=True)
