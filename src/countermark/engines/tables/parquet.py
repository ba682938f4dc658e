"""Parquet: batch by batch; a value that is not valid text costs its row only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, BinaryIO

from countermark.domain.errors import InvalidInput
from countermark.engines.tables.rows import LONGEST_RAW, Reject, Row, as_text, checked

BATCH_ROWS = 2_000


class ParquetTable:
    """A Parquet file; ``columns`` are the names in its schema. Rows are numbered from 1."""

    def __init__(self, stream: BinaryIO) -> None:
        # Loaded when needed: it takes longer than to screen a small file.
        self._arrow = import_module("pyarrow")
        self._damage = (self._arrow.lib.ArrowException, OSError)
        try:
            self._file = import_module("pyarrow.parquet").ParquetFile(stream)
        except self._damage as error:
            raise InvalidInput("unreadable-file", format="parquet", detail=str(error)) from error
        self.columns = tuple(self._file.schema_arrow.names)
        self.row_count = int(self._file.metadata.num_rows)

    def rows(self) -> Iterator[Row | Reject]:
        """Yield the rows and rejects.

        Raises:
            InvalidInput: A part of the file turns out to be damaged.
        """
        number = 1
        for batch in self.batches(BATCH_ROWS):
            yield from batch_rows(batch, range(number, number + batch.num_rows))
            number += batch.num_rows

    def batches(self, size: int) -> Iterator[Any]:
        """Yield the rows as Arrow record batches of at most so many.

        Raises:
            InvalidInput: A part of the file turns out to be damaged.
        """
        try:
            yield from self._file.iter_batches(batch_size=size)
        except self._damage as error:
            raise InvalidInput("unreadable-file", format="parquet", detail=str(error)) from error


def batch_rows(batch: Any, numbers: Iterable[int]) -> Iterator[Row | Reject]:
    """Yield the rows and rejects of an Arrow record batch.

    Args:
        batch: Columns of any type.
        numbers: The number of each row in its file.
    """
    columns = [_values(column) for column in batch.columns]
    names = tuple(batch.schema.names)
    for number, cells in zip(numbers, zip(*columns, strict=True), strict=True):
        yield _row(number, names, cells)


def _values(column: Any) -> list[object]:
    """Return a column's values; text as bytes, because Parquet does not promise valid UTF-8."""
    pa = import_module("pyarrow")
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = column.cast(pa.large_binary())
    values: list[object] = column.to_pylist()
    return values


def _row(number: int, names: tuple[str, ...], cells: tuple[object, ...]) -> Row | Reject:
    values = {}
    for name, cell in zip(names, cells, strict=True):
        text = as_text(cell)
        if text is None:
            return Reject(number, "nested-value", repr(cells)[:LONGEST_RAW], {"field": name})
        values[name] = text
    return checked(Row(number, values), "\t".join(values.values())[:LONGEST_RAW])
