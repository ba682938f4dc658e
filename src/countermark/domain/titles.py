"""Which column of a table fills which field, told from the columns' titles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from countermark.domain.errors import InvalidInput
from countermark.domain.text.fold import folded_text
from countermark.domain.text.tokens import joined

FIXED: Final = "="
"""A mapping's value that begins with this sign holds for every row, as in ``=export``."""


def title_key(title: str) -> str:
    """Return a column title without case, width, Chinese script, spaces and punctuation."""
    return joined(folded_text(title))


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles that each field is known by.

    Attributes:
        aliases: Field to its titles beside the field's own name; of several columns that fit a
            field, the one whose title stands first is taken.
        required: Fields without which a table is of no use.
    """

    aliases: Mapping[str, Sequence[str]]
    required: Sequence[str]

    def guess(self, columns: Iterable[str]) -> dict[str, str]:
        """Return field to column, in the order of the fields; fields no title names are missing."""
        by_key: dict[str, str] = {}
        for column in columns:
            by_key.setdefault(title_key(column), column)
        found = {field: self._first(field, by_key) for field in self.aliases}
        return {field: column for field, column in found.items() if column is not None}

    def settle(
        self, columns: Sequence[str], given: Mapping[str, str] | None = None
    ) -> dict[str, str]:
        """Return field to column: what is given, and for the rest what the titles tell.

        Args:
            columns: The titles of the table's columns.
            given: Field to column, or to ``=value``; an empty text leaves a field out.

        Raises:
            InvalidInput: ``fields-unknown``, ``columns-unknown`` or ``columns-missing``; the
                parameter ``fields`` or ``columns`` names them.
        """
        mapping = self.guess(columns) | dict(given or {})
        mapping = {field: column for field, column in mapping.items() if column}
        if unknown := [field for field in mapping if field not in self.aliases]:
            raise InvalidInput("fields-unknown", field="mapping", fields=unknown)
        absent = [c for c in mapping.values() if not c.startswith(FIXED) and c not in columns]
        if absent:
            raise InvalidInput("columns-unknown", field="mapping", columns=absent)
        if missing := [field for field in self.required if field not in mapping]:
            raise InvalidInput("columns-missing", field="mapping", fields=missing)
        return mapping

    def _first(self, field: str, by_key: Mapping[str, str]) -> str | None:
        titles = (field.replace("_", " "), *self.aliases[field])
        return next((by_key[key] for key in map(title_key, titles) if key in by_key), None)


def cell_of(cells: Mapping[str, str], mapping: Mapping[str, str], field: str) -> str:
    """Return what a row says about a field, without blanks around it; empty if it says nothing."""
    column = mapping.get(field, "")
    if column.startswith(FIXED):
        return column[len(FIXED) :].strip()
    return cells.get(column, "").strip() if column else ""
