"""Working the outbox: lease due rows, seal, send, verify every receipt, record.

Nothing here holds a promise: the rows do. A worker that dies at any point leaves a lease that runs
out, and what was sent twice is recognised by the partner and answered with the same receipts.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom

from django.db import transaction
from django.utils import timezone

from countermark.apps.exchange.failpoints import failpoint
from countermark.apps.exchange.models import OutboxMessage, Partner
from countermark.apps.exchange.selectors import (
    LEASE,
    outbox_due,
    own_key_current,
    own_node_id,
    own_statement,
    partner_key_current,
    partners_due,
)
from countermark.apps.exchange.services.settlement import (
    answer_record,
    contact_failed,
    skew_record,
)
from countermark.apps.exchange.signatures import WireRequest, request_sign
from countermark.apps.exchange.transport import Transport, Unreachable, WireAnswer
from countermark.domain.envelopes.batch import (
    MAX_BATCH_BYTES,
    Batch,
    answer_decode,
    batch_encode,
)
from countermark.domain.envelopes.canonical import json_object
from countermark.domain.envelopes.keys import KeyUse
from countermark.domain.envelopes.seal import envelope_seal
from countermark.domain.errors import EnvelopeRefused

PATH = "/cmx/v1/messages"
_HOST = hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]
_ROOM = MAX_BATCH_BYTES - 64 * 1024

Uniform = Callable[[], float]
_UNIFORM: Uniform = SystemRandom().random


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one round did: messages sent, and messages whose fate became known."""

    sent: int = 0
    settled: int = 0

    def __add__(self, other: Delivered) -> Delivered:
        return Delivered(self.sent + other.sent, self.settled + other.settled)


def outbox_deliver_due(*, transport: Transport, uniform: Uniform = _UNIFORM) -> Delivered:
    """Send one batch to every partner that has something due and is not being waited for.

    Not one transaction: leasing, and recording what came back, are one each, and between them the
    network may take its time.

    Args:
        transport: Carries the request.
        uniform: Random numbers in [0, 1) that spread retries.
    """
    done = Delivered()
    for partner in partners_due(timezone.now()):
        if outbox_due(partner, timezone.now()).exists():
            done += _deliver(partner, transport, uniform)
    return done


def leases_reclaim() -> int:
    """End the leases of workers of this machine that are dead, and return how many rows that freed.

    A worker calls it when it starts, so that a crash costs a restart and not a whole lease. Taking
    one from a living worker by mistake would only mean sending twice, which is harmless.
    """
    held = OutboxMessage.objects.filter(lease_owner__startswith=f"{_HOST}:")
    owners = held.order_by().values_list("lease_owner", flat=True).distinct()
    dead = [owner for owner in owners if not _alive(int(owner.split(":")[1]))]
    return held.filter(lease_owner__in=dead).update(lease_owner="", lease_until=None)


def _alive(pid: int) -> bool:
    # Whoever starts has leased nothing yet: a row under its own number is a predecessor's.
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _deliver(partner: Partner, transport: Transport, uniform: Uniform) -> Delivered:
    owner = f"{_HOST}:{os.getpid()}:{secrets.token_hex(4)}"
    messages, envelopes = _sealed(partner, _lease(partner, owner, timezone.now()))
    if not messages:
        return Delivered()
    body = batch_encode(Batch(own_node_id(), own_statement().token, tuple(envelopes)))
    failpoint("deliver.sealed")
    try:
        answer = transport.post(_request(partner, body))
        failpoint("deliver.answered")
        settled = _take(partner, messages, answer, uniform)
    except Unreachable as away:
        contact_failed(partner=partner, reason=away.code, uniform=uniform())
        settled = 0
    except EnvelopeRefused as refusal:
        contact_failed(partner=partner, reason=refusal.code, uniform=uniform())
        settled = 0
    finally:
        OutboxMessage.objects.filter(lease_owner=owner).update(lease_owner="", lease_until=None)
    return Delivered(len(messages), settled)


@transaction.atomic
def _lease(partner: Partner, owner: str, now: datetime) -> list[OutboxMessage]:
    # On PostgreSQL two workers pass each other by; on SQLite the transaction has the only writer.
    due = outbox_due(partner, now).select_for_update(skip_locked=True, of=("self",))
    messages = list(due[: partner.batch_size])
    for message in messages:
        message.attempts += 1
        message.lease_owner, message.lease_until = owner, now + LEASE
        message.last_attempt_at = now
    OutboxMessage.objects.bulk_update(
        messages, ["attempts", "lease_owner", "lease_until", "last_attempt_at"]
    )
    failpoint("lease.taken")
    return messages


def _sealed(partner: Partner, leased: list[OutboxMessage]) -> tuple[list[OutboxMessage], list[str]]:
    if not leased:
        return [], []
    recipient = partner_key_current(partner, KeyUse.ENCRYPT)
    messages: list[OutboxMessage] = []
    envelopes: list[str] = []
    size = 0
    for message in leased:
        envelope = envelope_seal(
            message.inner_jws,
            sender=own_node_id(),
            recipient=partner.node_id,
            recipient_key=recipient,
        )
        size += len(envelope) + 3
        if messages and size > _ROOM:
            break
        messages.append(message)
        envelopes.append(envelope)
    return messages, envelopes


def _request(partner: Partner, body: bytes) -> WireRequest:
    return request_sign(
        url=partner.base_url + PATH,
        body=body,
        key=own_key_current(KeyUse.TRANSPORT),
        created=timezone.now() + timedelta(milliseconds=partner.skew_ms),
    )


def _take(
    partner: Partner, messages: list[OutboxMessage], answer: WireAnswer, uniform: Uniform
) -> int:
    if answer.status == 200:
        decoded = answer_decode(answer.body, expected=len(messages))
        return answer_record(partner=partner, messages=messages, answer=decoded, uniform=uniform())
    if answer.status >= 500:
        raise Unreachable("partner-busy")
    refusal = json_object(answer.body)
    code, time = refusal.get("code"), refusal.get("time")
    if code == "clock-skew" and isinstance(time, str):
        skew_record(partner=partner, their_time=time)
    raise Unreachable(code[:80] if isinstance(code, str) else "refused")
