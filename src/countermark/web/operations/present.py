"""A joint operation arranged as its dashboard: what each side found, and how far both agree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from countermark.apps.operations.convert import statement_from_row
from countermark.apps.operations.selectors import (
    contributed_records,
    contribution_list,
    operation_tally,
)
from countermark.apps.reports.selectors import operation_figures
from countermark.web.figures.present import Party, Side, Table, parties_of, tables_of
from countermark.web.operations.weeks import Weeks, weeks_of
from countermark.web.svg import share_bar

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from countermark.apps.accounts.models import Officer
    from countermark.apps.operations.models import JointOperation
    from countermark.apps.operations.selectors import PartyStanding
    from countermark.domain.measures import JointFigures, Tally

OPEN_STATES = ("agreed", "running")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one party has come: agreement, last result, closing."""

    side: Side
    row: PartyStanding
    stated: Tally | None
    changed: bool


@dataclass(frozen=True, slots=True)
class Split:
    """One countable figure of all parties, and each party's part of it."""

    total: Decimal
    parts: tuple[tuple[Side, Decimal], ...]
    bar: SafeString
    complete: bool


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything on the dashboard that is a number."""

    joint: JointFigures
    parties: tuple[Party, ...]
    standings: tuple[Standing, ...]
    cases: Split
    items: Split
    by_category: Table | None
    weeks: Weeks
    own: Party

    @property
    def sides(self) -> tuple[Side, ...]:
        """The parties in the order of their codes."""
        return tuple(party.side for party in self.parties)

    @property
    def reconstructed(self) -> bool:
        """Whether any party's records were made afterwards from published totals."""
        return any(party.sheet and party.sheet.reconstructed for party in self.parties)


def dashboard_of(operation: JointOperation, officer: Officer) -> Dashboard:
    """Return the dashboard of an operation for an officer who may read reports."""
    joint = operation_figures(operation=operation, visible_to=officer)
    parties = parties_of(joint)
    home = officer.administration.code
    own = next(party for party in parties if party.side.code == home)
    tallies = {party.side.code: party.sheet.sheet.total for party in parties if party.sheet}
    tables = {table.definition.code: table for table in tables_of(parties)}
    return Dashboard(
        joint=joint,
        parties=parties,
        standings=_standings(operation, parties, own),
        cases=_split(parties, {code: Decimal(each.cases) for code, each in tallies.items()}),
        items=_split(parties, {code: each.items for code, each in tallies.items()}),
        by_category=tables.get("category"),
        weeks=weeks_of(
            (operation.starts_on, operation.ends_on),
            [party.side for party in parties],
            {home: contributed_records(operation)},
            {code: each.cases for code, each in tallies.items()},
        ),
        own=own,
    )


def offers_of(operation: JointOperation, officer: Officer, board: Dashboard) -> dict[str, object]:
    """Return which acts the officer may do on an operation as it stands."""
    own = next(each for each in board.standings if each.row.own)
    sends = officer.may("exchange.send")
    plans, contributes = officer.may("operations.plan"), officer.may("operations.contribute")
    sheet_open = operation.state in OPEN_STATES and own.row.party.closed_on is None
    return {
        "may_agree": sends
        and plans
        and operation.state == "proposed"
        and own.row.party.agreed_on is None,
        "may_contribute": contributes and sheet_open,
        "may_state": sends and contributes and sheet_open,
        "may_close": sends and plans and sheet_open and own.stated is not None,
        "own_standing": own,
    }


def contributions_of(
    operation: JointOperation, officer: Officer, board: Dashboard
) -> dict[str, object]:
    """Return the contributed cases the officer may open, and how many more there are."""
    rows = list(contribution_list(operation=operation, visible_to=officer))
    counted = board.own.sheet.sheet.total.cases if board.own.sheet else 0
    return {"contributions": rows, "elsewhere": counted - len(rows)}


def _standings(
    operation: JointOperation, parties: tuple[Party, ...], own: Party
) -> tuple[Standing, ...]:
    sides = {party.side.code: party.side for party in parties}
    standings = []
    for row in operation_tally(operation):
        stated = statement_from_row(row.result).tally if row.result else None
        counted = own.sheet.sheet.total if row.own and own.sheet else stated
        side = sides[row.party.administration.code]
        standings.append(Standing(side, row, stated, changed=counted != stated))
    return tuple(standings)


def _split(parties: tuple[Party, ...], values: dict[str, Decimal]) -> Split:
    total = sum(values.values(), Decimal(0))
    parts = tuple(
        (party.side, values[party.side.code]) for party in parties if party.side.code in values
    )
    bar = share_bar(((side.style, value) for side, value in parts), total, height=8)
    return Split(total, parts, bar, complete=len(parts) == len(parties))
