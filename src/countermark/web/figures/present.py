"""Joint figures arranged as the page shows them: parties side by side, parts under their total."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode

from countermark.apps.accounts.selectors import administration_list
from countermark.domain.measures import (
    DIMENSIONS,
    JOINT_RULE,
    MEASURES,
    PARTS,
    SCOPES,
    SELECTIONS,
    Breakdown,
    Tally,
)
from countermark.domain.measures.sheet import NOT_SHOWN, NOT_STATED
from countermark.web.svg import share_bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from countermark.apps.accounts.models import Officer
    from countermark.domain.measures import Definition, JointFigures, PartySheet

LAST = (NOT_SHOWN, NOT_STATED)
KINDS = {"transport-mode": "transport", "destination": "territory"}
"""Dimensions whose codes are labelled under another name."""


@dataclass(frozen=True, slots=True)
class Side:
    """A party as the page names and colours it; the colour is the same on every node."""

    code: str
    name: str
    short: str
    style: str


@dataclass(frozen=True, slots=True)
class Party:
    """One party's side of the page; ``sheet`` is None where it has stated nothing yet."""

    side: Side
    sheet: PartySheet | None


@dataclass(frozen=True, slots=True)
class Row:
    """One part of a breakdown: a tally per party, in their order, and the bar of its articles."""

    code: str
    by_side: tuple[tuple[Side, Tally], ...]
    bar: SafeString

    @property
    def definition(self) -> Definition | None:
        """The rule of a row that is no code of its dimension, such as "not shown"."""
        return PARTS.get(self.code)


@dataclass(frozen=True, slots=True)
class Table:
    """A breakdown of every party that stated it, with the totals that its rows add up to."""

    definition: Definition
    by_side: tuple[tuple[Side, Tally], ...]
    rows: tuple[Row, ...]
    silent: tuple[Side, ...]

    @property
    def sides(self) -> tuple[Side, ...]:
        """The parties that state the breakdown."""
        return tuple(side for side, _ in self.by_side)

    @property
    def kind(self) -> str:
        """The kind of label that the codes of the rows have."""
        return KINDS.get(self.definition.code, self.definition.code)


def sides_of(codes: Sequence[str]) -> tuple[Side, ...]:
    """Return the parties with these codes in the order of their codes, named for the reader."""
    known = {each.code: each for each in administration_list()}
    return tuple(
        Side(
            code,
            known[code].name if code in known else code,
            known[code].short if code in known else code,
            f"side{place}",
        )
        for place, code in enumerate(sorted(set(codes)), start=1)
    )


def parties_of(joint: JointFigures) -> tuple[Party, ...]:
    """Return every party of the figures, those that have stated nothing yet among them."""
    codes = [sheet.administration for sheet in joint.parties]
    return tuple(Party(side, joint.party(side.code)) for side in sides_of([*codes, *joint.missing]))


def tables_of(parties: Sequence[Party]) -> tuple[Table, ...]:
    """Return one table for each dimension along which any party splits its total."""
    tables = (_table(dimension, parties) for dimension in DIMENSIONS)
    return tuple(table for table in tables if table.rows)


def _table(dimension: str, parties: Sequence[Party]) -> Table:
    stated = [
        (party.side, party.sheet.sheet.breakdown(dimension), party.sheet.sheet.total)
        for party in parties
        if party.sheet and party.sheet.sheet.breakdown(dimension).parts
    ]
    sides = tuple(side for side, _, _ in stated)
    silent = tuple(party.side for party in parties if party.sheet and party.side not in sides)
    rows = _rows(sides, [each for _, each, _ in stated])
    totals = tuple((side, total) for side, _, total in stated)
    return Table(DIMENSIONS[dimension], totals, rows, silent)


def _rows(sides: tuple[Side, ...], breakdowns: list[Breakdown]) -> tuple[Row, ...]:
    codes = dict.fromkeys(part.code for breakdown in breakdowns for part in breakdown.parts)
    cells = {code: tuple(breakdown.part(code) for breakdown in breakdowns) for code in codes}
    items = {code: sum((each.items for each in cells[code]), Decimal(0)) for code in codes}
    widest = max(items.values(), default=Decimal(0))
    ordered = sorted(codes, key=lambda code: (code in LAST, -items[code]))
    return tuple(
        _row(code, tuple(zip(sides, cells[code], strict=True)), widest) for code in ordered
    )


def _row(code: str, cells: tuple[tuple[Side, Tally], ...], widest: Decimal) -> Row:
    bar = share_bar(((side.style, cell.items) for side, cell in cells), widest, height=14)
    return Row(code, cells, bar)


def page_of(joint: JointFigures, officer: Officer) -> dict[str, object]:
    """Return what the page of some figures shows."""
    parties = parties_of(joint)
    return {
        "joint": joint,
        "scope": SCOPES[joint.scope.kind],
        "parties": parties,
        "tables": tables_of(parties),
        "measures": [*MEASURES.values()],
        "selections": [each for each in SELECTIONS.values() if each.code != "all"],
        "joint_rule": JOINT_RULE,
        "parts": [*PARTS.values()],
        "converted": any(head.converted for party in joint.parties for head in party.headlines),
        "reconstructed": any(party.reconstructed for party in joint.parties),
        "cases_address": _cases_address(joint) if officer.may("cases.read") else "",
        "traces": officer.may("exchange.read"),
    }


def _cases_address(joint: JointFigures) -> str:
    """Return the list of our own cases behind the figures, as far as the reader may open them."""
    scope = joint.scope
    asked = {"state": "all", "opened_from": str(scope.first), "opened_to": str(scope.last)}
    if scope.kind == "operation":
        asked = {"state": "all", "operation": scope.subject}
    return f"{reverse('cases:list')}?{urlencode(asked)}"
