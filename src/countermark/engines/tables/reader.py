"""``read_table``: opens a table of any format and yields its rows and rejects."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol, cast

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

    def __init__(
        self, source: Source, table_format: TableFormat, opened: BinaryIO | None = None
    ) -> None:
        self.columns = source.columns
        self.format = table_format
        self._rows = source.rows()
        self._opened = opened

    def __iter__(self) -> Iterator[Row | Reject]:
        return self

    def __next__(self) -> Row | Reject:
        try:
            return next(self._rows)
        except StopIteration:
            self.close()
            raise

    def close(self) -> None:
        """Close the file, if the table opened it."""
        if self._opened is not None:
            self._opened.close()

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


class SharedReader(io.BufferedReader):
    """A buffer over a stream that belongs to somebody else."""

    def close(self) -> None:
        """Leave the stream open: wrappers that are thrown away must not close it."""


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
    if not isinstance(path_or_stream, (str, Path)):
        return Table(*_opened(path_or_stream, format, name, needed))
    stream = Path(path_or_stream).open("rb")  # noqa: SIM115 - the table closes it
    try:
        return Table(*_opened(stream, format, name or str(path_or_stream), needed), stream)
    except InvalidInput:
        stream.close()
        raise


def _opened(
    stream: BinaryIO, table_format: TableFormat | None, name: str, needed: Sequence[str]
) -> tuple[Source, TableFormat]:
    # A buffer this wide can look at the beginning without taking it off the stream.
    buffered = SharedReader(cast("io.RawIOBase", stream), SNIFFED_BYTES)
    head = buffered.peek(SNIFFED_BYTES)[:SNIFFED_BYTES]
    if not head:
        raise InvalidInput("empty-file", name=name)
    chosen = table_format or sniff_format(name, head)
    source = _source(buffered, head, chosen, needed)
    _check_columns(source.columns, needed)
    return source, chosen


def _source(
    stream: io.BufferedReader, head: bytes, table_format: TableFormat, needed: Sequence[str]
) -> Source:
    match table_format:
        case TableFormat.CSV:
            return Delimited(stream, sniff_encoding(head))
        case TableFormat.JSONL:
            return JsonLines(stream, needed)
        case TableFormat.PARQUET:
            return ParquetTable(_seekable(stream))
        case TableFormat.XLSX:
            return Sheet(_seekable(stream))


def _seekable(stream: io.BufferedReader) -> BinaryIO:
    """Return the stream, or a temporary copy of it where one cannot go back in it."""
    if stream.seekable():
        return stream
    copy = tempfile.SpooledTemporaryFile(SPOOL_BYTES)  # noqa: SIM115 - goes with the rows
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
