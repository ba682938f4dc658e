"""Joint figures arranged as the page shows them: parties side by side, parts under their total."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from countermark.apps.accounts.selectors import administration_list
from countermark.domain.measures import DIMENSIONS, Breakdown, Tally
from countermark.domain.measures.sheet import NOT_SHOWN, NOT_STATED
from countermark.web.svg import share_bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from countermark.domain.measures import Definition, JointFigures, PartySheet

LAST = (NOT_SHOWN, NOT_STATED)


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
    cells: tuple[Tally, ...]
    bar: SafeString


@dataclass(frozen=True, slots=True)
class Table:
    """A breakdown of every party that stated it, with the totals that its rows add up to."""

    definition: Definition
    sides: tuple[Side, ...]
    rows: tuple[Row, ...]
    totals: tuple[Tally, ...]
    silent: tuple[Side, ...]


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
    rows = _rows(sides, [breakdown for _, breakdown, _ in stated])
    return Table(DIMENSIONS[dimension], sides, rows, tuple(each for *_, each in stated), silent)


def _rows(sides: tuple[Side, ...], breakdowns: list[Breakdown]) -> tuple[Row, ...]:
    codes = dict.fromkeys(part.code for breakdown in breakdowns for part in breakdown.parts)
    cells = {code: tuple(breakdown.part(code) for breakdown in breakdowns) for code in codes}
    items = {code: sum((each.items for each in cells[code]), Decimal(0)) for code in codes}
    widest = max(items.values(), default=Decimal(0))
    ordered = sorted(codes, key=lambda code: (code in LAST, -items[code]))
    return tuple(Row(code, cells[code], _bar(sides, cells[code], widest)) for code in ordered)


def _bar(sides: tuple[Side, ...], cells: tuple[Tally, ...], widest: Decimal) -> SafeString:
    shares = [(side.style, cell.items) for side, cell in zip(sides, cells, strict=True)]
    return share_bar(shares, widest, height=14)
