"""What an operation found: cases are contributed, results are stated from them and exchanged."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.accounts.selectors import home_administration
from countermark.apps.accounts.services import officer_authorise
from countermark.apps.audit.services import audit_record
from countermark.apps.cases.models import Case
from countermark.apps.operations.convert import row_from_statement, statement_from_row
from countermark.apps.operations.inputs import ResultStatement
from countermark.apps.operations.models import (
    Contribution,
    JointOperation,
    OperationState,
    Result,
)
from countermark.apps.operations.selectors import (
    contributed_records,
    operation_of_party,
    result_latest,
)
from countermark.apps.operations.services.planning import OPEN_STATES, operation_start
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput, NotFound
from countermark.domain.measures import CaseRecord, sheet_of


@transaction.atomic
def result_contribute(*, operation: JointOperation, case: Case, by: Officer) -> Contribution:
    """Count one of our own cases in an operation, from now on and until it is withdrawn.

    The first contribution shows that the operation runs. Writes the contribution and one or two
    audit entries, or nothing at all.

    Raises:
        NotPermitted: ``by`` may not contribute.
        ActNotOpen: ``operation-not-open``, ``operation-sheet-closed``.
        InvalidInput: ``case-not-own``, ``case-outside-window``.
        Conflict: ``case-already-contributed``.
    """
    operation = _operation_locked(operation, by)
    if case.office.administration.code != settings.COUNTERMARK_ADMINISTRATION:
        raise InvalidInput("case-not-own", field="case", number=case.number)
    if not operation.starts_on <= case.opened_on <= operation.ends_on:
        raise InvalidInput("case-outside-window", field="case", number=case.number)
    open_rows = Contribution.objects.filter(operation=operation, withdrawn_at__isnull=True)
    if open_rows.filter(case=case).exists():
        raise Conflict("case-already-contributed", number=case.number, code=operation.code)
    if operation.state == OperationState.AGREED:
        operation_start(operation)
    contribution = Contribution.objects.create(
        operation=operation, case=case, contributed_by=by, contributed_at=timezone.now()
    )
    audit_record("operations.contribution.added", subject=operation.code, by=by, case=case.number)
    return contribution


@transaction.atomic
def contribution_withdraw(
    *, operation: JointOperation, case: Case, by: Officer, reason: str
) -> Contribution:
    """Take a case out of an operation; results stated before keep it, the next one does not.

    Raises:
        NotPermitted: ``by`` may not contribute.
        ActNotOpen: ``operation-not-open``, ``operation-sheet-closed``.
        NotFound: ``contribution-unknown``.
        InvalidInput: No reason is given.
    """
    operation = _operation_locked(operation, by)
    if not reason.strip():
        raise InvalidInput("reason-missing", field="reason")
    contribution = Contribution.objects.filter(
        operation=operation, case=case, withdrawn_at__isnull=True
    ).first()
    if contribution is None:
        raise NotFound("contribution-unknown", number=case.number, code=operation.code)
    contribution.withdrawn_at = timezone.now()
    contribution.save(update_fields=["withdrawn_at"])
    audit_record(
        "operations.contribution.withdrawn",
        subject=operation.code,
        by=by,
        case=case.number,
        reason=reason.strip(),
    )
    return contribution


def _operation_locked(operation: JointOperation, by: Officer) -> JointOperation:
    officer_authorise(officer=by, act="operations.contribute")
    locked = JointOperation.objects.select_for_update().get(pk=operation.pk)
    if locked.state not in OPEN_STATES:
        raise ActNotOpen("operation-not-open", code=locked.code, state=locked.state)
    party = locked.parties.get(administration=home_administration())
    if party.closed_on is not None:
        raise ActNotOpen("operation-sheet-closed", code=locked.code)
    return locked


@transaction.atomic
def result_state(
    *, operation: JointOperation, by: Officer, as_of: datetime, arrests: int | None = None
) -> Result:
    """State our own result, computed from the goods of the cases contributed so far.

    Where nothing has changed since the last result, that one is returned and nothing is written;
    otherwise a new revision and one audit entry are, and no earlier one is touched.

    Args:
        operation: An operation that all parties have agreed to and we have not closed.
        by: In whose name it is stated.
        as_of: The moment for which it is stated.
        arrests: Persons arrested, None where the administration does not state them.

    Raises:
        NotPermitted: ``by`` may not contribute.
        ActNotOpen: ``operation-not-open``, ``operation-sheet-closed``.
        InvalidInput: ``result-values-differ``; the goods are valued in several currencies or on
            several bases, which one result sheet cannot state.
    """
    operation = _operation_locked(operation, by)
    home = home_administration()
    records = contributed_records(operation)
    sheet = sheet_of(records, ("category",))
    latest = result_latest(operation=operation, administration=home)
    statement = ResultStatement(
        key=operation.key,
        revision=latest.revision + 1 if latest else 1,
        as_of=as_of,
        tally=sheet.total,
        categories=sheet.breakdown("category").parts,
        arrests=arrests,
        stated_by=by.display_name,
    )
    if latest and _same(latest, statement, records):
        return latest
    result = row_from_statement(statement)
    result.operation, result.administration, result.own = operation, home, True
    result.sources = [record.number for record in records]
    result.save()
    audit_record(
        "operations.result.stated", subject=operation.code, by=by, revision=result.revision
    )
    return result


def _same(latest: Result, statement: ResultStatement, records: tuple[CaseRecord, ...]) -> bool:
    former = statement_from_row(latest)
    said = replace(
        statement,
        revision=former.revision,
        as_of=former.as_of,
        stated_by=former.stated_by,
    )
    return said == former and latest.sources == [record.number for record in records]


@transaction.atomic
def result_receive(
    *, administration: Administration, statement: ResultStatement, message_id: str
) -> Result:
    """Take in what a partner states it found; the same revision again changes nothing.

    Args:
        administration: The party whose signature the message carries.
        statement: What it says.
        message_id: The signed message, kept as the result's provenance.

    Raises:
        NotFound: The partner is no party to such an operation.
        ActNotOpen: ``operation-not-open``; not every party has agreed.
        Conflict: ``result-revision-differs``; the revision is known with other figures.
    """
    operation = operation_of_party(key=statement.key, administration=administration)
    operation = JointOperation.objects.select_for_update().get(pk=operation.pk)
    if operation.state not in (*OPEN_STATES, OperationState.CLOSED):
        raise ActNotOpen("operation-not-open", code=operation.code, state=operation.state)
    results = Result.objects.filter(operation=operation, administration=administration)
    known = results.filter(revision=statement.revision).first()
    if known is not None:
        if statement_from_row(known) != statement:
            raise Conflict(
                "result-revision-differs", code=operation.code, revision=statement.revision
            )
        return known
    result = row_from_statement(statement)
    result.operation, result.administration, result.own = operation, administration, False
    result.message_id = message_id
    result.save()
    audit_record(
        "operations.result.received",
        subject=operation.code,
        party=administration.code,
        revision=result.revision,
        message=message_id,
    )
    return result
