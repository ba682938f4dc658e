"""Parquet: batch by batch; a value that is not valid text costs its row only."""

from __future__ import annotations

from collections.abc import Iterator
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
        number = 0
        try:
            for batch in self._file.iter_batches(batch_size=BATCH_ROWS):
                columns = [self._values(column) for column in batch.columns]
                for cells in zip(*columns, strict=True):
                    number += 1
                    yield self._row(number, cells)
        except self._damage as error:
            raise InvalidInput("unreadable-file", format="parquet", detail=str(error)) from error

    def _values(self, column: Any) -> list[object]:
        """Return a column's values; text as bytes, because Parquet does not promise valid UTF-8."""
        pa = self._arrow
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            column = column.cast(pa.large_binary())
        values: list[object] = column.to_pylist()
        return values

    def _row(self, number: int, cells: tuple[object, ...]) -> Row | Reject:
        values = {}
        for name, cell in zip(self.columns, cells, strict=True):
            text = as_text(cell)
            if text is None:
                return Reject(number, "nested-value", repr(cells)[:LONGEST_RAW], {"field": name})
            values[name] = text
        return checked(Row(number, values), "\t".join(values.values())[:LONGEST_RAW])
