"""``read_table``: opens a table of any format and yields its rows and rejects."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from countermark.domain.errors import InvalidInput
from countermark.engines.tables.delimited import Delimited
from countermark.engines.tables.formats import (
    SNIFFED_BYTES,
    TableFormat,
    sniff_encoding,
    sniff_format,
)
from countermark.engines.tables.jsonl import JsonLines
from countermark.engines.tables.parquet import ParquetTable
from countermark.engines.tables.rows import Reject, Row
from countermark.engines.tables.sheets import Sheet

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SPOOL_BYTES = 16 << 20


class Source(Protocol):
    """An opened file: its column names, then its rows and rejects in order."""

    columns: tuple[str, ...]

    def rows(self) -> Iterator[Row | Reject]:
        """Yield the rows and rejects in order."""


class Table:
    """An opened table: an iterator of rows and rejects that knows its columns and format.

    A file opened from a path is closed at the end of the rows, or by ``close`` or ``with``.
    """

    def __init__(self, source: Source, table_format: TableFormat, resources: ExitStack) -> None:
        self.source = source
        self.columns = source.columns
        self.format = table_format
        self._rows = source.rows()
        self._resources = resources

    def __iter__(self) -> Iterator[Row | Reject]:
        return self

    def __next__(self) -> Row | Reject:
        try:
            return next(self._rows)
        except StopIteration:
            self.close()
            raise

    def close(self) -> None:
        """Close what the table opened."""
        self._resources.close()

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


def estimate_rows(path: Path) -> int | None:
    """Return about how many rows a file has, or None where only reading it would tell."""
    with path.open("rb") as stream:
        table_format = sniff_format(str(path), stream.peek(SNIFFED_BYTES))
        if table_format is TableFormat.PARQUET:
            return ParquetTable(stream).row_count
        if table_format is TableFormat.XLSX:
            return None
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(SNIFFED_BYTES), b""))


class Borrowed(io.RawIOBase):
    """A stream that belongs to somebody else: closing this leaves it open.

    Reading gives what there is without waiting for more, so that lines on standard input are
    screened as they come.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._readinto = getattr(stream, "readinto1", None) or stream.readinto  # type: ignore[attr-defined]

    def readinto(self, target: WriteableBuffer) -> int:
        """Fill ``target`` as far as one read goes and return the number of bytes."""
        return int(self._readinto(target) or 0)

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Tell whether the stream can go back."""
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a position and return it."""
        return self._stream.seek(offset, whence)


def read_table(
    path_or_stream: Path | str | BinaryIO,
    *,
    format: TableFormat | None = None,  # noqa: A002 - the word users know
    name: str = "",
    needed: Sequence[str] = (),
) -> Table:
    """Open a table and return it ready to yield a ``Row`` or ``Reject`` for every row, in order.

    Args:
        path_or_stream: A path, or a binary stream, which need not be seekable and is not closed.
        format: The format; by default it is told from the first bytes and the name.
        name: File name of a stream, for its extension.
        needed: Columns without which the table is of no use.

    Raises:
        InvalidInput: ``missing-column`` or ``duplicate-column`` (``field`` names it),
            ``empty-file``, or ``unreadable-file``: the file as a whole is damaged.
    """
    with ExitStack() as resources:
        if isinstance(path_or_stream, (str, Path)):
            name = name or str(path_or_stream)
            stream: BinaryIO = resources.enter_context(Path(path_or_stream).open("rb"))
        else:
            stream = path_or_stream
        source, chosen = _opened(stream, format, name, resources)
        _check_columns(source.columns, needed)
        return Table(source, chosen, resources.pop_all())


def _opened(
    stream: BinaryIO, table_format: TableFormat | None, name: str, resources: ExitStack
) -> tuple[Source, TableFormat]:
    # A buffer this wide can look at the beginning without taking it off the stream.
    buffered: io.BufferedReader = io.BufferedReader(Borrowed(stream), SNIFFED_BYTES)
    head = buffered.peek(SNIFFED_BYTES)[:SNIFFED_BYTES]
    if not head:
        raise InvalidInput("empty-file", name=name)
    chosen = table_format or sniff_format(name, head)
    return _source(buffered, head, chosen, resources), chosen


def _source(
    stream: io.BufferedReader, head: bytes, table_format: TableFormat, resources: ExitStack
) -> Source:
    match table_format:
        case TableFormat.CSV:
            return Delimited(stream, sniff_encoding(head))
        case TableFormat.JSONL:
            return JsonLines(stream)
        case TableFormat.PARQUET:
            return ParquetTable(_seekable(stream, resources))
        case TableFormat.XLSX:
            return Sheet(_seekable(stream, resources))


def _seekable(stream: io.BufferedReader, resources: ExitStack) -> BinaryIO:
    """Return the stream, or a temporary copy of it where one cannot go back in it."""
    if stream.seekable():
        return stream
    copy = resources.enter_context(
        tempfile.SpooledTemporaryFile(SPOOL_BYTES)  # noqa: SIM115 - closed with the table
    )
    shutil.copyfileobj(stream, copy)
    copy.seek(0)
    return cast("BinaryIO", copy)


def _check_columns(columns: Sequence[str], needed: Sequence[str]) -> None:
    for field in needed:
        if field not in columns:
            raise InvalidInput("missing-column", field=field, found=", ".join(columns))
    for field, count in Counter(columns).items():
        if count > 1 and (field in needed or not needed) and field:
            raise InvalidInput("duplicate-column", field=field)
