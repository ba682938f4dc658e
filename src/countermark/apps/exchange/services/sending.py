"""Writing a message: in the transaction of the change it tells of, signed and numbered for good."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.accounts.services import officer_authorise
from countermark.apps.audit.services import audit_record
from countermark.apps.exchange.convert import (
    content_from_row,
    handling_from_message,
    head_from_lane,
    instant_text,
)
from countermark.apps.exchange.failpoints import failpoint
from countermark.apps.exchange.models import OutboxLane, OutboxMessage, Partner
from countermark.apps.exchange.selectors import own_key_current, own_node_id, partner_get
from countermark.domain.envelopes.canonical import Json, json_bytes, uuid7
from countermark.domain.envelopes.chain import lane_start
from countermark.domain.envelopes.keys import KeyUse
from countermark.domain.envelopes.message import Inner, Message, inner_sign
from countermark.domain.envelopes.schema import MessageType, lane_kind, type_get
from countermark.domain.errors import Conflict


@dataclass(frozen=True, slots=True)
class _Draft:
    kind: MessageType
    lane: str
    idempotency_key: str
    subject: str
    data: Mapping[str, Json]


@transaction.atomic
def message_enqueue(
    *,
    administration: Administration,
    lane: str,
    type: str,  # noqa: A002 - the word of the protocol
    data: Mapping[str, Json],
    idempotency_key: str,
    by: Officer | None,
    subject: str = "",
) -> OutboxMessage:
    """Write a message to a partner, to be delivered in the order of its lane.

    Call it inside the transaction of the change it tells of: both stand or fall together. Writes
    the message, its lane's end and one audit entry. The same key again returns the row that is
    there and writes nothing.

    Args:
        administration: Whose node is to receive it; it must be paired.
        lane: ``case:<uuid>``, ``op:<uuid>``, ``stats``: messages of one lane arrive in order.
        type: One of ``MESSAGE_TYPES``.
        data: JSON content, at most about 128 kB.
        idempotency_key: Names the business act, such as ``op:<uuid>:result:3``.
        by: The officer in whose name it goes, or None where the node itself answers.
        subject: The object as officers name it; shown in lists on both sides.

    Raises:
        NotPermitted: ``by`` may not send.
        Conflict: ``partner-not-paired``, ``partner-suspended``, or ``idempotency-key-reused``
            where the key named another message.
        EnvelopeRefused: The type, the lane or the content is not one the protocol knows.
    """
    if by is not None:
        officer_authorise(officer=by, act="exchange.send")
    draft = _Draft(type_get(type), lane, idempotency_key, subject, data)
    if lane_kind(lane) != draft.kind.lane_kind:
        raise Conflict("lane-wrong", lane=lane, type=type)
    partner = partner_get(administration=administration)
    row = _lane_locked(partner, lane)
    if (existing := _existing(partner, draft)) is not None:
        return existing
    message = _append(row, _signed(row, draft), draft, by)
    audit_record(
        "exchange.message.enqueued",
        subject=str(message.pk),
        by=by,
        to=partner.node_id,
        type=type,
        about=subject,
        inner_sha256=message.inner_sha256,
    )
    failpoint("enqueue.written")
    return message


def _lane_locked(partner: Partner, name: str) -> OutboxLane:
    start = lane_start(own_node_id(), partner.node_id, name)
    row, _ = OutboxLane.objects.get_or_create(
        partner=partner, name=name, defaults={"prev_hash": start.prev}
    )
    locked = OutboxLane.objects.select_for_update(of=("self",))
    return locked.select_related("partner").get(pk=row.pk)


def _existing(partner: Partner, draft: _Draft) -> OutboxMessage | None:
    message = OutboxMessage.objects.filter(
        partner=partner, idempotency_key=draft.idempotency_key
    ).first()
    if message is None:
        return None
    said = content_from_row(message)
    if (said["type"], said["lane"]) != (draft.kind.name, draft.lane) or json_bytes(
        said["data"]
    ) != json_bytes(dict(draft.data)):
        raise Conflict("idempotency-key-reused", key=draft.idempotency_key)
    return message


def _signed(lane: OutboxLane, draft: _Draft) -> Inner:
    now = timezone.now()
    message = Message(
        id=uuid7(int(now.timestamp() * 1000), secrets.token_bytes(10)),
        type=draft.kind.name,
        sender=own_node_id(),
        recipient=lane.partner.node_id,
        lane=lane.name,
        place=head_from_lane(lane),
        time=instant_text(now),
        idempotency_key=draft.idempotency_key,
        purpose=draft.kind.purpose,
        tlp=draft.kind.tlp,
        dataschema=draft.kind.dataschema,
        data=draft.data,
        subject=draft.subject,
    )
    return inner_sign(message, own_key_current(KeyUse.SIGN))


def _append(lane: OutboxLane, inner: Inner, draft: _Draft, by: Officer | None) -> OutboxMessage:
    now = timezone.now()
    row = OutboxMessage.objects.create(
        id=UUID(inner.message.id),
        partner=lane.partner,
        lane=lane,
        epoch=inner.message.place.epoch,
        seq=inner.message.place.seq,
        message_type=draft.kind.name,
        subject=draft.subject,
        idempotency_key=draft.idempotency_key,
        inner_jws=inner.token,
        inner_sha256=inner.sha256,
        handling=handling_from_message(inner.message),
        priority=draft.kind.priority,
        next_attempt_at=now,
        created_at=now,
        created_by=by,
    )
    head = inner.message.place.after(inner.sha256)
    lane.next_seq, lane.prev_hash = head.seq, head.prev
    lane.save(update_fields=["next_seq", "prev_hash"])
    return row
