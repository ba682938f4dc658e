"""From pasted text or a file's rows to a sheet: which cell stands where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from countermark.domain.errors import InvalidInput
from countermark.domain.goods_sheet.columns import FIELDS, TITLES

MOST_ROWS: Final = 20_000
# A quoted cell holds no tab: a mark of inches that opens a cell would swallow the rows after it.
_CELL: Final = re.compile(r'"((?:[^"\t]|""){0,20000})"(?=[\t\n]|\Z)|([^\t\n]*)')
_ENDS: Final = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: the line it begins on (the first is 1) and its cells in order."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows and where their fields stand.

    Attributes:
        columns: The title of each column; the fields' own names where the sheet has no titles.
        places: Field to the position of its cell.
        rows: The rows below the titles that are not empty.
        unread: Titles of columns that no field is told by.
    """

    columns: tuple[str, ...]
    places: Mapping[str, int]
    rows: tuple[SheetRow, ...]
    unread: tuple[str, ...]


def paste_read(text: str) -> Sheet:
    """Return what was copied from a spreadsheet: cells apart by tabs, rows by line ends.

    Raises:
        InvalidInput: As by ``sheet_of``.
    """
    return sheet_of(_records(_ENDS.sub("\n", text)))


def sheet_of(rows: Iterable[SheetRow]) -> Sheet:
    """Return rows as a sheet; the first holds titles if those needed or half its cells are known.

    Raises:
        InvalidInput: ``file-empty``, ``too-many-rows``, or ``columns-missing`` where there are
            titles and a column that every line needs is not among them.
    """
    filled = []
    for row in rows:
        if any(cell.strip() for cell in row.cells):
            filled.append(row)
        if len(filled) > MOST_ROWS + 1:
            raise InvalidInput("too-many-rows", field="file", limit=MOST_ROWS)
    if not filled:
        raise InvalidInput("file-empty", field="file")
    columns = tuple(cell.strip() for cell in filled[0].cells)
    if not _are_titles(columns):
        width = max(len(FIELDS), *(len(row.cells) for row in filled))
        names = (*FIELDS, *("" for _ in range(width - len(FIELDS))))
        return Sheet(names, {field: at for at, field in enumerate(FIELDS)}, tuple(filled), ())
    mapping = TITLES.settle([column for column in columns if column])
    places = {field: columns.index(column) for field, column in mapping.items()}
    unread = tuple(c for at, c in enumerate(columns) if c and at not in places.values())
    return Sheet(columns, places, tuple(filled[1:]), unread)


def _are_titles(cells: Sequence[str]) -> bool:
    said = [cell for cell in cells if cell]
    if TITLES.guess(said).keys() >= set(TITLES.required):
        return True
    known = [cell for cell in said if TITLES.guess([cell])]
    return len(known) * 2 >= len(said)


def _records(text: str) -> Iterator[SheetRow]:
    at, line = 0, 1
    while at < len(text):
        began, cells = line, []
        while True:
            match = _CELL.match(text, at)
            assert match is not None  # noqa: S101 - the second half matches everywhere
            quoted, bare = match.groups()
            cells.append(bare if quoted is None else quoted.replace('""', '"'))
            line += match.group().count("\n")
            at = match.end() + 1
            if text[match.end() : at] != "\t":
                break
        line += 1
        yield SheetRow(began, tuple(cells))
