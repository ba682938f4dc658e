"""Tables of declaration lines as batches of columns, which is how the screener's core reads them.

The rows and rejects are those of ``read_lines(read_table(...))``, whatever the size of a batch.
A delimited text is scanned by the core as long as its records are regular, and Parquet is read
without a Python object for any row; rows that are odd are read one by one as everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import TypeAlias

import numpy as np

from countermark.domain.matching.core.columns import (
    FIELDS,
    LINE_ID,
    LineColumns,
    columns_of,
    packed_columns,
    points_of,
)
from countermark.domain.matching.core.records import Shape, scan_records
from countermark.domain.matching.types import Line
from countermark.engines.arrow_lines import arrow_lines
from countermark.engines.marks import line_of
from countermark.engines.tables import Reject, Row, Table
from countermark.engines.tables.delimited import (
    LONGEST_BLOCK,
    LONGEST_LINE,
    MOST_LINES,
    Delimited,
)
from countermark.engines.tables.jsonl import JsonLines
from countermark.engines.tables.parquet import ParquetTable
from countermark.engines.tables.rows import LONGEST_FIELD

FIRST_BATCH = 500
"""Lines of the first batch; the next ones are twice as large, so that hits come early."""
BATCH_LINES = 4_000

Texts: TypeAlias = tuple[str, ...]
"""The texts of one line, in order of FIELDS."""
_TEXTS: Callable[[Line], Texts] = attrgetter(*FIELDS)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some lines of a table in order, and the rejects among them."""

    columns: LineColumns
    rejects: tuple[Reject, ...] = ()

    @property
    def lines(self) -> int:
        """Return the number of lines."""
        return len(self.columns.starts)


def read_batches(table: Table) -> Iterator[Batch]:
    """Yield the lines of a table, batch by batch, each larger than the one before up to a limit."""
    match table.source:
        case Delimited():
            yield from _delimited(table.source)
        case JsonLines():
            yield from _packed(map(_of_json, table.source.plain_rows(FIELDS[LINE_ID])))
        case ParquetTable():
            yield from _of_parquet(table.source)
        case _:
            yield from _packed(map(_of_row, table))


def batches_of(lines: Iterable[Line]) -> Iterator[Batch]:
    """Yield lines in batches."""
    yield from _packed(map(_TEXTS, lines))


def compact(columns: LineColumns) -> LineColumns:
    """Return columns without what lies between their texts, where that is more than they are."""
    sizes = (columns.ends - columns.starts).reshape(-1)
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    if 2 * total >= len(columns.points):
        return columns
    starts = ends - sizes
    places = np.arange(total) + np.repeat(columns.starts.reshape(-1) - starts, sizes)
    shape = columns.starts.shape
    return LineColumns(columns.points[places], starts.reshape(shape), ends.reshape(shape))


def _sizes() -> Iterator[int]:
    size = FIRST_BATCH
    while True:
        yield min(size, BATCH_LINES)
        size = min(2 * size, BATCH_LINES)


def _packed(items: Iterable[Texts | Reject]) -> Iterator[Batch]:
    """Yield batches of lines from their texts, fewer in a batch where these are long."""
    stream = iter(items)
    for size in _sizes():
        texts: list[str] = []
        rejects: list[Reject] = []
        count, room = 0, LONGEST_BLOCK
        for item in islice(stream, size):
            if isinstance(item, Reject):
                rejects.append(item)
                continue
            texts += item
            count += 1
            room -= sum(map(len, item))
            if room <= 0:
                break
        if not count and not rejects:
            return
        yield Batch(packed_columns(texts, count), tuple(rejects))


def _of_row(row: Row | Reject) -> Texts | Reject:
    item = line_of(row) if isinstance(row, Row) else row
    return item if isinstance(item, Reject) else _TEXTS(item)


def _of_json(row: dict[str, str | None] | Row | Reject) -> Texts | Reject:
    if not isinstance(row, dict):
        return _of_row(row)
    text = row.get
    return tuple(text(name) or "" for name in FIELDS)


def _of_parquet(source: ParquetTable) -> Iterator[Batch]:
    number = 1
    for batch in source.batches(BATCH_LINES):
        numbers = np.arange(number, number + batch.num_rows)
        for part in arrow_lines(batch, numbers):
            yield Batch(part.columns, tuple(reject for _, reject in part.rejects))
        number += batch.num_rows


def _delimited(source: Delimited) -> Iterator[Batch]:
    names = [FIELDS.index(name) if name in FIELDS else -1 for name in source.columns]
    shape = Shape(ord(source.delimiter), np.array(names, np.int64), LONGEST_FIELD, LONGEST_LINE)
    for size in _sizes():
        text = source.lines.block(size)
        if not text:
            return
        yield _batch(source, shape, text, size)


def _batch(source: Delimited, shape: Shape, text: str, size: int) -> Batch:
    """Return the lines of a block: the regular ones as the core finds them, the others by row."""
    points = points_of(text)
    starts = np.zeros((size + MOST_LINES, len(FIELDS)), np.int64)
    ends = np.zeros_like(starts)
    rejects: list[Reject] = []
    odd: list[Line] = []
    at, row = 0, 0
    while at < len(text):
        at, row, lines = scan_records(points, at, shape, row, starts, ends)
        source.lines.number += lines
        source.lines.seek(at)
        if at == len(text):
            break
        item = _odd_row(source)
        if isinstance(item, Reject):
            rejects.append(item)
        elif item is not None:
            starts[row] = -1 - len(odd)
            odd.append(item)
            row += 1
        at = source.lines.place()
    columns = LineColumns(points, starts[:row], ends[:row])
    return Batch(_with_odd(columns, odd) if odd else columns, tuple(rejects))


def _odd_row(source: Delimited) -> Line | Reject | None:
    """Return the line or reject at the next place, or None where the row is blank."""
    line = source.lines.next()
    if not line.strip():
        return None
    row = source.row(source.lines.number, line)
    return line_of(row) if isinstance(row, Row) else row


def _with_odd(columns: LineColumns, odd: list[Line]) -> LineColumns:
    """Put lines that were read one by one in their places, which have negative numbers."""
    more = columns_of(odd)
    number = -1 - columns.starts[:, 0]
    at = np.flatnonzero(number >= 0)
    columns.starts[at] = more.starts[number[at]] + len(columns.points)
    columns.ends[at] = more.ends[number[at]] + len(columns.points)
    return columns._replace(points=np.concatenate([columns.points, more.points]))
