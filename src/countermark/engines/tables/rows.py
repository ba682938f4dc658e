"""Rows and rejects, and the checks that every value passes whatever file it came from."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

LONGEST_FIELD = 32_767
"""Longest value in characters; it is the limit of a spreadsheet cell."""

REASONS = {
    "column-count": "The row has {found} columns, not {expected}.",
    "duplicate-id": "The id {value} occurs a second time.",
    "encoding": "The row is not valid text in the encoding of the file.",
    "field-too-long": "A value is longer than {limit} characters.",
    "missing-value": "The row has no {field}.",
    "invalid-value": "The value of {field} cannot be read.",
    "nested-value": "The value of {field} is not text, a number or a list of them.",
    "not-an-object": "The line is not a JSON object.",
    "not-json": "The line is not JSON.",
    "nul-character": "The row contains a NUL character.",
    "quotes": "The quotation marks of the row do not close, or do not end a value.",
    "record-too-long": "The row is longer than {limit} characters.",
}
"""Stable codes of the reasons why a row is rejected, with their English sentences."""

LONGEST_RAW = 2_000
_BROKEN = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One good row: its number in the file (a header is line 1) and its values by column name."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reject:
    """One bad row: its number, the code of the reason with parameters, and its beginning."""

    number: int
    reason: str
    raw: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """Return the reason as an English sentence."""
        return REASONS[self.reason].format(**self.params)


def row_of(number: int, columns: Sequence[str], cells: Sequence[str], raw: str) -> Row | Reject:
    """Return the row, or why it is none; cells beyond the columns are forgiven if empty."""
    if len(cells) != len(columns):
        surplus = cells[len(columns) :]
        if len(cells) < len(columns) or any(surplus):
            params = {"expected": len(columns), "found": len(cells)}
            return Reject(number, "column-count", raw[:LONGEST_RAW], params)
    return checked(Row(number, dict(zip(columns, cells, strict=False))), raw)


def checked(row: Row, raw: str) -> Row | Reject:
    """Return the row if all its values are clean text of bearable length, else the reject."""
    raw = raw[:LONGEST_RAW]
    for value in row.values.values():
        if "\0" in value:
            return Reject(row.number, "nul-character", raw)
        if _BROKEN.search(value):
            return Reject(row.number, "encoding", raw)
        if len(value) > LONGEST_FIELD:
            return Reject(row.number, "field-too-long", raw, {"limit": LONGEST_FIELD})
    return row


def as_text(value: object) -> str | None:
    """Return a cell's value as text, or None for what has no plain text (a nested value).

    Whole numbers lose the ".0" that spreadsheets add; dates are written as ISO 8601; a list of
    plain values is joined by ";".
    """
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return _joined(value)
    if isinstance(value, (dict, tuple, set)):
        return None
    return _plain(value)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else str(value)


def _joined(values: list[object]) -> str | None:
    parts = [None if isinstance(value, list) else as_text(value) for value in values]
    return None if None in parts else ";".join(part or "" for part in parts)
