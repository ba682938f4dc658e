"""Rows of a register and of declarations as the screener's marks and lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from countermark.domain.matching.types import Line, RecordedMark
from countermark.engines.tables import Reject, Row

REGISTER_COLUMNS = (
    "right_id",
    "kind",
    "word",
    "word_zh_hans",
    "word_zh_hant",
    "nice_classes",
    "holder",
    "authorised_parties",
)
LINE_COLUMNS = (
    "line_id",
    "goods_description",
    "declared_brand",
    "hs_code",
    "quantity",
    "unit",
    "origin",
    "consignor",
    "consignee",
)
NEEDED_REGISTER_COLUMNS = tuple(name for name in REGISTER_COLUMNS if name != "kind")
NEEDED_LINE_COLUMNS = tuple(
    name for name in LINE_COLUMNS if name not in {"quantity", "unit", "origin"}
)
"""Columns that screening reads; the others may be missing."""

_WORDS = ("word", "word_zh_hans", "word_zh_hant")


def read_marks(rows: Iterable[Row | Reject]) -> Iterator[RecordedMark | Reject]:
    """Yield the recorded mark of every row, or why there is none; a right occurs once."""
    seen: set[str] = set()
    for row in rows:
        mark = mark_of(row) if isinstance(row, Row) else row
        if isinstance(mark, RecordedMark) and mark.right_id in seen:
            raw = "\t".join(row.values.values()) if isinstance(row, Row) else ""
            yield Reject(row.number, "duplicate-id", raw, {"value": mark.right_id})
            continue
        if isinstance(mark, RecordedMark):
            seen.add(mark.right_id)
        yield mark


def mark_of(row: Row) -> RecordedMark | Reject:
    """Return the recorded mark of a row of the register."""
    values = row.values
    raw = "\t".join(values.values())
    if not values["right_id"].strip():
        return Reject(row.number, "missing-value", raw, {"field": "right_id"})
    if not any(values[name].strip() for name in _WORDS):
        return Reject(row.number, "missing-value", raw, {"field": "word"})
    classes = re.split(r"[\s,;]+", values["nice_classes"].strip())
    if not all(number == "" or number.isdecimal() for number in classes):
        return Reject(row.number, "invalid-value", raw, {"field": "nice_classes"})
    return RecordedMark(
        right_id=values["right_id"].strip(),
        kind=values.get("kind", "").strip() or "trade-mark",
        word=values["word"].strip(),
        word_zh_hans=values["word_zh_hans"].strip(),
        word_zh_hant=values["word_zh_hant"].strip(),
        nice_classes=tuple(int(number) for number in classes if number),
        holder=values["holder"].strip(),
        authorised_parties=tuple(
            party.strip() for party in values["authorised_parties"].split(";") if party.strip()
        ),
    )


def read_lines(rows: Iterable[Row | Reject]) -> Iterator[Line | Reject]:
    """Yield the declaration line of every row, or why there is none."""
    for row in rows:
        yield line_of(row) if isinstance(row, Row) else row


def line_of(row: Row) -> Line | Reject:
    """Return the declaration line of a row; its values are kept as written."""
    if not row.values["line_id"].strip():
        raw = "\t".join(row.values.values())
        return Reject(row.number, "missing-value", raw, {"field": "line_id"})
    return Line(**{name: row.values.get(name, "") for name in LINE_COLUMNS})
