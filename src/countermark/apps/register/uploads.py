"""Files of rights: kept under their digest, read row by row whatever their format."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Final, Protocol, cast

from django.core.files.storage import default_storage

from countermark.apps.register.formats.mark_files import FORMAT as XML
from countermark.apps.register.formats.mark_files import MarkFile, looks_like_xml
from countermark.domain.errors import InvalidInput
from countermark.engines.tables import Reject, Row, Table, TableFormat, read_table, sniff_format

MOST_BYTES: Final = 256 << 20
"""Largest file accepted."""

REJECT_COLUMNS: Final = ("reject_line", "reject_field", "reject_reason")
REJECT_RAW: Final = "reject_raw"
"""Columns that reject files add to those of the file; no field is known by these titles."""

_PIECE: Final = 1 << 20
_LONGEST_NAME: Final = 120
_UNSAFE: Final = re.compile(r"[^\w.()\[\]+-]+")


@dataclass(frozen=True, slots=True)
class Measured:
    """The size and SHA-256 of a stream that has been read once and set back to its start."""

    size_bytes: int
    sha256: str


def measure(stream: BinaryIO, *, most_bytes: int = MOST_BYTES) -> Measured:
    """Read a seekable stream to its end, or to the limit, and set it back.

    Raises:
        InvalidInput: The stream is empty or longer than ``most_bytes``.
    """
    digest, size = hashlib.sha256(), 0
    stream.seek(0)
    while piece := stream.read(_PIECE):
        size += len(piece)
        if size > most_bytes:
            raise InvalidInput("file-too-large", field="file", limit=most_bytes)
        digest.update(piece)
    if not size:
        raise InvalidInput("empty-file", field="file")
    stream.seek(0)
    return Measured(size, digest.hexdigest())


def safe_filename(name: str) -> str:
    """Return a file's own name without folders, control characters and signs with a meaning."""
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    cleaned = _UNSAFE.sub("_", base).lstrip(".") or "file"
    stem, dot, extension = cleaned.rpartition(".")
    return f"{stem[: _LONGEST_NAME - len(extension) - 1]}{dot}{extension}"[-_LONGEST_NAME:]


class Rows(Protocol):
    """An opened file: its columns, then its rows and rejects in order."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The titles of the columns."""

    def rows(self) -> Iterator[Row | Reject]:
        """Yield the rows and rejects in order."""


@dataclass(slots=True)
class TableRows:
    """A table as an opened file."""

    table: Table

    @property
    def columns(self) -> tuple[str, ...]:
        """The titles of the columns."""
        return self.table.columns

    def rows(self) -> Iterator[Row | Reject]:
        """Yield the rows and rejects in order."""
        return iter(self.table)


def format_of(filename: str, head: bytes) -> str:
    """Return the format of a file from its first bytes, and only else from its name."""
    return XML if looks_like_xml(head) else sniff_format(filename, head).value


@contextmanager
def table_open(stored: str, table_format: str) -> Iterator[Table]:
    """Open a stored file as a table, for as long as the block lasts.

    Raises:
        InvalidInput: The file as a whole is damaged or empty.
    """
    with default_storage.open(stored, "rb") as file:
        stream = cast("BinaryIO", file)
        with read_table(stream, format=TableFormat(table_format), name=stored) as table:
            yield table


@contextmanager
def rows_open(stored: str, file_format: str) -> Iterator[Rows]:
    """Open a stored file, for as long as the block lasts.

    Raises:
        InvalidInput: The file as a whole is damaged, empty or refused.
    """
    if file_format != XML:
        with table_open(stored, file_format) as table:
            yield TableRows(table)
        return
    with default_storage.open(stored, "rb") as file:
        yield MarkFile(cast("BinaryIO", file))


def reject_titles(columns: Iterable[str]) -> tuple[str, ...]:
    """Return the columns that a reject file repeats: all but those of an earlier reject file."""
    return tuple(name for name in columns if name not in {*REJECT_COLUMNS, REJECT_RAW})


def printable(text: str) -> str:
    """Return text that every database can keep: NULs and broken characters as escapes."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")
