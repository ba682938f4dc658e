"""How the ``rights`` command shows what it read: for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from countermark.apps.register.entries import Entry
    from countermark.apps.register.plan import ImportPreview

LETTERS = ("email", "phone", "address")
"""Where a holder's letters go; two publications of one right may differ in it."""


def preview_lines(preview: ImportPreview) -> Iterator[str]:
    """Yield one tab-separated line a row: line, status, number, mark, differences or problems."""
    for row in preview.rows:
        details = [f"{d.field}: {d.before!r} -> {d.after!r}" for d in row.differences]
        details += [f"{p.field}: {p.reason}" for p in row.problems]
        said = (str(row.line), row.status.value, row.registration_number, row.label)
        yield "\t".join((*said, "; ".join(details))).rstrip("\t")


def preview_json(preview: ImportPreview) -> Iterator[dict[str, object]]:
    """Yield one object a row: the right as it was read, and what became of it."""
    for row in preview.rows:
        yield {
            "line": row.line,
            "status": row.status.value,
            "differences": [asdict(difference) for difference in row.differences],
            "problems": [asdict(problem) for problem in row.problems],
            "right": _right(row.entry) if row.entry else {},
            "letters_to": _letters(row.entry) if row.entry else {},
            "cells": row.cells,
        }


def counts_line(preview: ImportPreview) -> str:
    """Return how many rows are what."""
    counts = f"{preview.new} new, {preview.changed} changed, {preview.unchanged} unchanged"
    return f"{counts}, {preview.rejected} rejected"


def _right(entry: Entry) -> dict[str, object]:
    right = {name: _plain(value) for name, value in asdict(entry.right).items()}
    holder = asdict(entry.holder)
    recordation = entry.recordation
    return right | {
        "holder": {name: text for name, text in holder.items() if name not in LETTERS},
        "representative": asdict(entry.contact) if entry.contact else {},
        "recordation": {
            "number": recordation.number,
            "recorded_on": _plain(recordation.recorded_on),
            "expires_on": _plain(recordation.expires_on),
        }
        if recordation
        else {},
        "authorised_parties": [party.name for party in entry.parties],
    }


def _letters(entry: Entry) -> dict[str, str]:
    return {name: getattr(entry.holder, name) for name in LETTERS}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
