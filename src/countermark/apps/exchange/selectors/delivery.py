"""The way of one message, in facts for a page to put into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from countermark.apps.exchange.models import (
    OutboxLane,
    OutboxMessage,
)


@dataclass(frozen=True, slots=True)
class Hop:
    """One fact on a message's way: what is known, since when, and a word of detail.

    ``code``: ``enqueued``, ``received``, ``applied``, ``refused``, ``quarantined``,
    ``skipped``, ``waiting``, ``partner-away``, ``lane-forked``. ``detail`` is a stable code or "".
    """

    code: str
    at: datetime | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryTrace:
    """The way of one message in plain facts, for a page to put into words.

    ``waiting_since`` and ``next_try_at`` are None once the message is settled. ``proven`` counts
    receipts whose signature was verified when they came.
    """

    message: OutboxMessage
    hops: tuple[Hop, ...]
    waiting_since: datetime | None
    last_tried_at: datetime | None
    next_try_at: datetime | None
    attempts: int
    last_error: str
    proven: int


def delivery_trace(message: OutboxMessage) -> DeliveryTrace:
    """Return the way of a message so far; the caller holds it from a scoped selector."""
    receipts = list(message.receipts.all())
    hops = [Hop("enqueued", message.created_at)]
    # Each hop is dated by our clock: when we learned it, not when the other side says it was.
    hops += [
        Hop(r.outcome, r.at, message.reason if r.outcome == message.state else "") for r in receipts
    ]
    waiting = message.state in OutboxMessage.UNSETTLED
    if waiting:
        hops.append(_wait(message))
    return DeliveryTrace(
        message=message,
        hops=tuple(hops),
        waiting_since=(message.received_at or message.created_at) if waiting else None,
        last_tried_at=message.last_attempt_at,
        next_try_at=_next_try_at(message) if waiting else None,
        attempts=message.attempts,
        last_error=message.last_error,
        proven=len(receipts),
    )


def _wait(message: OutboxMessage) -> Hop:
    if message.lane.state == OutboxLane.State.FORK:
        return Hop("lane-forked", None)
    if message.partner.failures:
        return Hop("partner-away", message.partner.last_contact_at, message.partner.last_error)
    return Hop("waiting", None, message.last_error)


def _next_try_at(message: OutboxMessage) -> datetime | None:
    if message.lane.state == OutboxLane.State.FORK:
        return None
    return max(message.next_attempt_at, message.partner.next_contact_at)
