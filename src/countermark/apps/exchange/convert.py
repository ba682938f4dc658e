from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from countermark.apps.exchange.models import (
    InboxLane,
    InboxMessage,
    OutboxLane,
    OutboxMessage,
    OwnKey,
    PartnerKey,
)
from countermark.domain.envelopes.canonical import Json, json_object
from countermark.domain.envelopes.chain import Position
from countermark.domain.envelopes.keys import KeyUse, PublicKey, b64url_decode
from countermark.domain.envelopes.message import Message


def public_key_from_row(row: PartnerKey | OwnKey) -> PublicKey:
    """Return a stored public key as the domain reads it."""
    return PublicKey(KeyUse(row.use), row.x)


def head_from_lane(lane: OutboxLane | InboxLane) -> Position:
    """Return the place that the next message of a lane has."""
    return Position(lane.epoch, lane.next_seq, lane.prev_hash)


def place_from_row(row: InboxMessage) -> Position:
    """Return where in its lane a stored message stands."""
    return Position(row.epoch, row.seq, row.prev_hash)


def handling_from_message(message: Message) -> dict[str, Json]:
    """Return how a message is to be handled, as a row keeps it for lists and filters."""
    return {"tlp": message.tlp.value, "purpose": message.purpose}


def content_from_row(row: OutboxMessage | InboxMessage) -> Mapping[str, Json]:
    """Return the content of a stored message whose signature was checked when it was stored."""
    payload = b64url_decode(row.inner_jws.split(".")[1])
    return json_object(payload or b"")


def instant_text(instant: datetime) -> str:
    """Return an instant as it stands in messages and receipts: UTC with microseconds."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
