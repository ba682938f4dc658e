from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.exchange.keyring import key_load
from countermark.apps.exchange.models import (
    InboxLane,
    InboxMessage,
    KeyStatement,
    OutboxLane,
    OutboxMessage,
    OwnKey,
    Partner,
    WireReject,
)
from countermark.domain.envelopes.keys import KeyPair, KeyUse, PublicKey
from countermark.domain.envelopes.retry import CAP_S
from countermark.domain.errors import Conflict, EnvelopeRefused, NotFound

M = TypeVar("M", OutboxMessage, InboxMessage)
LEASE = timedelta(seconds=60)


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


def own_node_id() -> str:
    """Return this node's name among nodes: the code of its administration."""
    return str(settings.COUNTERMARK_ADMINISTRATION)


def own_key_current(use: KeyUse) -> KeyPair:
    """Return the key this node uses now for one purpose.

    Raises:
        NotFound: ``node-keys-missing``, ``private-key-missing``.
    """
    row = OwnKey.objects.filter(use=use, state=OwnKey.State.CURRENT).first()
    if row is None:
        raise NotFound("node-keys-missing", use=use.value)
    return key_load(use, row.kid)


def own_encryption_keys() -> dict[str, KeyPair]:
    """Return every key this node can still open envelopes with, by id."""
    rows = OwnKey.objects.filter(use=KeyUse.ENCRYPT).exclude(state=OwnKey.State.DESTROYED)
    return {row.kid: key_load(KeyUse.ENCRYPT, row.kid) for row in rows}


def own_statement() -> KeyStatement:
    """Return this node's key statement in force.

    Raises:
        NotFound: ``node-keys-missing``.
    """
    statement = KeyStatement.objects.order_by("-number").first()
    if statement is None:
        raise NotFound("node-keys-missing", use="statement")
    return statement


def partner_get(*, administration: Administration) -> Partner:
    """Return the paired node of an administration.

    Raises:
        Conflict: ``partner-not-paired``, ``partner-suspended``.
    """
    partner = Partner.objects.filter(administration=administration).first()
    if partner is None or partner.state == Partner.State.PROPOSED:
        raise Conflict("partner-not-paired", administration=administration.code)
    if partner.state == Partner.State.SUSPENDED:
        raise Conflict("partner-suspended", administration=administration.code)
    return partner


def partner_speaking(node_id: str) -> Partner:
    """Return the partner that a request claims to come from.

    Raises:
        EnvelopeRefused: ``partner-unknown``, ``partner-suspended``.
    """
    partner = Partner.objects.select_related("administration").filter(node_id=node_id).first()
    if partner is None or partner.state == Partner.State.PROPOSED:
        raise EnvelopeRefused("partner-unknown", node=node_id)
    if partner.state == Partner.State.SUSPENDED:
        raise EnvelopeRefused("partner-suspended", node=node_id)
    return partner


def partner_keys(partner: Partner, use: KeyUse) -> dict[str, PublicKey]:
    """Return a partner's keys of one use by id, former keys included and revoked ones not."""
    rows = partner.keys.filter(use=use, revoked=False)
    return {row.kid: PublicKey(use, row.x) for row in rows}


def partner_key_current(partner: Partner, use: KeyUse) -> PublicKey:
    """Return the newest key of a partner for one use.

    Raises:
        NotFound: ``partner-key-missing``: the partner's statement names none.
    """
    row = partner.keys.filter(use=use, current=True).first()
    if row is None:
        raise NotFound("partner-key-missing", node=partner.node_id, use=use.value)
    return PublicKey(use, row.x)


def partners_due(now: datetime) -> QuerySet[Partner]:
    """Return the partners that may be contacted now."""
    return Partner.objects.filter(
        _come("next_contact_at", now, timedelta(seconds=CAP_S)), state=Partner.State.VERIFIED
    )


def outbox_due(partner: Partner, now: datetime) -> QuerySet[OutboxMessage]:
    """Return what may be sent to a partner now, most urgent first, each lane in its order."""
    return OutboxMessage.objects.filter(
        Q(lease_until__isnull=True) | _come("lease_until", now, LEASE),
        _come("next_attempt_at", now, timedelta(seconds=CAP_S)),
        partner=partner,
        state__in=OutboxMessage.UNSETTLED,
        lane__state=OutboxLane.State.OPEN,
    ).order_by("priority", "next_attempt_at", "lane_id", "epoch", "seq")


def outbox_unsettled_exists() -> bool:
    """Return whether any message of this node still waits for its last receipt."""
    return OutboxMessage.objects.filter(
        state__in=OutboxMessage.UNSETTLED, lane__state=OutboxLane.State.OPEN
    ).exists()


def partner_list(*, visible_to: Officer) -> QuerySet[Partner]:
    """Return the partner nodes to those who may read the exchange."""
    partners = Partner.objects.select_related("administration")
    return partners if visible_to.may("exchange.read") else partners.none()


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
    message = outbox_list(visible_to=visible_to).filter(pk=message_id).first()
    if message is None:
        raise NotFound("message-unknown", id=str(message_id))
    return message


def inbox_get(*, message_id: UUID | str, visible_to: Officer) -> InboxMessage:
    """Return one message that came.

    Raises:
        NotFound: There is none with this id, or the officer may not see it.
    """
    message = inbox_list(visible_to=visible_to).filter(message_id=message_id).first()
    if message is None:
        raise NotFound("message-unknown", id=str(message_id))
    return message


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


def partner_reachable(administration: Administration) -> bool:
    """Return whether an administration has a node that messages can be written for."""
    return Partner.objects.filter(
        administration=administration, state=Partner.State.VERIFIED
    ).exists()


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


def _come(field: str, now: datetime, longest: timedelta) -> Q:
    # An instant further ahead than any wait can be was written by a clock since put right.
    return Q(**{f"{field}__lte": now}) | Q(**{f"{field}__gt": now + longest})


def _by_state(messages: QuerySet[M]) -> dict[str, int]:
    return dict(messages.order_by().values_list("state").annotate(n=Count("pk")))


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
