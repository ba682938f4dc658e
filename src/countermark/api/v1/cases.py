"""Cases that an officer may see."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Path, Query, Router, Schema

from countermark.api.v1.http import OfficerRequest, officer_reading
from countermark.api.v1.paging import Code, Page, Search, page_of
from countermark.api.v1.problems import PROBLEMS
from countermark.apps.cases.selectors import case_get, case_list
from countermark.domain.measures.wire import number_text
from countermark.domain.money import Money

if TYPE_CHECKING:
    from countermark.apps.cases.models import Case, GoodsLine

router = Router(tags=["cases"])


class Amount(Schema):
    """Money in major units, written as text so that it is exact, with its value basis."""

    amount: str
    currency: str
    basis: str


class Goods(Schema):
    """One goods line; ``value`` is null where nobody has valued it."""

    line_no: int
    description: str
    category: str
    hs_code: str
    quantity: str
    unit: str
    mark: str
    value: Amount | None


class Deadline(Schema):
    """The last day of a term, with the law it rests on."""

    code: str
    started_on: date
    due_on: date
    provisional: bool
    ended_as: str
    source: str
    verification: str


class CaseBrief(Schema):
    """A case in a list. ``reconstructed``: made afterwards from published totals."""

    number: str
    title: str
    office: str
    procedure: str
    state: str
    opened_on: date
    closed_on: date | None
    direction: str
    channel: str
    transport_mode: str
    departure: str
    destination: str
    reconstructed: bool


class CaseFull(CaseBrief):
    """A case with its goods and deadlines; ``key`` is what partners know it by."""

    key: UUID
    control_point: str
    goods: list[Goods]
    deadlines: list[Deadline]


class CasePage(Schema):
    """Some of the cases; ``count`` is how many there are in all."""

    count: int
    items: list[CaseBrief]


class CaseQuery(Page):
    """Which cases are asked for; ``state`` may also be ``open`` or ``closed``."""

    q: Search = ""
    state: Code | None = None


@router.get("", response={200: CasePage, **PROBLEMS}, summary="List cases, newest first")
def cases(request: OfficerRequest, asked: Query[CaseQuery]) -> CasePage:
    """Return the cases that the officer may see."""
    rows = case_list(
        visible_to=officer_reading(request, "cases.read"), state=asked.state, query=asked.q
    )
    return CasePage(count=rows.count(), items=[_brief(row) for row in page_of(rows, asked)])


@router.get("/{number}", response={200: CaseFull, **PROBLEMS}, summary="Read one case")
def case(request: OfficerRequest, number: Path[Code]) -> CaseFull:
    """Return one case; a case out of the officer's reach is not found."""
    row = case_get(number=number, visible_to=officer_reading(request, "cases.read"))
    return CaseFull(
        **_brief(row).model_dump(),
        key=row.key,
        control_point=row.control_point,
        goods=[_goods(line) for line in row.goods.all()],
        deadlines=[
            Deadline(
                code=each.code,
                started_on=each.started_on,
                due_on=each.due_on,
                provisional=each.provisional,
                ended_as=each.ended_as,
                source=each.source,
                verification=each.verification,
            )
            for each in row.deadlines.all()
        ],
    )


def _brief(case: Case) -> CaseBrief:
    return CaseBrief(
        number=case.number,
        title=case.title,
        office=case.office.code,
        procedure=case.procedure_code,
        state=case.state,
        opened_on=case.opened_on,
        closed_on=case.closed_on,
        direction=case.direction,
        channel=case.channel,
        transport_mode=case.transport_mode,
        departure=case.departure,
        destination=case.destination,
        reconstructed=case.reconstructed,
    )


def _goods(line: GoodsLine) -> Goods:
    return Goods(
        line_no=line.line_no,
        description=line.description,
        category=line.category,
        hs_code=line.hs_code,
        quantity=number_text(line.quantity),
        unit=line.unit,
        mark=line.right.label if line.right else "",
        value=_amount(line),
    )


def _amount(line: GoodsLine) -> Amount | None:
    if line.value_minor is None:
        return None
    money = Money(line.value_minor, line.currency)
    return Amount(amount=money.text(), currency=money.currency, basis=line.value_basis)
