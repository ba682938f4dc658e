"""JSON lines: one object a line; numbers keep the digits they were written with."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from countermark.engines.tables.formats import LENIENT
from countermark.engines.tables.rows import LONGEST_RAW, Reject, Row, as_text, checked

LONGEST_LINE = 1 << 22
"""Longest line in bytes; the rest of a longer one is skipped."""

MOST_BAD_AT_START = 100_000
"""Bad lines before the first good one that are kept waiting for it."""


class JsonLines:
    """A file of JSON objects in UTF-8; ``columns`` are the names in the first good object."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._rows = self._parsed()
        self._waiting: list[Row | Reject] = []
        self.columns: tuple[str, ...] = ()
        for row in self._rows:
            self._waiting.append(row)
            if isinstance(row, Row):
                self.columns = tuple(row.values)
            if self.columns or len(self._waiting) >= MOST_BAD_AT_START:
                break

    def rows(self) -> Iterator[Row | Reject]:
        """Yield the rows and rejects in order; blank lines are neither.

        A value that a later object does not name is empty.
        """
        for row in chain(self._waiting, self._rows):
            if isinstance(row, Row):
                yield Row(row.number, dict.fromkeys(self.columns, "") | row.values)
            else:
                yield row

    def _parsed(self) -> Iterator[Row | Reject]:
        number = 0
        while line := self._stream.readline(LONGEST_LINE):
            number += 1
            if len(line) >= LONGEST_LINE:
                self._skip_rest(line)
                raw = line[:LONGEST_RAW].decode("utf-8", LENIENT)
                yield Reject(number, "record-too-long", raw, {"limit": LONGEST_LINE})
                continue
            text = line.removeprefix(codecs.BOM_UTF8).decode("utf-8", LENIENT).strip()
            if text:
                yield parse(number, text)

    def _skip_rest(self, line: bytes) -> None:
        while line and not line.endswith(b"\n"):
            line = self._stream.readline(LONGEST_LINE)


def parse(number: int, text: str) -> Row | Reject:
    """Return the row of one line of JSON, or why it is none."""
    raw = text[:LONGEST_RAW]
    try:
        # Digits stay as written: 0.10 is not 0.1 and a code of 20 digits is not a float.
        value = json.loads(text, parse_int=str, parse_float=str)
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
