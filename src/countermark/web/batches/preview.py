"""A declaration file before it is taken in: its columns, what they seem to hold, its first rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

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
        table = read_table(stream, name=kept.filename)
        rows = list(islice((row for row in table if isinstance(row, Row)), SAMPLES))
        columns = list(table.columns)
    samples = [[row.values.get(column, "") for column in columns] for row in rows]
    return Preview(columns, mapping_guess(columns), samples)
