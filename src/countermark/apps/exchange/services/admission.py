"""Taking in a partner's messages: checked, stored, applied once and in order, answered for good.

What a handler writes, the message's own row, both receipts and the lane's new end are one
transaction. The answer is made only from what that transaction left behind.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from countermark.apps.exchange.convert import (
    handling_from_message,
    head_from_lane,
    instant_text,
)
from countermark.apps.exchange.failpoints import failpoint
from countermark.apps.exchange.handlers import Handlers
from countermark.apps.exchange.models import InboxLane, InboxMessage, Partner
from countermark.apps.exchange.selectors import (
    own_encryption_keys,
    own_key_current,
    own_node_id,
    own_statement,
    partner_keys,
    partner_speaking,
)
from countermark.apps.exchange.services.lanes import lane_advance, receipt_for
from countermark.apps.exchange.services.pairing import statement_learn
from countermark.apps.exchange.services.rejects import reject_count
from countermark.apps.exchange.signatures import WireRequest, request_verify
from countermark.domain.envelopes.batch import Answer, Batch, Result, answer_encode, batch_decode
from countermark.domain.envelopes.canonical import sha256_hex
from countermark.domain.envelopes.chain import Standing, lane_start, standing
from countermark.domain.envelopes.keys import KeyUse
from countermark.domain.envelopes.message import Inner
from countermark.domain.envelopes.receipt import Objection, Outcome, objection_sign
from countermark.domain.envelopes.seal import envelope_label, envelope_open
from countermark.domain.errors import EnvelopeRefused

_OBJECTIONS = {
    Standing.FORK: "lane-fork",
    Standing.EPOCH: "epoch-unknown",
    Standing.TOO_FAR: "seq-too-far-ahead",
}


def request_admit(*, request: WireRequest, handlers: Handlers, now: datetime) -> bytes:
    """Admit a batch that came over the network and return the body of the answer.

    Raises:
        EnvelopeRefused: The request as a whole is refused: it is malformed, no confirmed partner
            signed it, or its time is off. Counted, and nothing else written.
    """
    try:
        batch, partner = _introduced(request.body)
        request_verify(request, partner_keys(partner, KeyUse.TRANSPORT).get, now)
    except EnvelopeRefused as refusal:
        reject_count(refusal.code, request.body)
        raise
    _partner_is_up(partner, now)
    return _admit(batch, partner, handlers)


def envelope_admit(body: bytes, handlers: Handlers) -> bytes:
    """Admit a batch however it came, and return the answer that goes back the same way.

    Each envelope is one transaction: stored with its receipt, given its effect if it is next in
    its lane, and whatever waited for it after it; or not stored, and objected to. The same message
    again gets the same receipts byte for byte.

    Args:
        body: A batch as ``batch_encode`` made it.
        handlers: Effects by message type.

    Raises:
        EnvelopeRefused: The batch is malformed, or from nobody this node is paired with.
    """
    return _admit(*_introduced(body), handlers)


def _introduced(body: bytes) -> tuple[Batch, Partner]:
    batch = batch_decode(body)
    partner = partner_speaking(batch.sender)
    # Signed by the root key an officer confirmed: it may be learned whoever carried it here.
    statement_learn(partner, batch.statement)
    return batch, partner


def _partner_is_up(partner: Partner, now: datetime) -> None:
    Partner.objects.filter(pk=partner.pk, next_contact_at__gt=now).update(next_contact_at=now)


def _admit(batch: Batch, partner: Partner, handlers: Handlers) -> bytes:
    door = _Door(partner, handlers)
    entered = [door.enter(envelope) for envelope in batch.envelopes]
    answer = Answer(
        sender=own_node_id(),
        statement=own_statement().token,
        time=instant_text(timezone.now()),
        results=tuple(map(door.result, entered)),
    )
    return answer_encode(answer)


class _Door:
    """Opens the envelopes of one batch with keys that were looked up once."""

    def __init__(self, partner: Partner, handlers: Handlers) -> None:
        self.partner = partner
        self.handlers = handlers
        self.own_keys = own_encryption_keys()
        self.keys = partner_keys(partner, KeyUse.SIGN)
        self.signing = own_key_current(KeyUse.SIGN)

    def enter(self, envelope: str) -> str | Result:
        """Store and apply one envelope; return its message id, or the result that objects."""
        try:
            inner = envelope_open(
                envelope,
                me=own_node_id(),
                sender=self.partner.node_id,
                own_keys=self.own_keys.get,
                keys=self.keys.get,
            )
            failpoint("admit.opened")
            with transaction.atomic():
                self._store(inner)
                failpoint("admit.settled")
            failpoint("admit.committed")
        except EnvelopeRefused as refusal:
            reject_count(refusal.code, envelope.encode(), self.partner.node_id)
            return self._objection(envelope, refusal.code)
        return inner.message.id

    def result(self, entered: str | Result) -> Result:
        """Return the receipts that exist for a message once the whole batch is done."""
        if isinstance(entered, Result):
            return entered
        row = InboxMessage.objects.get(partner=self.partner, message_id=entered)
        return Result(receipts=tuple(filter(None, (row.received_receipt, row.settled_receipt))))

    def _store(self, inner: Inner) -> None:
        lane = self._lane_locked(inner.message.lane)
        known = InboxMessage.objects.filter(
            partner=self.partner, message_id=inner.message.id
        ).first()
        if known is None:
            self._insert(lane, inner)
        elif known.inner_sha256 != inner.sha256:
            raise EnvelopeRefused("lane-fork", id=inner.message.id)
        lane_advance(lane, self.handlers, self.signing)

    def _lane_locked(self, name: str) -> InboxLane:
        start = lane_start(self.partner.node_id, own_node_id(), name)
        row, _ = InboxLane.objects.get_or_create(
            partner=self.partner, name=name, defaults={"prev_hash": start.prev}
        )
        locked = InboxLane.objects.select_for_update(of=("self",))
        return locked.select_related("partner__administration").get(pk=row.pk)

    def _insert(self, lane: InboxLane, inner: Inner) -> None:
        message = inner.message
        stands = standing(head_from_lane(lane), message.place)
        place = {"epoch": message.place.epoch, "seq": message.place.seq}
        if stands is Standing.GAP and lane.messages.filter(**place).exists():
            stands = Standing.FORK
        if stands in _OBJECTIONS:
            raise EnvelopeRefused(_OBJECTIONS[stands], lane=lane.name)
        row = InboxMessage(
            partner=self.partner,
            message_id=message.id,
            lane=lane,
            **place,
            prev_hash=message.place.prev,
            message_type=message.type,
            subject=message.subject,
            inner_jws=inner.token,
            inner_sha256=inner.sha256,
            handling=handling_from_message(message),
            reason=_why_held(lane, stands),
            stored_at=timezone.now(),
        )
        row.received_receipt = receipt_for(row, Outcome.RECEIVED, "", self.signing)
        row.save(force_insert=True)
        failpoint("admit.stored")

    def _objection(self, envelope: str, reason: str) -> Result:
        try:
            claimed = envelope_label(envelope).inner_sha256
        except EnvelopeRefused:
            claimed = sha256_hex(envelope.encode())
        objection = Objection(
            issuer=own_node_id(),
            audience=self.partner.node_id,
            inner_sha256=claimed[:64],
            reason=reason,
            at=instant_text(timezone.now()),
        )
        return Result(objection=objection_sign(objection, self.signing))


def _why_held(lane: InboxLane, stands: Standing) -> str:
    if lane.state != InboxLane.State.OPEN:
        return lane.state
    return "gap" if stands is Standing.GAP else ""
