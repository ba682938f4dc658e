"""Joint operations with what each party stated, in its own money."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Path, Query, Router, Schema

from countermark.api.v1.http import OfficerRequest, officer_reading
from countermark.api.v1.paging import Code, Page, page_of
from countermark.api.v1.problems import PROBLEMS
from countermark.apps.operations.selectors import (
    PartyStanding,
    operation_get,
    operation_list,
    operation_tally,
)
from countermark.domain.measures.wire import number_text
from countermark.domain.money import Money

if TYPE_CHECKING:
    from countermark.apps.operations.models import JointOperation, Result

router = Router(tags=["operations"])


class Titles(Schema):
    """One title in three languages."""

    en: str
    zh_hant: str
    zh_hans: str


class ResultRow(Schema):
    """The last result a party stated; ``value`` is never to be added to another party's.

    ``message_id`` names the signed message that brought a partner's result; ours has none.
    """

    revision: int
    as_of: datetime
    cases: int
    items: str
    value: str
    currency: str
    basis: str
    arrests: int | None
    stated_by: str
    message_id: str


class PartyRow(Schema):
    """A party: when it agreed, when it closed its sheet, what it stated."""

    administration: str
    agreed_on: date | None
    closed_on: date | None
    result: ResultRow | None


class OperationBrief(Schema):
    """An operation in a list."""

    code: str
    title: Titles
    state: str
    starts_on: date
    ends_on: date
    parties: list[str]
    reconstructed: bool


class OperationFull(OperationBrief):
    """An operation with its terms and one row for each party."""

    key: UUID
    theme: str
    channels: list[str]
    categories: list[str]
    proposed_by: str
    tally: list[PartyRow]


class OperationPage(Schema):
    """Some of the operations; ``count`` is how many there are in all."""

    count: int
    items: list[OperationBrief]


@router.get("", response={200: OperationPage, **PROBLEMS}, summary="List joint operations")
def operations(request: OfficerRequest, asked: Query[Page]) -> OperationPage:
    """Return the operations of this node, the latest window first."""
    rows = operation_list(visible_to=officer_reading(request, "operations.read"))
    return OperationPage(count=rows.count(), items=[_brief(row) for row in page_of(rows, asked)])


@router.get("/{code}", response={200: OperationFull, **PROBLEMS}, summary="Read one operation")
def operation(request: OfficerRequest, code: Path[Code]) -> OperationFull:
    """Return one operation with the tally of its parties."""
    row = operation_get(code=code, visible_to=officer_reading(request, "operations.read"))
    return OperationFull(
        **_brief(row).model_dump(),
        key=row.key,
        theme=row.theme,
        channels=row.channels,
        categories=row.categories,
        proposed_by=row.proposed_by.code,
        tally=[_party(standing) for standing in operation_tally(row)],
    )


def _brief(operation: JointOperation) -> OperationBrief:
    return OperationBrief(
        code=operation.code,
        title=Titles(
            en=operation.title_en,
            zh_hant=operation.title_zh_hant,
            zh_hans=operation.title_zh_hans,
        ),
        state=operation.state,
        starts_on=operation.starts_on,
        ends_on=operation.ends_on,
        parties=[party.administration.code for party in operation.parties.all()],
        reconstructed=operation.reconstructed,
    )


def _party(standing: PartyStanding) -> PartyRow:
    party = standing.party
    return PartyRow(
        administration=party.administration.code,
        agreed_on=party.agreed_on,
        closed_on=party.closed_on,
        result=_result(standing.result) if standing.result else None,
    )


def _result(result: Result) -> ResultRow:
    return ResultRow(
        revision=result.revision,
        as_of=result.as_of,
        cases=result.cases,
        items=number_text(result.items),
        value=Money(result.value_minor, result.currency).text() if result.currency else "0",
        currency=result.currency,
        basis=result.value_basis,
        arrests=result.arrests,
        stated_by=result.stated_by,
        message_id=result.message_id,
    )
