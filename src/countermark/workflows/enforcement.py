"""From a case to the partner: what he may know of it, under the key that both sides share."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import transaction

from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.cases.convert import case_summary
from countermark.apps.exchange.services import message_enqueue
from countermark.domain.envelopes.canonical import Json, json_bytes, sha256_hex

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Administration, Officer
    from countermark.apps.cases.models import Case
    from countermark.apps.exchange.models import OutboxMessage


@transaction.atomic
def case_refer(*, case: Case, to: Administration, by: Officer) -> OutboxMessage:
    """Send a partner the summary of a case; nothing nominal leaves this side.

    The same summary again is not sent twice; a changed one is a new message in the case's lane.

    Raises:
        NotPermitted: ``by`` may not read cases or not send.
        Conflict: The partner's node is not paired with ours.
    """
    officer_require(by, "cases.read")
    summary = cast("dict[str, Json]", case_summary(case))
    digest = sha256_hex(json_bytes(summary))
    message = message_enqueue(
        administration=to,
        lane=f"case:{case.key}",
        type="case.referral/1",
        data=summary,
        idempotency_key=f"case:{case.key}:referral:{digest}",
        by=by,
        subject=case.number,
    )
    audit_record(
        "cases.case.referred", subject=case.number, by=by, to=to.code, message=str(message.pk)
    )
    return message
