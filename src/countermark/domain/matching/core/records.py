"""Records of a delimited text, found in code points: what is regular, and where it is not.

The rules are those of Python's csv module in strict mode for records on one line. At anything else
(an open quotation mark, a wrong number of cells, damage) the scan stops and leaves that record to
its caller, who knows what to do about it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.columns import LINE_ID
from countermark.domain.matching.core.jit import lean

Points = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]

_QUOTE: Final = ord('"')
_NEWLINE: Final = ord("\n")
_RETURN: Final = ord("\r")
_LINE_ENDS: Final = (_NEWLINE, _RETURN)
_BLANK: Final = ord(" ")
_LAST_ASCII: Final = 126
_SURROGATES: Final = (0xD800, 0xDFFF)
_ODD: Final = -1


class Shape(NamedTuple):
    """What a regular record looks like.

    Attributes:
        delimiter: Code point between cells.
        fields: For each cell the field of ``columns.FIELDS`` it is, or -1.
        longest_cell: Longest cell in characters.
        longest: From how many characters on a record is too long.
    """

    delimiter: int
    fields: npt.NDArray[np.int64]
    longest_cell: int
    longest: int


@lean
def scan_records(
    points: Points, at: int, shape: Shape, row: int, starts: Places, ends: Places
) -> tuple[int, int, int]:
    """Find regular records and write where their cells are.

    A doubled quotation mark within a cell becomes one, for which ``points`` are changed in place.

    Args:
        points: Code points of a text that ends with the end of a line.
        at: Where to begin: at the beginning of a line.
        shape: What a regular record looks like.
        row: Row of ``starts`` and ``ends`` to begin with.
        starts: Where cells begin, a row for each record.
        ends: Where cells end.

    Returns:
        The end of the last regular record, the row after it, and the number of lines passed.
        If the end is not that of the text, what follows is irregular.
    """
    lines = 0
    while at < points.size:
        if points[at] in _LINE_ENDS:
            at = _after_line(points, at)
        else:
            end = _record(points, at, shape, starts[row], ends[row])
            if end == _ODD:
                break
            at = end
            row += 1
        lines += 1
    return at, row, lines


@lean
def _record(points: Points, at: int, shape: Shape, starts: Places, ends: Places) -> int:
    """Read one record and return where the next line begins, or ``_ODD``."""
    first = at
    for cell in range(shape.fields.size):
        if at < points.size and points[at] == _QUOTE:
            start = at + 1
            end, at = _quoted(points, start)
        else:
            start = at
            end = at = _plain(points, at, shape.delimiter)
        if at == _ODD or end - start > shape.longest_cell:
            return _ODD
        field = shape.fields[cell]
        if field >= 0:
            starts[field] = start
            ends[field] = end
        if cell + 1 < shape.fields.size:
            if at >= points.size or points[at] != shape.delimiter:
                return _ODD
            at += 1
    if at < points.size and points[at] not in _LINE_ENDS:
        return _ODD
    if at - first >= shape.longest or not _speaks(points, starts[LINE_ID], ends[LINE_ID]):
        return _ODD
    return _after_line(points, at)


@lean
def _plain(points: Points, at: int, delimiter: int) -> int:
    """Return the end of a cell without quotation marks around it."""
    while at < points.size:
        point = points[at]
        if point == delimiter or point in _LINE_ENDS:
            return at
        if point == 0 or _is_surrogate(point):
            return _ODD
        at += 1
    return at


@lean
def _quoted(points: Points, at: int) -> tuple[int, int]:
    """Undouble quotation marks; return the end of what is inside and what comes after the cell."""
    end = at
    while at < points.size:
        point = points[at]
        if point == _QUOTE:
            at += 1
            if at == points.size or points[at] != _QUOTE:
                return end, at
        elif point in _LINE_ENDS or point == 0 or _is_surrogate(point):
            break
        points[end] = point
        end += 1
        at += 1
    return _ODD, _ODD


@lean
def _is_surrogate(point: int) -> bool:
    return _SURROGATES[0] <= point <= _SURROGATES[1]


@lean
def _speaks(points: Points, start: int, end: int) -> bool:
    """Tell whether a cell has a visible ASCII character."""
    for at in range(start, end):
        if _BLANK < points[at] <= _LAST_ASCII:
            return True
    return False


@lean
def _after_line(points: Points, at: int) -> int:
    """Return the beginning of the line after the line end at a place."""
    if at < points.size and points[at] == _RETURN:
        at += 1
        if at < points.size and points[at] == _NEWLINE:
            at += 1
        return at
    return min(at + 1, points.size)
