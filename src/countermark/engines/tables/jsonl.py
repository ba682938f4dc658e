"""JSON lines: one object a line; numbers keep the digits they were written with."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

from countermark.engines.tables.formats import LENIENT
from countermark.engines.tables.rows import (
    LONGEST_FIELD,
    LONGEST_RAW,
    Reject,
    Row,
    as_text,
    checked,
)

LONGEST_LINE = 1 << 22
"""Longest line in bytes; the rest of a longer one is skipped."""

MOST_BAD_AT_START = 100_000
"""Bad lines before the first good one that are kept waiting for it."""

# Digits stay as written: 0.10 is not 0.1 and a code of 20 digits is not a float.
_decoded = json.JSONDecoder(parse_int=str, parse_float=str).decode
_DAMAGE = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
"""Escapes of what a value may not contain."""
_TEXTS = {str, type(None)}


class JsonLines:
    """A file of JSON objects in UTF-8; ``columns`` are the names in the first good object."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lines = self._numbered()
        self._waiting: list[Row | Reject] = []
        self.columns: tuple[str, ...] = ()
        for line in self._lines:
            row = _row(line)
            if row is None:
                continue
            self._waiting.append(row)
            if isinstance(row, Row):
                self.columns = tuple(row.values)
            if self.columns or len(self._waiting) >= MOST_BAD_AT_START:
                break

    def rows(self) -> Iterator[Row | Reject]:
        """Yield the rows and rejects in order; blank lines are neither.

        A value that a later object does not name is empty.
        """
        for row in chain(self._waiting, map(_row, self._lines)):
            if row is not None:
                yield self._filled(row)

    def plain_rows(self, field: str) -> Iterator[dict[str, str | None] | Row | Reject]:
        """Yield what ``rows`` yields, but a plain row as the values that it names, or null.

        A row is plain where nothing in it needs a check and it has a value for ``field``. They
        come three times as fast.
        """
        yield from map(self._filled, self._waiting)
        for line in self._lines:
            plain = None if isinstance(line, Reject) else _plain(line[1])
            if plain and (plain.get(field) or "").strip():
                yield plain
            elif (row := _row(line)) is not None:
                yield self._filled(row)

    def _filled(self, row: Row | Reject) -> Row | Reject:
        if isinstance(row, Reject):
            return row
        return Row(row.number, dict.fromkeys(self.columns, "") | row.values)

    def _numbered(self) -> Iterator[tuple[int, bytes] | Reject]:
        number = 0
        while line := self._stream.readline(LONGEST_LINE):
            number += 1
            if len(line) >= LONGEST_LINE:
                self._skip_rest(line)
                raw = line[:LONGEST_RAW].decode("utf-8", LENIENT)
                yield Reject(number, "record-too-long", raw, {"limit": LONGEST_LINE})
            else:
                yield number, line

    def _skip_rest(self, line: bytes) -> None:
        while line and not line.endswith(b"\n"):
            line = self._stream.readline(LONGEST_LINE)


def _row(line: tuple[int, bytes] | Reject) -> Row | Reject | None:
    """Return the row of a line, or why it is none; None where the line is blank."""
    if isinstance(line, Reject):
        return line
    text = line[1].removeprefix(codecs.BOM_UTF8).decode("utf-8", LENIENT).strip()
    return parse(line[0], text) if text else None


def _plain(line: bytes) -> dict[str, str | None] | None:
    """Return the values of a line that has nothing odd about it."""
    if len(line) > LONGEST_FIELD or _DAMAGE.search(line):
        return None
    try:
        value: Any = _decoded(line.decode())
    except (ValueError, RecursionError):
        return None
    if type(value) is dict and _TEXTS.issuperset(map(type, value.values())):
        return value
    return None


def parse(number: int, text: str) -> Row | Reject:
    """Return the row of one line of JSON, or why it is none."""
    raw = text[:LONGEST_RAW]
    try:
        value: Any = _decoded(text)
    except (ValueError, RecursionError):
        damaged = checked(Row(number, {"": raw}), raw)
        return damaged if isinstance(damaged, Reject) else Reject(number, "not-json", raw)
    if not isinstance(value, dict):
        return Reject(number, "not-an-object", raw)
    values = {}
    for name, cell in value.items():
        as_written = as_text(cell)
        if as_written is None:
            return Reject(number, "nested-value", raw, {"field": name})
        values[name] = as_written
    return checked(Row(number, values), raw)
