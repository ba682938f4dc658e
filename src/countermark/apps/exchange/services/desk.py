"""What an officer decides about a message that was set aside."""

from __future__ import annotations

from django.db import transaction

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.services import officer_authorise
from countermark.apps.exchange.handlers import Handlers
from countermark.apps.exchange.models import InboxLane, InboxMessage
from countermark.apps.exchange.selectors import own_key_current
from countermark.apps.exchange.services.lanes import (
    handler_outcome,
    lane_advance,
    lane_pass,
    message_settle,
)
from countermark.domain.envelopes.keys import KeyUse
from countermark.domain.envelopes.receipt import Outcome, reason_code
from countermark.domain.errors import ActNotOpen


@transaction.atomic
def message_replay(*, message: InboxMessage, handlers: Handlers, by: Officer) -> InboxMessage:
    """Try a message that was set aside again, and let its lane go on if it succeeds.

    Raises:
        NotPermitted: ``by`` may not act on the exchange.
        ActNotOpen: ``message-not-set-aside``.
    """
    lane, row = _set_aside(message, by)
    outcome, reason = handler_outcome(row, handlers)
    if outcome is not Outcome.QUARANTINED:
        _decided(lane, row, outcome, reason, by)
        lane_advance(lane, handlers, own_key_current(KeyUse.SIGN))
    return row


@transaction.atomic
def message_skip(
    *, message: InboxMessage, reason: str, handlers: Handlers, by: Officer
) -> InboxMessage:
    """Give up a message that was set aside; the sender gets a receipt that says so.

    Args:
        message: From a scoped selector.
        reason: Kebab-case code that travels in the receipt.
        handlers: Effects of the messages that waited behind it.
        by: The officer who decides.

    Raises:
        NotPermitted: ``by`` may not act on the exchange.
        ActNotOpen: ``message-not-set-aside``.
    """
    lane, row = _set_aside(message, by)
    _decided(lane, row, Outcome.SKIPPED, reason_code(reason), by)
    lane_advance(lane, handlers, own_key_current(KeyUse.SIGN))
    return row


def _set_aside(message: InboxMessage, by: Officer) -> tuple[InboxLane, InboxMessage]:
    officer_authorise(officer=by, act="exchange.send")
    lane = InboxLane.objects.select_for_update().get(pk=message.lane_id)
    row = InboxMessage.objects.select_related("partner__administration").get(pk=message.pk)
    if row.state != InboxMessage.State.QUARANTINED:
        raise ActNotOpen("message-not-set-aside", id=str(row.message_id), state=row.state)
    row.lane = lane
    return lane, row


def _decided(
    lane: InboxLane, row: InboxMessage, outcome: Outcome, reason: str, by: Officer
) -> None:
    message_settle(row, outcome, reason, own_key_current(KeyUse.SIGN), by)
    if lane.state == InboxLane.State.PARKED:
        lane.state = InboxLane.State.OPEN
        lane_pass(lane, row)
