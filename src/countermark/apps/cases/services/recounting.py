from __future__ import annotations

from django.db import transaction

from countermark.apps.audit.services import audit_record
from countermark.apps.cases.models import Case, CaseDeadline, DeadlineEnd
from countermark.apps.cases.selectors import case_procedure
from countermark.domain.procedures import Deadline
from countermark.lawbook import working_calendars


def deadlines_recount() -> int:
    """Count every open provisional deadline anew; to be run when a year's holidays are entered.

    Each case is one transaction; a deadline that comes out as it was is left alone, so running it
    again changes nothing.

    Returns:
        How many deadlines moved or are no longer provisional.
    """
    open_provisional = CaseDeadline.objects.filter(ended_as=DeadlineEnd.OPEN, provisional=True)
    cases = open_provisional.order_by("case").values_list("case", flat=True).distinct()
    return sum(_case_recount(pk) for pk in cases)


@transaction.atomic
def _case_recount(pk: int) -> int:
    case = Case.objects.select_for_update().get(pk=pk)
    changed = 0
    for row in case.deadlines.filter(ended_as=DeadlineEnd.OPEN, provisional=True):
        counted = _count(case, row)
        if (counted.due_on, counted.provisional) == (row.due_on, row.provisional):
            continue
        before, row.due_on, row.provisional = row.due_on, counted.due_on, counted.provisional
        row.save(update_fields=["due_on", "provisional"])
        audit_record(
            "cases.deadline.recounted",
            subject=case.number,
            term=row.code,
            before=before,
            due_on=row.due_on,
            provisional=row.provisional,
        )
        changed += 1
    return changed


def _count(case: Case, row: CaseDeadline) -> Deadline:
    """Return the deadline as the act that started it would start it today."""
    procedure = case_procedure(case)
    calendars = working_calendars(procedure.law)
    acts = case.acts.filter(acted_on=row.started_on).order_by("-pk")
    started = (
        deadline
        for act in acts.values_list("act", flat=True)
        for deadline in procedure.deadlines_from(act, row.started_on, calendars)
        if deadline.term.code == row.code
    )
    return next(started)
