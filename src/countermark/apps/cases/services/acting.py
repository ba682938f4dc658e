from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.cases.convert import deadline_row
from countermark.apps.cases.models import Case, CaseAct, CaseDeadline, DeadlineEnd
from countermark.apps.cases.selectors import act_context, last_acted_on
from countermark.domain.errors import InvalidInput
from countermark.domain.procedures import Procedure
from countermark.lawbook import procedure_in_force, working_calendars


@transaction.atomic
def case_act(*, case: Case, act: str, acted_on: date, reason: str = "", by: Officer) -> CaseAct:
    """Enter an act of the procedure on a case, end the terms it answers and start those it starts.

    Writes one CaseAct, the case's new state, its deadlines and one audit entry, or nothing at all.
    The states and acts are those of the law on the day the case was opened; the terms are those of
    the day of the act.

    Raises:
        NotPermitted: The officer's role may not act on cases, or not enter this act.
        InvalidInput: The day is in the future, or before the case was opened or last acted on.
        ActNotOpen: The procedure knows no such act from the present state, or a guard refuses.
        TermNotInForce: A term that the act starts was not law on that day.
    """
    officer_require(by, "cases.act")
    case = Case.objects.select_for_update().get(pk=case.pk)
    procedure = procedure_in_force(case.procedure_code, on=case.opened_on)
    to_state = procedure.state_after(case.state, act)
    _day_check(case, acted_on)
    procedure.act_check(
        act, role=by.role, context=act_context(case, procedure, act, acted_on, reason)
    )
    deadlines = procedure.deadlines_from(act, acted_on, working_calendars(procedure.law))
    entry = CaseAct.objects.create(
        case=case,
        act=act,
        from_state=case.state,
        to_state=to_state,
        acted_on=acted_on,
        reason=reason.strip(),
        by=by,
        at=timezone.now(),
    )
    case.state = to_state
    case.closed_on = acted_on if procedure.state(to_state).final else None
    case.save(update_fields=["state", "closed_on"])
    _deadlines_end(case, procedure, entry, {deadline.term.code for deadline in deadlines})
    CaseDeadline.objects.bulk_create(deadline_row(case, deadline) for deadline in deadlines)
    audit_record(
        "cases.act.recorded",
        subject=case.number,
        by=by,
        step=act,
        acted_on=acted_on,
        from_state=entry.from_state,
        to_state=to_state,
    )
    return entry


def _day_check(case: Case, acted_on: date) -> None:
    if acted_on > timezone.localdate():
        raise InvalidInput("date-in-future", field="acted_on", on=acted_on.isoformat())
    earliest = last_acted_on(case)
    if acted_on < earliest:
        raise InvalidInput("date-before-last-act", field="acted_on", on=earliest.isoformat())


def _deadlines_end(case: Case, procedure: Procedure, entry: CaseAct, started: set[str]) -> None:
    """End the open deadlines that the act answered, outlived, replaced or made pointless."""
    answered = procedure.terms_answered_by(entry.act)
    followed = procedure.terms_expiring_in(entry.act)
    alive = procedure.terms_alive_in(case.state)
    for deadline in case.deadlines.filter(ended_as=DeadlineEnd.OPEN):
        late = entry.acted_on > deadline.due_on
        if deadline.code in followed and late:
            deadline.ended_as = DeadlineEnd.EXPIRED
        elif deadline.code in answered | followed:
            deadline.ended_as, deadline.met_on = DeadlineEnd.MET, entry.acted_on
        elif deadline.code in started:
            deadline.ended_as = DeadlineEnd.SUPERSEDED
        elif deadline.code not in alive:
            deadline.ended_as = DeadlineEnd.MOOT
        else:
            continue
        deadline.save(update_fields=["ended_as", "met_on"])
