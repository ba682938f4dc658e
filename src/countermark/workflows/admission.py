"""What a partner's message does here: one handler for each type, nothing else has any effect.

A handler reads the content as hostile input and writes the database only; it runs in a savepoint of
the transaction that stores the receipt. Its refusal goes back to the sender, signed, with its code.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from countermark.apps.cases.services import partner_case_record
from countermark.apps.operations.payloads import (
    agreement_read,
    closing_read,
    proposal_read,
    result_read,
)
from countermark.apps.operations.services import (
    operation_agreement_receive,
    operation_closing_receive,
    operation_receive,
    result_receive,
)
from countermark.apps.register.payloads import answer_read, withdrawal_read
from countermark.apps.register.services import (
    permission_answer_receive,
    permission_offer_receive,
    permission_withdrawal_receive,
)
from countermark.apps.reports.services import partner_figures_receive
from countermark.workflows.filings import filing_came, piece_came, status_came
from countermark.workflows.summary import case_summary_read

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Administration
    from countermark.apps.cases.models import PartnerCase
    from countermark.apps.exchange.handlers import Handlers
    from countermark.apps.operations.models import JointOperation, OperationParty, Result
    from countermark.apps.register.models import PermissionOffer
    from countermark.apps.reports.models import PartnerFigures
    from countermark.domain.envelopes.canonical import Json


def case_referred(
    *, administration: Administration, data: Mapping[str, Json], message_id: str
) -> PartnerCase:
    """Record the partner's case as it states it."""
    return partner_case_record(administration=administration, summary=case_summary_read(data))


def operation_proposed(
    *, administration: Administration, data: Mapping[str, Json], message_id: str
) -> JointOperation:
    """Take in a proposed operation."""
    return operation_receive(administration=administration, proposal=proposal_read(data))


def operation_agreed(
    *, administration: Administration, data: Mapping[str, Json], message_id: str
) -> OperationParty:
    """Take in a partner's agreement."""
    key, agreement = agreement_read(data)
    return operation_agreement_receive(
        administration=administration, key=UUID(key), agreement=agreement
    )


def result_stated(
    *, administration: Administration, data: Mapping[str, Json], message_id: str
) -> Result:
    """Take in a partner's result."""
    return result_receive(
        administration=administration, statement=result_read(data), message_id=message_id
    )


def operation_closed(
    *, administration: Administration, data: Mapping[str, Json], message_id: str
) -> OperationParty:
    """Take in that a partner closed its sheet."""
    return operation_closing_receive(administration=administration, closing=closing_read(data))


def figures_stated(
    *, administration: Administration, data: Mapping[str, Json], message_id: str
) -> PartnerFigures:
    """Keep a partner's figures of a period."""
    return partner_figures_receive(administration=administration, data=data, message_id=message_id)


def permission_offered(
    *, administration: Administration, data: Mapping[str, Json], message_id: str
) -> PermissionOffer:
    """Keep a partner's offer of a trader's permission until an officer decides on it."""
    return permission_offer_receive(administration=administration, data=data)


def permission_answered(
    *, administration: Administration, data: Mapping[str, Json], message_id: str
) -> PermissionOffer:
    """Take in a partner's answer to our offer."""
    return permission_answer_receive(administration=administration, answer=answer_read(data))


def permission_withdrawn(
    *, administration: Administration, data: Mapping[str, Json], message_id: str
) -> PermissionOffer:
    """End what rests on an offer that the partner withdraws."""
    return permission_withdrawal_receive(administration=administration, key=withdrawal_read(data))


HANDLERS: Handlers = {
    "case.referral/1": case_referred,
    "op.create/1": operation_proposed,
    "op.agree/1": operation_agreed,
    "op.result/1": result_stated,
    "op.close/1": operation_closed,
    "permit.offer/1": permission_offered,
    "permit.answer/1": permission_answered,
    "permit.withdraw/1": permission_withdrawn,
    "recordation.piece/1": piece_came,
    "recordation.filing/1": filing_came,
    "recordation.status/1": status_came,
    "stats.bundle/1": figures_stated,
}
