"""Index files: a register's index in one file, mapped into memory and shared by many processes.

A file begins with a magic word and the length of its header, a JSON object; then come the arrays,
each at a multiple of 64 bytes. It has no dates or names of machines: the same marks in the same
order give the same bytes.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from operator import itemgetter
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from countermark.domain.errors import InvalidInput
from countermark.domain.matching import RULES_VERSION
from countermark.domain.matching.core.index import Forms, IndexArrays, Readings, Table
from countermark.domain.matching.core.readings import tongues
from countermark.domain.matching.core.register import Register
from countermark.domain.matching.core.registered import Index

Array = npt.NDArray[Any]
Part = tuple[Array, ...]
"""A NamedTuple of arrays."""

FORMAT: Final = 1
_MAGIC = b"CMINDEX\n"
_START = len(_MAGIC) + 8
_ALIGNMENT = 64
_LONGEST_HEADER = 1 << 20


class Liveness(NamedTuple):
    """Which marks of an index have not been withdrawn."""

    alive: npt.NDArray[np.uint8]


_PARTS: Final = {
    "register": Register,
    "liveness": Liveness,
    "forms": Forms,
    "readings": Readings,
    "table": Table,
}


def save_index(index: Index, path: Path, *, source: str = "", **more: Part) -> None:
    """Write an index to a file, whole or not at all.

    Args:
        index: The index of a register.
        path: The file; one that is there is replaced.
        source: A word on where the register came from, for ``read_meta``.
        more: NamedTuples of arrays to keep with it, by a name of one's own.
    """
    parts: dict[str, Part] = {
        "register": index.register,
        "liveness": Liveness(index.alive),
        "forms": index.arrays.forms,
        "readings": index.arrays.readings,
        "table": index.arrays.table,
    }
    meta = {"register_version": index.version} | ({"source": source} if source else {})
    save_parts(path, parts | more, meta)


def open_index(path: Path, *, check: bool = True) -> Index:
    """Return the index in a file, mapped into memory.

    Args:
        path: A file that ``save_index`` wrote.
        check: Read the whole file once and compare its digest, and the version of the register
            with its marks. A process that has just been told of the file by the one that wrote it
            can do without.

    Raises:
        InvalidInput: The file is no index, is cut off or damaged, or is of other rules.
    """
    parts = open_parts(path, check=check)
    missing = _PARTS.keys() - parts.keys()
    if missing:
        raise _unreadable(path, f"it has no part {min(missing)}")
    found = {name: kind(**parts[name]) for name, kind in _PARTS.items()}
    arrays = IndexArrays(found["forms"], found["readings"], found["table"], tongues())
    index = Index(found["register"], found["liveness"].alive, arrays)
    if check and index.version != read_meta(path).get("register_version"):
        raise _unreadable(path, "its marks are not those of its register version")
    return index


def save_parts(path: Path, parts: Mapping[str, Part], meta: Mapping[str, str]) -> None:
    """Write NamedTuples of arrays to a file, whole or not at all, with some words about them."""
    arrays = dict(sorted(_named(parts), key=itemgetter(0)))
    digest = sha256()
    places, end = {}, 0
    for name, array in arrays.items():
        places[name] = (array.dtype.str, array.shape, end)
        digest.update(_bytes_of(array))
        end += -(-array.nbytes // _ALIGNMENT) * _ALIGNMENT
    header = {
        "format": FORMAT,
        "rules": RULES_VERSION,
        "unicode": unicodedata.unidata_version,
        "meta": dict(meta),
        "arrays": places,
        "bytes": end,
        "digest": digest.hexdigest(),
    }
    text = json.dumps(header, sort_keys=True, separators=(",", ":")).encode("ascii")
    text += b" " * (-(_START + len(text)) % _ALIGNMENT)
    with NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as file:
        try:
            file.write(_MAGIC + len(text).to_bytes(8, "little") + text)
            for array in arrays.values():
                file.write(_bytes_of(array))
                file.write(b"\0" * (-array.nbytes % _ALIGNMENT))
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(file.name)
            raise


def open_parts(path: Path, *, check: bool = True) -> dict[str, dict[str, Array]]:
    """Return the arrays of a file by part and field, mapped into memory.

    What is written into them stays in this process. ``check`` compares the digest of the file.

    Raises:
        InvalidInput: The file is no index, is cut off or damaged, or is of other rules.
    """
    header, start = _header(path)
    block = np.memmap(path, dtype=np.uint8, mode="c", offset=start, shape=(header["bytes"],))
    digest = sha256()
    parts: dict[str, dict[str, Array]] = {}
    for name, (kind, shape, offset) in header["arrays"].items():
        dtype = np.dtype(kind)
        size = dtype.itemsize * int(np.prod(shape, dtype=np.int64))
        if offset < 0 or offset + size > header["bytes"]:
            raise _unreadable(path, f"{name} is not inside it")
        data = np.asarray(block[offset : offset + size])
        if check:
            digest.update(_bytes_of(data))
        part, _, field = name.partition(".")
        parts.setdefault(part, {})[field] = data.view(dtype).reshape(shape)
    if check and digest.hexdigest() != header["digest"]:
        raise _unreadable(path, "its contents have changed since it was written")
    return parts


def is_index(path: Path) -> bool:
    """Return whether a file begins as indexes do, whatever program made it and however whole."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def read_meta(path: Path) -> dict[str, str]:
    """Return the words about a file, without its arrays.

    Raises:
        InvalidInput: The file is no index, is cut off, or is of other rules.
    """
    meta: dict[str, str] = _header(path)[0]["meta"]
    return meta


def _header(path: Path) -> tuple[dict[str, Any], int]:
    """Return the header of a file, and where its arrays begin."""
    with path.open("rb") as file:
        magic, length = file.read(len(_MAGIC)), int.from_bytes(file.read(8), "little")
        if magic != _MAGIC or length > _LONGEST_HEADER:
            raise _unreadable(path, "it is not an index of Countermark")
        text = file.read(length)
        size = file.seek(0, os.SEEK_END)
    try:
        header: dict[str, Any] = json.loads(text)
    except ValueError as error:
        raise _unreadable(path, "its header is damaged") from error
    made = (header.get("format"), header.get("rules"), header.get("unicode"))
    if made != (FORMAT, RULES_VERSION, unicodedata.unidata_version):
        raise _unreadable(path, "it was made by another version: build it anew")
    start = _START + length
    if size != start + header["bytes"]:
        raise _unreadable(path, "it is cut off or has been added to")
    return header, start


def _named(parts: Mapping[str, Part]) -> Iterator[tuple[str, Array]]:
    for name, part in parts.items():
        for field, array in zip(part._fields, part, strict=True):  # type: ignore[attr-defined]
            yield f"{name}.{field}", np.ascontiguousarray(array)


def _bytes_of(array: Array) -> memoryview:
    return array.reshape(-1).view(np.uint8).data


def _unreadable(path: Path, detail: str) -> InvalidInput:
    return InvalidInput("unreadable-file", format="index", name=path.name, detail=detail)
