"""Tables of declaration lines as batches of columns, which is how the screener's core reads them.

The rows and rejects are those of ``read_lines(read_table(...))``, whatever the size of a batch.
A delimited text is scanned by the core as long as its records are regular; those that are not are
read one by one as everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from countermark.domain.matching.core.columns import (
    FIELDS,
    LineColumns,
    columns_of,
    points_of,
)
from countermark.domain.matching.core.records import Shape, scan_records
from countermark.domain.matching.types import Line
from countermark.engines.marks import line_of, read_lines
from countermark.engines.tables import Reject, Row, Table
from countermark.engines.tables.delimited import LONGEST_LINE, MOST_LINES, Delimited
from countermark.engines.tables.rows import LONGEST_FIELD

FIRST_BATCH = 500
"""Lines of the first batch; the next ones are twice as large, so that hits come early."""
BATCH_LINES = 16_000


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
    if isinstance(table.source, Delimited):
        yield from _delimited(table.source)
    else:
        yield from _by_row(table)


def batches_of(lines: Iterator[Line]) -> Iterator[Batch]:
    """Yield lines in batches."""
    for size in _sizes():
        batch = list(islice(lines, size))
        if not batch:
            return
        yield Batch(columns_of(batch))


def _sizes() -> Iterator[int]:
    size = FIRST_BATCH
    while True:
        yield min(size, BATCH_LINES)
        size = min(2 * size, BATCH_LINES)


def _by_row(table: Table) -> Iterator[Batch]:
    rows = read_lines(table)
    for size in _sizes():
        items = list(islice(rows, size))
        if not items:
            return
        lines = [item for item in items if isinstance(item, Line)]
        rejects = tuple(item for item in items if isinstance(item, Reject))
        yield Batch(columns_of(lines), rejects)


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
    starts = np.empty((size + MOST_LINES, len(FIELDS)), np.int64)
    ends = np.empty_like(starts)
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
