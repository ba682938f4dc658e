"""How an operation comes to be, runs and ends: each party says yes, each closes its own sheet."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import transaction

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.accounts.selectors import home_administration
from countermark.apps.accounts.services import officer_authorise
from countermark.apps.audit.services import audit_record
from countermark.apps.operations.convert import row_from_terms, terms_from_row
from countermark.apps.operations.inputs import Agreement, Closing, Proposal, Terms
from countermark.apps.operations.models import JointOperation, OperationParty, OperationState
from countermark.apps.operations.payloads import terms_sha256
from countermark.apps.operations.selectors import operation_of_party, result_latest
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput

OPEN_STATES = (OperationState.AGREED, OperationState.RUNNING)


@transaction.atomic
def operation_plan(
    *, by: Officer, terms: Terms, planned_on: date, key: uuid.UUID | None = None
) -> JointOperation:
    """Propose an operation: our own agreement is given with it, the partners' are awaited.

    Writes the operation, its parties and one audit entry, or nothing at all.

    Args:
        by: Who plans; named in the proposal.
        terms: What the parties are to agree to.
        planned_on: The day of our own agreement.
        key: A key made beforehand, or None for a new one.

    Raises:
        NotPermitted: ``by`` may not plan operations.
        Conflict: ``operation-code-taken``.
        InvalidInput: We are not among the parties, or a party is unknown.
    """
    officer_authorise(officer=by, act="operations.plan")
    tidy = terms.tidy()
    agreement = Agreement(terms_sha256(tidy), planned_on, by.display_name)
    proposal = Proposal(key or uuid.uuid4(), home_administration().code, tidy, agreement)
    operation = _operation_write(proposal)
    audit_record(
        "operations.operation.planned",
        subject=operation.code,
        by=by,
        terms_sha256=agreement.terms_sha256,
    )
    return operation


@transaction.atomic
def operation_receive(*, administration: Administration, proposal: Proposal) -> JointOperation:
    """Take in the proposal of a partner; the same proposal again changes nothing.

    Raises:
        InvalidInput: The sender is not the proposer, or it or we are not among the parties.
        Conflict: ``operation-differs`` where the key is known with other terms;
            ``operation-code-taken`` where another operation has the code.
    """
    if proposal.proposed_by != administration.code:
        raise InvalidInput("proposer-is-not-sender", field="proposed_by")
    known = JointOperation.objects.select_for_update().filter(key=proposal.key).first()
    if known is not None:
        same = terms_sha256(terms_from_row(known)) == proposal.agreement.terms_sha256
        if not same or known.proposed_by != administration:
            raise Conflict("operation-differs", code=known.code)
        return known
    operation = _operation_write(proposal)
    audit_record(
        "operations.operation.received",
        subject=operation.code,
        proposed_by=administration.code,
        terms_sha256=proposal.agreement.terms_sha256,
    )
    return operation


def _operation_write(proposal: Proposal) -> JointOperation:
    codes = proposal.terms.parties
    administrations = {row.code: row for row in Administration.objects.filter(code__in=codes)}
    if unknown := sorted(set(codes) - set(administrations)):
        raise InvalidInput("administration-unknown", field="parties", codes=unknown)
    if not {settings.COUNTERMARK_ADMINISTRATION, proposal.proposed_by} <= set(codes):
        raise InvalidInput("party-missing", field="parties")
    if JointOperation.objects.filter(code=proposal.terms.code).exists():
        raise Conflict("operation-code-taken", field="code", code=proposal.terms.code)
    operation = row_from_terms(proposal.terms)
    operation.key, operation.proposed_by = proposal.key, administrations[proposal.proposed_by]
    operation.save()
    OperationParty.objects.bulk_create(
        OperationParty(operation=operation, administration=administrations[code])
        for code in sorted(codes)
    )
    OperationParty.objects.filter(operation=operation, administration=operation.proposed_by).update(
        agreed_on=proposal.agreement.agreed_on, agreed_by=proposal.agreement.agreed_by
    )
    return operation


@transaction.atomic
def operation_agree(*, operation: JointOperation, by: Officer, agreed_on: date) -> OperationParty:
    """Agree to a partner's proposal in the name of our administration.

    Writes our agreement, the operation's state and one audit entry, or nothing at all.

    Raises:
        NotPermitted: ``by`` may not plan operations.
        ActNotOpen: ``operation-not-proposed``, ``operation-already-agreed``.
    """
    officer_authorise(officer=by, act="operations.plan")
    operation = JointOperation.objects.select_for_update().get(pk=operation.pk)
    party = operation.parties.get(administration=home_administration())
    if party.agreed_on is not None:
        raise ActNotOpen("operation-already-agreed", code=operation.code)
    agreement = Agreement(terms_sha256(terms_from_row(operation)), agreed_on, by.display_name)
    return _agree(operation, party, agreement, by)


@transaction.atomic
def operation_agreement_receive(
    *, administration: Administration, key: uuid.UUID, agreement: Agreement
) -> OperationParty:
    """Take in a partner's agreement; the same agreement again changes nothing.

    Raises:
        NotFound: The partner is no party to such an operation.
        Conflict: ``terms-differ`` where it agreed to other terms than ours.
        ActNotOpen: ``operation-not-proposed``.
    """
    operation = operation_of_party(key=key, administration=administration)
    operation = JointOperation.objects.select_for_update().get(pk=operation.pk)
    if agreement.terms_sha256 != terms_sha256(terms_from_row(operation)):
        raise Conflict("terms-differ", code=operation.code)
    party = operation.parties.get(administration=administration)
    if party.agreed_on is not None:
        return party
    return _agree(operation, party, agreement, None)


def _agree(
    operation: JointOperation, party: OperationParty, agreement: Agreement, by: Officer | None
) -> OperationParty:
    if operation.state != OperationState.PROPOSED:
        raise ActNotOpen("operation-not-proposed", code=operation.code, state=operation.state)
    party.agreed_on, party.agreed_by = agreement.agreed_on, agreement.agreed_by
    party.save(update_fields=["agreed_on", "agreed_by"])
    if not operation.parties.filter(agreed_on__isnull=True).exists():
        operation.state = OperationState.AGREED
        operation.save(update_fields=["state"])
    audit_record(
        "operations.operation.agreed",
        subject=operation.code,
        by=by,
        party=party.administration.code,
        terms_sha256=agreement.terms_sha256,
    )
    return party


@transaction.atomic
def operation_run_due(*, on: date) -> int:
    """Start every agreed operation whose window has begun by ``on``; return how many started."""
    due = JointOperation.objects.select_for_update().filter(
        state=OperationState.AGREED, starts_on__lte=on
    )
    operations = list(due)
    for operation in operations:
        operation_start(operation)
    return len(operations)


def operation_start(operation: JointOperation) -> None:
    """Mark a locked, agreed operation as running."""
    operation.state = OperationState.RUNNING
    operation.save(update_fields=["state"])
    audit_record("operations.operation.started", subject=operation.code)


@transaction.atomic
def operation_close(*, operation: JointOperation, by: Officer, closed_on: date) -> OperationParty:
    """Close our own sheet with the result last stated; the last party to close ends the operation.

    Raises:
        NotPermitted: ``by`` may not plan operations.
        ActNotOpen: ``operation-not-open``, ``operation-window-open``, ``operation-sheet-closed``,
            or ``result-missing`` where we have stated none.
    """
    officer_authorise(officer=by, act="operations.plan")
    operation = JointOperation.objects.select_for_update().get(pk=operation.pk)
    if closed_on <= operation.ends_on:
        raise ActNotOpen("operation-window-open", code=operation.code, until=operation.ends_on)
    home = home_administration()
    result = result_latest(operation=operation, administration=home)
    if result is None:
        raise ActNotOpen("result-missing", code=operation.code)
    party = operation.parties.get(administration=home)
    if party.closed_on is not None:
        raise ActNotOpen("operation-sheet-closed", code=operation.code)
    return _close(operation, party, Closing(operation.key, closed_on, result.revision), by)


@transaction.atomic
def operation_closing_receive(
    *, administration: Administration, closing: Closing
) -> OperationParty:
    """Take in that a partner closed its sheet; the same closing again changes nothing.

    Raises:
        NotFound: The partner is no party to such an operation.
        Conflict: ``result-unknown``; it closes with a result we have not received.
        ActNotOpen: ``operation-not-open``.
    """
    operation = operation_of_party(key=closing.key, administration=administration)
    operation = JointOperation.objects.select_for_update().get(pk=operation.pk)
    party = operation.parties.get(administration=administration)
    if party.closed_on is not None:
        return party
    results = operation.results.filter(administration=administration, revision=closing.revision)
    if not results.exists():
        raise Conflict("result-unknown", code=operation.code, revision=closing.revision)
    return _close(operation, party, closing, None)


def _close(
    operation: JointOperation, party: OperationParty, closing: Closing, by: Officer | None
) -> OperationParty:
    if operation.state not in OPEN_STATES:
        raise ActNotOpen("operation-not-open", code=operation.code, state=operation.state)
    party.closed_on, party.closed_revision = closing.closed_on, closing.revision
    party.save(update_fields=["closed_on", "closed_revision"])
    if not operation.parties.filter(closed_on__isnull=True).exists():
        operation.state = OperationState.CLOSED
        operation.save(update_fields=["state"])
    audit_record(
        "operations.operation.closed",
        subject=operation.code,
        by=by,
        party=party.administration.code,
        revision=closing.revision,
    )
    return party
