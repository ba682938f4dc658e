"""CSV, row by row, so that a broken row costs itself and nothing else.

The csv module alone would lose good rows: a quotation mark that never closes swallows everything
up to the next one. Here a record may span lines only while none of the following lines is a
complete row by itself.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from countermark.domain.errors import InvalidInput
from countermark.engines.tables.formats import LENIENT
from countermark.engines.tables.rows import (
    LONGEST_FIELD,
    LONGEST_RAW,
    Reject,
    Row,
    checked,
    row_of,
)

LONGEST_LINE = 1 << 20
LONGEST_BLOCK = LONGEST_LINE
"""Characters from which on a block of lines is long enough."""
MOST_LINES = 200
"""Most lines that one quoted value may span."""
DELIMITERS = ",\t;|"


class Delimited:
    """A delimited text file: ``columns`` at once, rows as they are asked for.

    Raises:
        InvalidInput: The line of column names cannot be read.
    """

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        text = io.TextIOWrapper(stream, encoding=encoding, errors=LENIENT, newline="")
        self.lines = Lines(text)
        header = self._first()
        self.delimiter = max(DELIMITERS, key=header.count)
        try:
            names = parse([header], self.delimiter) or [header]
        except csv.Error as error:
            raise InvalidInput("unreadable-file", format="csv", detail=str(error)) from error
        self.columns = tuple(name.strip() for name in names)

    def _first(self) -> str:
        """Return the first line that is not blank."""
        while line := self.lines.next():
            if line.strip():
                return line
        return ""

    def rows(self) -> Iterator[Row | Reject]:
        """Yield the rows and rejects after the header; blank lines are neither."""
        while line := self.lines.next():
            if line.strip():
                yield self.row(self.lines.number, line)

    def row(self, number: int, line: str) -> Row | Reject:
        """Return the row that begins with a line just read; it may read on."""
        raw = line.rstrip("\r\n")
        if len(line) >= LONGEST_LINE:
            self.lines.skip_rest(line)
            return Reject(number, "record-too-long", raw[:LONGEST_RAW], {"limit": LONGEST_LINE})
        if '"' not in raw:
            return row_of(number, self.columns, raw.split(self.delimiter), raw)
        damage = checked(Row(number, {"": raw}), raw)
        if isinstance(damage, Reject) and damage.reason != "field-too-long":
            return damage
        try:
            cells = parse([line], self.delimiter)
        except csv.Error as error:
            return quoting(number, raw, error)
        if cells is None:
            return self._spanning(number, line)
        return row_of(number, self.columns, cells, raw)

    def _spanning(self, number: int, line: str) -> Row | Reject:
        """Return the row of a value that goes on in the next lines, or reject this line alone."""
        lines = [line]
        while len(lines) < MOST_LINES and (following := self.lines.next()):
            lines.append(following)
            if len(following) >= LONGEST_LINE or self._complete(following):
                break
            if '"' not in following:
                continue
            try:
                cells = parse(lines, self.delimiter)
            except csv.Error:
                break
            if cells is not None and len(cells) == len(self.columns):
                return row_of(number, self.columns, cells, "".join(lines))
        self.lines.push_back(lines[1:])
        return Reject(number, "quotes", line[:LONGEST_RAW])

    def _complete(self, line: str) -> bool:
        """Tell whether a line is a row of its own and not the middle of a quoted value."""
        return '"' not in line and line.count(self.delimiter) + 1 == len(self.columns) > 2


class Lines:
    """Lines of a text with their numbers; lines can be put back, long ones are cut.

    ``block`` looks ahead: it returns many lines at once, which ``next`` returns again one by one
    from wherever ``seek`` goes in them. A block is done with before the next is asked for.
    """

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._waiting: list[str] = []
        self._block = io.StringIO()
        self._size = 0
        self._beyond = False
        self.number = 0

    def next(self) -> str:
        """Return the next line, or an empty string at the end."""
        line = self._waiting.pop() if self._waiting else self._read()
        self.number += bool(line)
        return line

    def _read(self) -> str:
        if line := self._block.readline(LONGEST_LINE):
            return line
        self._beyond = True
        return self._text.readline(LONGEST_LINE)

    def block(self, count: int) -> str:
        """Return about as many lines as are asked for, none at the end; ``next`` begins there.

        They are fewer where lines are so long that a block of them would take much memory.
        """
        lines, read = self._waiting[::-1], self._text.readline
        self._waiting.clear()
        room = LONGEST_BLOCK
        while len(lines) < count and room > 0 and (line := read(LONGEST_LINE)):
            lines.append(line)
            room -= len(line)
        text = "".join(lines)
        self._block = io.StringIO(text, newline="")
        self._size = len(text)
        self._beyond = False
        return text

    def seek(self, place: int) -> None:
        """Go to the beginning of a line of the block; ``number`` is set by the caller."""
        self._block.seek(place)

    def place(self) -> int:
        """Return where in the block the next line is; its size if that is beyond the block."""
        if self._beyond:
            return self._size
        place = self._block.tell() - sum(map(len, self._waiting))
        self._waiting.clear()
        return place

    def push_back(self, lines: list[str]) -> None:
        """Put lines back so that they are read again."""
        self._waiting.extend(reversed(lines))
        self.number -= len(lines)

    def skip_rest(self, line: str) -> None:
        """Read on to the end of a line of which only the beginning was read."""
        while line and not line.endswith(("\n", "\r")):
            line = self._read()


def parse(lines: list[str], delimiter: str) -> list[str] | None:
    """Return the cells of one record, or None if a quotation mark is still open.

    Raises:
        csv.Error: A quotation mark ends before its value does, or a value is far too long.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        return next(reader, [])
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            return None
        raise


def quoting(number: int, raw: str, error: csv.Error) -> Reject:
    """Return the reject for what the csv module refused."""
    if "field larger" in str(error):
        return Reject(number, "field-too-long", raw[:LONGEST_RAW], {"limit": LONGEST_FIELD})
    return Reject(number, "quotes", raw[:LONGEST_RAW])
