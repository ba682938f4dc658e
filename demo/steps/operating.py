"""Steps of the joint operations: proposed, agreed, fed with cases, stated, closed."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

from countermark.apps.accounts.selectors import home_administration
from countermark.apps.cases.models import Case
from countermark.apps.operations.inputs import Terms
from countermark.apps.operations.models import JointOperation, OperationState
from countermark.apps.operations.selectors import contributable_case_list
from countermark.apps.operations.services import operation_run_due, result_contribute
from countermark.apps.reports.models import PartnerFigures
from countermark.domain.vocabulary import Channel
from countermark.workflows.closing import figures_share
from countermark.workflows.enforcement import case_refer
from countermark.workflows.joint import (
    operation_accept,
    operation_end,
    operation_propose,
    result_share,
)
from demo import published, world
from demo.context import Context
from demo.reconstruct import NAMESPACE

# Days on which the two sides acted; only the window itself is published.
PROPOSED_ON, AGREED_ON = date(2013, 10, 15), date(2013, 10, 18)
STATED_AT = datetime(2014, 6, 30, 9, tzinfo=UTC)
CLOSED_ON = date(2014, 7, 2)
OPEN = {OperationState.AGREED, OperationState.RUNNING}
CURRENT_DAYS_BEFORE, CURRENT_DAYS_AFTER = 10, 20


def historical_terms() -> Terms:
    """Return the terms of the operation of 2013: window and goods published, the rest invented."""
    window, row = published.window("operation"), world.table("operation")["operation"]
    return Terms(
        code=row["code"],
        title=world.names(row["title"]),
        theme=row["theme"],
        starts_on=window.start,
        ends_on=window.end,
        parties=(world.GUANGDONG, world.HONG_KONG),
        categories=tuple(world.table("published")["operation"]["categories"]),
        reconstructed=True,
    )


def current_terms(today: date) -> Terms:
    """Return the terms of an invented operation that runs on the day the demo was started."""
    row = world.table("operation")["current"]
    return Terms(
        code=f"GD-HK-{today.year}-1",
        title=world.names(row["title"]),
        theme=row["theme"],
        starts_on=today - timedelta(CURRENT_DAYS_BEFORE),
        ends_on=today + timedelta(CURRENT_DAYS_AFTER),
        parties=(world.GUANGDONG, world.HONG_KONG),
        channels=(Channel.FREIGHT, Channel.EXPRESS),
    )


def propose(context: Context) -> None:
    """Propose the operation of 2013 to the partner."""
    _propose(context, historical_terms(), PROPOSED_ON)


def propose_current(context: Context) -> None:
    """Propose the operation that is left running for the reader."""
    terms = current_terms(context.today)
    _propose(context, terms, terms.starts_on - timedelta(3))


def _propose(context: Context, terms: Terms, on: date) -> None:
    if not JointOperation.objects.filter(code=terms.code).exists():
        key = uuid.uuid5(NAMESPACE, terms.code)
        operation_propose(by=context.officer("liaison"), terms=terms, proposed_on=on, key=key)


def accept(context: Context) -> None:
    """Agree to the operation of 2013 once its proposal has come."""
    _accept(context, historical_terms().code, AGREED_ON)


def accept_current(context: Context) -> None:
    """Agree to the current operation once its proposal has come."""
    terms = current_terms(context.today)
    _accept(context, terms.code, terms.starts_on - timedelta(1))
    operation_run_due(on=context.today)


def _accept(context: Context, code: str, on: date) -> None:
    operation = context.wait("the proposal", JointOperation.objects.filter(code=code).first)
    if operation.state == OperationState.PROPOSED:
        operation_accept(operation=operation, by=context.officer("liaison"), agreed_on=on)


def contribute(context: Context) -> None:
    """Count this side's cases in the operation, from the day both have agreed."""
    operation = _agreed(context, historical_terms().code)
    liaison = context.officer("liaison")
    cases = contributable_case_list(operation=operation, visible_to=liaison)
    for case in cases.filter(goods__hit__isnull=False).distinct().order_by("number"):
        result_contribute(operation=operation, case=case, by=liaison)


def refer(context: Context) -> None:
    """Tell the partner of the operation's first case of this side."""
    first = Case.objects.filter(contributions__isnull=False).order_by("number").first()
    if first is not None:
        case_refer(case=first, to=context.partner, by=context.officer("liaison"))


def state(context: Context) -> None:
    """State this side's result of the operation and its figures of the period."""
    operation = _agreed(context, historical_terms().code)
    liaison = context.officer("liaison")
    if not _sheet_closed(operation):
        result_share(operation=operation, by=liaison, as_of=STATED_AT)
    period = published.window("period")
    figures_share(start=period.start, end=period.end, to=context.partner, by=liaison)


def close(context: Context) -> None:
    """Close this side's sheet once the partner's result is here, and wait for the partner's."""
    code = historical_terms().code
    operation = _agreed(context, code)
    theirs = operation.results.filter(administration=context.partner)
    context.wait("the partner's result", theirs.exists)
    if not _sheet_closed(operation):
        operation_end(operation=operation, by=context.officer("liaison"), closed_on=CLOSED_ON)
    closed = JointOperation.objects.filter(code=code, state=OperationState.CLOSED)
    context.wait("the partner to close its sheet", closed.exists)
    figures = PartnerFigures.objects.filter(administration=context.partner)
    context.wait("the partner's figures", figures.exists)


def start_current(context: Context) -> None:
    """Let the current operation run once the partner has agreed to it."""
    _agreed(context, current_terms(context.today).code)
    operation_run_due(on=context.today)


def _agreed(context: Context, code: str) -> JointOperation:
    agreed = JointOperation.objects.filter(code=code).exclude(state=OperationState.PROPOSED)
    return context.wait("the partner's agreement", agreed.first)


def _sheet_closed(operation: JointOperation) -> bool:
    party = operation.parties.get(administration=home_administration())
    return party.closed_on is not None
