"""The marks of a register as one block of bytes, and the version of the register they make.

The version is the sum of the digests of the marks, so that it does not depend on their order or
history, and a change costs no more than the marks it touches.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.types import RecordedMark

DIGEST_BYTES: Final = 16
_MODULUS: Final = 1 << 8 * DIGEST_BYTES
_WORD_BITS = 32
_WORDS = 8 * DIGEST_BYTES // _WORD_BITS
_RIGHT_BYTES = 8


class Register(NamedTuple):
    """Marks by position.

    Attributes:
        records: The marks as recorded, one after the other.
        offsets: Where the record of a mark begins, and where the last ends.
        digests: A row of 16 bytes for each mark.
        rights: A digest of the right of each mark.
    """

    records: npt.NDArray[np.uint8]
    offsets: npt.NDArray[np.int64]
    digests: npt.NDArray[np.uint8]
    rights: npt.NDArray[np.uint64]


def register_of(marks: Iterable[RecordedMark]) -> Register:
    """Return marks as arrays."""
    listed = list(marks)
    records = [_record(mark) for mark in listed]
    return Register(
        np.frombuffer(bytearray().join(records), dtype=np.uint8),
        np.cumsum([0, *map(len, records)], dtype=np.int64),
        np.frombuffer(bytearray().join(map(_digest, records)), dtype=np.uint8).reshape(
            -1, DIGEST_BYTES
        ),
        _digests_of_rights(mark.right_id for mark in listed),
    )


def joined(one: Register, other: Register) -> Register:
    """Return the marks of both, those of the other after those of the one."""
    return Register(
        np.concatenate((one.records, other.records)),
        np.concatenate((one.offsets, one.offsets[-1] + other.offsets[1:])),
        np.concatenate((one.digests, other.digests)),
        np.concatenate((one.rights, other.rights)),
    )


def mark_at(register: Register, position: int) -> RecordedMark:
    """Return the mark at a position."""
    lo, hi = register.offsets[position : position + 2]
    text = register.records[lo:hi].tobytes().decode("utf-8", "surrogatepass")
    sizes, _, values = text.partition(";")
    ends = accumulate(map(int, sizes.split(",")), initial=0)
    right_id, kind, word, hans, hant, classes, holder, *parties = [
        values[start:end] for start, end in pairwise(ends)
    ]
    return RecordedMark(
        right_id=right_id,
        kind=kind,
        word=word,
        word_zh_hans=hans,
        word_zh_hant=hant,
        nice_classes=tuple(map(int, classes.split())),
        holder=holder,
        authorised_parties=tuple(parties),
    )


def positions_of(register: Register, right_ids: Iterable[str]) -> list[int]:
    """Return the positions of the marks of some rights, also of withdrawn ones."""
    wanted = set(right_ids)
    maybe = np.flatnonzero(np.isin(register.rights, _digests_of_rights(wanted))).tolist()
    return [position for position in maybe if mark_at(register, position).right_id in wanted]


def version_of(register: Register, alive: npt.NDArray[np.uint8]) -> str:
    """Return the version of the living marks of a register, no two of which may be the same."""
    words = register.digests[alive.astype(bool)].view(">u4").sum(axis=0, dtype=np.uint64)
    places = range(_WORD_BITS * (_WORDS - 1), -1, -_WORD_BITS)
    return _version(sum(word << place for word, place in zip(words.tolist(), places, strict=True)))


def first_of_each(register: Register) -> npt.NDArray[np.uint8]:
    """Return 1 for every mark that does not occur before, 0 for one that is there again."""
    first = np.ones(len(register.digests), dtype=np.uint8)
    seen: set[bytes] = set()
    for position, row in enumerate(register.digests.view(f"V{DIGEST_BYTES}").ravel().tolist()):
        if row in seen:
            first[position] = 0
        seen.add(row)
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


def _digests_of_rights(right_ids: Iterable[str]) -> npt.NDArray[np.uint64]:
    digests = (
        blake2b(right_id.encode("utf-8", "surrogatepass"), digest_size=_RIGHT_BYTES).digest()
        for right_id in right_ids
    )
    return np.frombuffer(bytearray().join(digests), dtype="<u8").astype(np.uint64)


def _record(mark: RecordedMark) -> bytes:
    """Return a mark as the lengths of its values and the values; no two marks have the same."""
    values = (
        mark.right_id,
        mark.kind,
        mark.word,
        mark.word_zh_hans,
        mark.word_zh_hant,
        " ".join(map(str, mark.nice_classes)),
        mark.holder,
        *mark.authorised_parties,
    )
    sizes = ",".join(map(str, map(len, values)))
    return f"{sizes};{''.join(values)}".encode("utf-8", "surrogatepass")
