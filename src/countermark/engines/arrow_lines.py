"""Arrow record batches as columns of declaration lines, without a Python object for any row.

The lines and rejects are those of ``read_lines(batch_rows(...))``. That is also what reads rows in
which anything is odd: they are narrowed down by halving the batch.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.columns import (
    FIELDS,
    LINE_ID,
    LineColumns,
    columns_of,
    points_of,
)
from countermark.domain.matching.types import Line
from countermark.engines.marks import read_lines
from countermark.engines.tables import Reject
from countermark.engines.tables.parquet import batch_rows
from countermark.engines.tables.rows import LONGEST_FIELD, as_text

FEW_ROWS = 32
"""Rows that are read one by one where there is anything odd among them."""
MOST_BYTES = 1 << 22
"""Bytes of rows from which on they are taken in two parts."""
_BLANK, _LAST_ASCII = ord(" "), 126

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]


class ArrowLines(NamedTuple):
    """Lines of a record batch, the position of each in it, and rejects with their positions."""

    columns: LineColumns
    positions: Places
    rejects: tuple[tuple[int, Reject], ...] = ()


class _Odd(Exception):
    """Something in a batch must be looked at row by row."""


def arrow_lines(batch: Any, numbers: Places) -> Iterator[ArrowLines]:
    """Yield the lines and rejects of a record batch, in one part if all of it is regular.

    Args:
        batch: Rows with the columns of a table of declarations, of any type.
        numbers: The number of each row in its file.
    """
    parts = [(0, batch.num_rows)] if batch.num_rows else []
    while parts:
        start, count = parts.pop()
        rows = batch.slice(start, count)
        large = rows.nbytes > MOST_BYTES
        if not large or count <= FEW_ROWS:
            try:
                yield ArrowLines(_columns(rows), np.arange(start, start + count))
                continue
            except _Odd:
                pass
        if count <= FEW_ROWS:
            yield _by_row(rows, start, numbers[start : start + count])
        else:
            half = count // 2
            parts += [(start + half, count - half), (start, half)]


def _by_row(rows: Any, start: int, numbers: Places) -> ArrowLines:
    lines: list[Line] = []
    positions: list[int] = []
    rejects: list[tuple[int, Reject]] = []
    for at, item in enumerate(read_lines(batch_rows(rows, numbers.tolist())), start):
        if isinstance(item, Reject):
            rejects.append((at, item))
        else:
            lines.append(item)
            positions.append(at)
    return ArrowLines(columns_of(lines), np.array(positions, np.int64), tuple(rejects))


def _columns(rows: Any) -> LineColumns:
    """Return the columns of rows that are all regular lines.

    Raises:
        _Odd: They are not.
    """
    count = rows.num_rows
    starts = np.zeros((count, len(FIELDS)), np.int64)
    ends = np.zeros_like(starts)
    parts = [np.zeros(0, np.uint32)]
    size = 0
    for name, column in zip(rows.schema.names, rows.columns, strict=True):
        texts = _texts(column, wanted=name in FIELDS)
        if texts is None:
            continue
        points, places = _decoded(*texts)
        if name not in FIELDS:
            continue
        field = FIELDS.index(name)
        if field == LINE_ID and not _all_speak(points, places):
            raise _Odd
        starts[:, field], ends[:, field] = places[:-1] + size, places[1:] + size
        parts.append(points)
        size += len(points)
    return LineColumns(np.concatenate(parts), starts, ends)


def _texts(column: Any, *, wanted: bool) -> tuple[Bytes, Places] | None:
    """Return the UTF-8 of a column and where each text in it begins and the last one ends.

    None stands for a column of numbers or days, which is not wanted and cannot be wrong.
    """
    pa = import_module("pyarrow")
    types = pa.types
    if types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    if types.is_string(kind) or types.is_large_string(kind):
        column = column.cast(pa.large_string())
    elif not (types.is_primitive(kind) or types.is_decimal(kind) or types.is_null(kind)):
        raise _Odd
    elif not wanted:
        return None
    else:
        column = pa.array([as_text(value) for value in column.to_pylist()], pa.large_string())
    if column.null_count:
        column = column.fill_null("")
    _, places, data = column.buffers()
    starts = np.frombuffer(places, np.int64)[column.offset : column.offset + len(column) + 1]
    start, end = int(starts[0]), int(starts[-1])
    text = np.frombuffer(data, np.uint8)[start:end] if end > start else np.zeros(0, np.uint8)
    return text, starts - start


def _decoded(text: Bytes, places: Places) -> tuple[npt.NDArray[np.uint32], Places]:
    """Return UTF-8 as code points, and the places in them.

    Raises:
        _Odd: It is no valid text, has a NUL in it, or a text is too long.
    """
    if (text == 0).any() or (np.diff(places) > LONGEST_FIELD).any():
        raise _Odd
    try:
        points = points_of(text.tobytes().decode())
    except UnicodeDecodeError as error:
        raise _Odd from error
    if len(points) == len(text):
        return points, places
    begun = np.zeros(len(text) + 1, np.int64)
    np.cumsum((text & 0xC0) != 0x80, out=begun[1:])
    return points, begun[places]


def _all_speak(points: npt.NDArray[np.uint32], places: Places) -> bool:
    """Tell whether every text has a visible ASCII character."""
    seen = np.zeros(len(points) + 1, np.int64)
    np.cumsum((points > _BLANK) & (points <= _LAST_ASCII), out=seen[1:])
    return bool((np.diff(seen[places]) > 0).all())
