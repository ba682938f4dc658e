"""Giving a lane's messages their effect, one after another, each with its receipt."""

from __future__ import annotations

import logging

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.audit.services import audit_record
from countermark.apps.exchange.convert import (
    content_from_row,
    head_from_lane,
    instant_text,
    place_from_row,
)
from countermark.apps.exchange.failpoints import failpoint
from countermark.apps.exchange.handlers import Handlers
from countermark.apps.exchange.models import InboxLane, InboxMessage
from countermark.apps.exchange.selectors import own_node_id
from countermark.domain.envelopes.canonical import Json
from countermark.domain.envelopes.chain import Standing, standing
from countermark.domain.envelopes.keys import KeyPair
from countermark.domain.envelopes.receipt import Outcome, ReceiptClaims, reason_code, receipt_sign
from countermark.domain.envelopes.schema import MESSAGE_TYPES, lane_kind, parks_on_failure
from countermark.domain.errors import Refusal

logger = logging.getLogger(__name__)

# The machine's trouble, not the message's: the whole admission is undone and tried again later.
_NOT_THE_MESSAGES_FAULT = (OperationalError, InterfaceError, OSError, MemoryError)
_ACTS = {
    Outcome.APPLIED: "exchange.message.admitted",
    Outcome.REFUSED: "exchange.message.refused",
    Outcome.QUARANTINED: "exchange.message.quarantined",
    Outcome.SKIPPED: "exchange.message.skipped",
}


def lane_advance(lane: InboxLane, handlers: Handlers, key: KeyPair) -> None:
    """Apply every message that is next in its lane, until one is missing, held or set aside.

    The caller holds the lane's row locked, inside the transaction that stored the message.
    """
    while lane.state == InboxLane.State.OPEN:
        row = lane.messages.filter(
            epoch=lane.epoch, seq=lane.next_seq, state=InboxMessage.State.HELD
        ).first()
        if row is None:
            return
        if standing(head_from_lane(lane), place_from_row(row)) is not Standing.NEXT:
            lane.state = InboxLane.State.FORK
            lane.save(update_fields=["state"])
            return
        if not _apply(lane, row, handlers, key):
            return


def message_settle(
    row: InboxMessage, outcome: Outcome, reason: str, key: KeyPair, by: Officer | None = None
) -> None:
    """Write what became of a message, with the receipt that says so and an audit entry."""
    row.state, row.reason, row.settled_at = outcome.value, reason, timezone.now()
    row.settled_receipt = receipt_for(row, outcome, reason, key)
    row.save(update_fields=["state", "reason", "settled_at", "settled_receipt"])
    audit_record(
        _ACTS[outcome],
        subject=str(row.message_id),
        by=by,
        partner=row.partner.node_id,
        type=row.message_type,
        reason=reason,
        inner_sha256=row.inner_sha256,
    )


def lane_pass(lane: InboxLane, row: InboxMessage) -> None:
    """Move a lane's end behind a message that is settled."""
    head = head_from_lane(lane).after(row.inner_sha256)
    lane.next_seq, lane.prev_hash = head.seq, head.prev
    lane.save(update_fields=["next_seq", "prev_hash", "state"])


def receipt_for(row: InboxMessage, outcome: Outcome, reason: str, key: KeyPair) -> str:
    """Return a signed receipt for a stored message; the caller stores it in this transaction."""
    claims = ReceiptClaims(
        issuer=own_node_id(),
        audience=row.partner.node_id,
        id=str(row.message_id),
        lane=row.lane.name,
        epoch=row.epoch,
        seq=row.seq,
        inner_sha256=row.inner_sha256,
        outcome=outcome.value,
        at=instant_text(timezone.now()),
        reason=reason,
    )
    return receipt_sign(claims, key)


def handler_outcome(row: InboxMessage, handlers: Handlers) -> tuple[Outcome, str]:
    """Run the handler of a message in a savepoint and return what came of it, with a reason."""
    kind = MESSAGE_TYPES.get(row.message_type)
    if kind is not None and kind.lane_kind != lane_kind(row.lane.name):
        return Outcome.REFUSED, "lane-wrong"
    try:
        with transaction.atomic():
            handlers[row.message_type](
                administration=row.partner.administration,
                data=_data(row),
                message_id=str(row.message_id),
            )
            failpoint("admit.handled")
    except Refusal as refusal:
        return Outcome.REFUSED, reason_code(refusal.code)
    except _NOT_THE_MESSAGES_FAULT:
        raise
    except Exception as bug:  # noqa: BLE001 - one message must not stop a partner's other lanes
        # The message's content may stand in the exception's text: only its kind is logged.
        logger.error("message %s set aside: %s", row.message_id, type(bug).__name__)
        return Outcome.QUARANTINED, "handler-failed"
    return Outcome.APPLIED, ""


def _apply(lane: InboxLane, row: InboxMessage, handlers: Handlers, key: KeyPair) -> bool:
    if row.message_type not in handlers:
        InboxMessage.objects.filter(pk=row.pk).update(reason="type-unknown")
        return False
    row.lane = lane
    outcome, reason = handler_outcome(row, handlers)
    message_settle(row, outcome, reason, key)
    if outcome is Outcome.QUARANTINED and parks_on_failure(lane.name):
        lane.state = InboxLane.State.PARKED
        lane.save(update_fields=["state"])
        return False
    lane_pass(lane, row)
    return True


def _data(row: InboxMessage) -> dict[str, Json]:
    data = content_from_row(row)["data"]
    return dict(data) if isinstance(data, dict) else {}
