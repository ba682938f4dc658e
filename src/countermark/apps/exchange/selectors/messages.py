"""Messages sent and received, what is due, and how many stand where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.exchange.models import (
    InboxLane,
    InboxMessage,
    OutboxLane,
    OutboxMessage,
    Partner,
    WireReject,
)
from countermark.apps.exchange.selectors.nodes import come
from countermark.domain.envelopes.retry import CAP_S
from countermark.domain.errors import NotFound

M = TypeVar("M", OutboxMessage, InboxMessage)
LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class ExchangeCounts:
    """How many messages stand where; ``waiting`` have no receipt yet."""

    waiting: int
    received: int
    applied: int
    refused: int
    quarantined: int
    held: int
    set_aside: int
    parked_lanes: int
    forked_lanes: int


def outbox_due(partner: Partner, now: datetime) -> QuerySet[OutboxMessage]:
    """Return what may be sent to a partner now, most urgent first, each lane in its order."""
    return OutboxMessage.objects.filter(
        Q(lease_until__isnull=True) | come("lease_until", now, LEASE),
        come("next_attempt_at", now, timedelta(seconds=CAP_S)),
        partner=partner,
        state__in=OutboxMessage.UNSETTLED,
        lane__state=OutboxLane.State.OPEN,
    ).order_by("priority", "next_attempt_at", "lane_id", "epoch", "seq")


def outbox_unsettled_exists() -> bool:
    """Return whether any message of this node still waits for its last receipt."""
    return OutboxMessage.objects.filter(
        state__in=OutboxMessage.UNSETTLED, lane__state=OutboxLane.State.OPEN
    ).exists()


def outbox_list(
    *, visible_to: Officer, state: str = "", query: str = ""
) -> QuerySet[OutboxMessage]:
    """Return what was sent, newest first.

    Args:
        visible_to: Without ``exchange.read`` an officer sees the messages written in his name.
        state: One of ``OutboxMessage.State``; empty for all.
        query: Part of a subject, a type or a lane; empty for all.
    """
    messages = OutboxMessage.objects.select_related("partner__administration", "lane")
    if not visible_to.may("exchange.read"):
        messages = messages.filter(created_by=visible_to)
    return _narrowed(messages, state, query)


def inbox_list(*, visible_to: Officer, state: str = "", query: str = "") -> QuerySet[InboxMessage]:
    """Return what came from partners, newest first, to those who may read the exchange.

    Args:
        visible_to: Without ``exchange.read`` the list is empty.
        state: One of ``InboxMessage.State``; empty for all.
        query: Part of a subject, a type or a lane; empty for all.
    """
    messages = InboxMessage.objects.select_related("partner__administration", "lane")
    if not visible_to.may("exchange.read"):
        return messages.none()
    return _narrowed(messages, state, query)


def outbox_get(*, message_id: UUID | str, visible_to: Officer) -> OutboxMessage:
    """Return one message that was sent.

    Raises:
        NotFound: There is none with this id, or the officer may not see it.
    """
    return _only(outbox_list(visible_to=visible_to).filter(pk=message_id), message_id)


def inbox_get(*, message_id: UUID | str, visible_to: Officer) -> InboxMessage:
    """Return one message that came.

    Raises:
        NotFound: There is none with this id, or the officer may not see it.
    """
    return _only(inbox_list(visible_to=visible_to).filter(message_id=message_id), message_id)


def outbox_about(*, subject: str, visible_to: Officer) -> QuerySet[OutboxMessage]:
    """Return the messages about one object, such as a case number, newest first."""
    return outbox_list(visible_to=visible_to).filter(subject=subject)


def lane_sent(*, administration: Administration, lane: str, type: str) -> QuerySet[OutboxMessage]:  # noqa: A002 - the word of the protocol
    """Return what was sent of one type in a lane, newest first.

    Not narrowed to an officer: the caller holds the object of the lane from a scoped selector.
    """
    messages = OutboxMessage.objects.select_related("partner__administration", "lane")
    return messages.filter(
        partner__administration=administration, lane__name=lane, message_type=type
    ).order_by("-epoch", "-seq")


def message_known(*, administration: Administration, idempotency_key: str) -> bool:
    """Return whether a message of that key was ever written for an administration."""
    return OutboxMessage.objects.filter(
        partner__administration=administration, idempotency_key=idempotency_key
    ).exists()


def exchange_counts(*, visible_to: Officer) -> ExchangeCounts:
    """Return how many messages stand where, over what the officer may see."""
    out = _by_state(outbox_list(visible_to=visible_to))
    came = _by_state(inbox_list(visible_to=visible_to))
    reads = visible_to.may("exchange.read")
    parked = InboxLane.objects.filter(state=InboxLane.State.PARKED).count() if reads else 0
    forked = OutboxLane.objects.filter(state=OutboxLane.State.FORK).count() if reads else 0
    return ExchangeCounts(
        waiting=out.get("ready", 0),
        received=out.get("received", 0),
        applied=out.get("applied", 0),
        refused=out.get("refused", 0),
        quarantined=out.get("quarantined", 0),
        held=came.get("held", 0),
        set_aside=came.get("quarantined", 0),
        parked_lanes=parked,
        forked_lanes=forked,
    )


def wire_reject_list(*, visible_to: Officer) -> QuerySet[WireReject]:
    """Return what was refused at the door, by claimed partner and reason."""
    rejects = WireReject.objects.all()
    return rejects if visible_to.may("exchange.read") else rejects.none()


def _by_state(messages: QuerySet[M]) -> dict[str, int]:
    return dict(messages.order_by().values_list("state").annotate(n=Count("pk")))


def _only(messages: QuerySet[M], message_id: UUID | str) -> M:
    message = messages.first()
    if message is None:
        raise NotFound("message-unknown", id=str(message_id))
    return message


def _narrowed(messages: QuerySet[M], state: str, query: str) -> QuerySet[M]:
    if state:
        messages = messages.filter(state=state)
    if query:
        messages = messages.filter(
            Q(subject__icontains=query)
            | Q(message_type__icontains=query)
            | Q(lane__name__icontains=query)
        )
    return messages
