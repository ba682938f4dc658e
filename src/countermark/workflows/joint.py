"""Joint operations across nodes: each change here and the message that tells the partners of it.

The change and its messages are written in one transaction: a partner never hears of what did not
happen, and nothing happens that it will not hear of.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from countermark.apps.exchange.services import message_enqueue
from countermark.apps.operations.convert import (
    agreement_from_row,
    proposal_from_row,
    statement_from_row,
)
from countermark.apps.operations.inputs import Closing, Terms
from countermark.apps.operations.payloads import (
    agreement_payload,
    closing_payload,
    proposal_payload,
    result_payload,
)
from countermark.apps.operations.selectors import partners_of
from countermark.apps.operations.services import (
    operation_agree,
    operation_close,
    operation_plan,
    result_state,
)

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping

    from countermark.apps.accounts.models import Officer
    from countermark.apps.operations.models import JointOperation, OperationParty, Result
    from countermark.domain.envelopes.canonical import Json


@transaction.atomic
def operation_propose(
    *, by: Officer, terms: Terms, proposed_on: date, key: uuid.UUID | None = None
) -> JointOperation:
    """Plan an operation and send it to its other parties for their agreement.

    Raises:
        NotPermitted: ``by`` may not plan operations or not send.
        Conflict: The code is taken, or a party's node is not paired with ours.
        InvalidInput: A party is unknown, or we are not among them.
    """
    operation = operation_plan(by=by, terms=terms, planned_on=proposed_on, key=key)
    _tell(operation, "op.create/1", proposal_payload(proposal_from_row(operation)), "create", by)
    return operation


@transaction.atomic
def operation_accept(*, operation: JointOperation, by: Officer, agreed_on: date) -> OperationParty:
    """Agree to an operation and tell its other parties so, under the hash of its terms.

    Raises:
        NotPermitted: ``by`` may not plan operations or not send.
        ActNotOpen: It is agreed already, or no longer open to agreement.
        Conflict: A party's node is not paired with ours.
    """
    party = operation_agree(operation=operation, by=by, agreed_on=agreed_on)
    payload = agreement_payload(str(operation.key), agreement_from_row(party))
    _tell(operation, "op.agree/1", payload, "agree", by)
    return party


@transaction.atomic
def result_share(
    *, operation: JointOperation, by: Officer, as_of: datetime, arrests: int | None = None
) -> Result:
    """State our result from the cases contributed so far and send it to the other parties.

    Where nothing has changed since the last result, nothing is sent again.

    Raises:
        NotPermitted: ``by`` may not contribute or not send.
        ActNotOpen: The operation is not open, or we have closed our sheet.
        InvalidInput: The goods are valued in several currencies or on several bases.
        Conflict: A party's node is not paired with ours.
    """
    result = result_state(operation=operation, by=by, as_of=as_of, arrests=arrests)
    payload = result_payload(statement_from_row(result))
    _tell(operation, "op.result/1", payload, f"result:{result.revision}", by)
    return result


@transaction.atomic
def operation_end(*, operation: JointOperation, by: Officer, closed_on: date) -> OperationParty:
    """Close our sheet with the result last stated and tell the other parties so.

    Raises:
        NotPermitted: ``by`` may not plan operations or not send.
        ActNotOpen: The window is open, the sheet is closed, or no result was stated.
        Conflict: A party's node is not paired with ours.
    """
    party = operation_close(operation=operation, by=by, closed_on=closed_on)
    closing = Closing(operation.key, closed_on, party.closed_revision or 0)
    _tell(operation, "op.close/1", closing_payload(closing), "close", by)
    return party


def _tell(
    operation: JointOperation, kind: str, data: Mapping[str, Json], act: str, by: Officer
) -> None:
    for partner in partners_of(operation):
        message_enqueue(
            administration=partner,
            lane=f"op:{operation.key}",
            type=kind,
            data=data,
            idempotency_key=f"op:{operation.key}:{act}",
            by=by,
            subject=operation.code,
        )
