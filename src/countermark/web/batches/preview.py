"""A declaration file before it is taken in: its columns, what they seem to hold, its first rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from countermark.apps.intake.services import mapping_guess
from countermark.engines.tables import Row, read_table
from countermark.web.uploads import Stash

SAMPLES = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """The columns of a file, the field that each seems to fill, and its first good rows."""

    columns: Sequence[str]
    guess: Mapping[str, str]
    samples: list[list[str]]


def preview(kept: Stash) -> Preview:
    """Read the beginning of a file.

    Raises:
        InvalidInput: The file is empty or cannot be read at all.
    """
    with kept.open() as stream:
        columns, rows = _head(stream, kept.filename)
    samples = [[row.values.get(column, "") for column in columns] for row in rows]
    return Preview(columns, mapping_guess(columns), samples)


def _head(stream: BinaryIO, name: str) -> tuple[list[str], list[Row]]:
    """Return the columns and first good rows; the table lets go of the stream on return."""
    table = read_table(stream, name=name)
    rows = list(islice((row for row in table if isinstance(row, Row)), SAMPLES))
    return list(table.columns), rows
