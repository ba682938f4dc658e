"""Taking a partner's answer: every receipt verified, all of it recorded in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from countermark.apps.audit.services import audit_record
from countermark.apps.exchange.failpoints import failpoint
from countermark.apps.exchange.models import OutboxLane, OutboxMessage, Partner, Receipt
from countermark.apps.exchange.selectors import own_node_id, partner_keys
from countermark.apps.exchange.services.pairing import statement_learn
from countermark.domain.envelopes.batch import Answer, Result
from countermark.domain.envelopes.keys import KeyUse, PublicKey
from countermark.domain.envelopes.receipt import (
    Level,
    ReceiptClaims,
    objection_open,
    receipt_open,
)
from countermark.domain.envelopes.retry import batch_size_after, retry_delay_s
from countermark.domain.errors import EnvelopeRefused

Keys = Mapping[str, PublicKey]
_FINAL = (
    OutboxMessage.State.APPLIED,
    OutboxMessage.State.REFUSED,
    OutboxMessage.State.SKIPPED,
)


def answer_record(
    *, partner: Partner, messages: list[OutboxMessage], answer: Answer, uniform: float
) -> int:
    """Record what a partner answered to a batch and return how many messages it settled.

    Writes receipts, the messages' fate, the partner's keys and its state of health in one
    transaction. A receipt that does not verify, or speaks of another message, is not recorded.

    Raises:
        EnvelopeRefused: The answer comes from another node, or carries keys its root did not sign.
    """
    if answer.sender != partner.node_id:
        raise EnvelopeRefused("sender-wrong", sender=answer.sender)
    with transaction.atomic():
        statement_learn(partner, answer.statement)
        keys = partner_keys(partner, KeyUse.SIGN)
        settled = sum(
            _result_record(message, result, keys, uniform)
            for message, result in zip(messages, answer.results, strict=True)
        )
        _contact_made(partner)
        failpoint("deliver.recorded")
    failpoint("deliver.committed")
    return settled


def contact_failed(*, partner: Partner, reason: str, uniform: float) -> None:
    """Note that a partner gave no usable answer; every message to it waits, with growing pauses."""
    with transaction.atomic():
        row = Partner.objects.select_for_update().get(pk=partner.pk)
        row.failures += 1
        row.last_error = reason[:80]
        row.next_contact_at = timezone.now() + timedelta(
            seconds=retry_delay_s(row.failures, uniform)
        )
        row.batch_size = batch_size_after(row.batch_size, succeeded=False)
        row.save(update_fields=["failures", "last_error", "next_contact_at", "batch_size"])


def skew_record(*, partner: Partner, their_time: str) -> None:
    """Note how far a partner's clock is ahead of ours, to sign the next request by its clock."""
    theirs = parse_datetime(their_time)
    if theirs is not None and theirs.tzinfo is not None:
        skew_ms = int((theirs - timezone.now()).total_seconds() * 1000)
        Partner.objects.filter(pk=partner.pk).update(skew_ms=skew_ms)


def _contact_made(partner: Partner) -> None:
    now = timezone.now()
    Partner.objects.filter(pk=partner.pk).update(
        failures=0,
        last_error="",
        next_contact_at=now,
        last_contact_at=now,
        batch_size=batch_size_after(partner.batch_size, succeeded=True),
    )


def _result_record(message: OutboxMessage, result: Result, keys: Keys, uniform: float) -> bool:
    row = (
        OutboxMessage.objects.select_for_update(of=("self",))
        .select_related("lane", "partner")
        .get(pk=message.pk)
    )
    if row.state in _FINAL:
        return False
    before = row.state
    try:
        if result.objection:
            _objection_take(row, result.objection, keys)
        for token in result.receipts:
            _receipt_take(row, token, keys)
    except EnvelopeRefused as refusal:
        row.last_error = refusal.code
    _reschedule(row, progressed=row.state != before, uniform=uniform)
    row.save()
    if row.state in _FINAL:
        _settled(row)
    return row.state in _FINAL


def _receipt_take(row: OutboxMessage, token: str, keys: Keys) -> None:
    claims = receipt_open(token, issuer=row.partner.node_id, audience=own_node_id(), keys=keys.get)
    if (claims.id, claims.inner_sha256) != (str(row.pk), row.inner_sha256):
        raise EnvelopeRefused("receipt-for-another-message")
    receipt, new = Receipt.objects.get_or_create(
        message=row,
        level=claims.level.value,
        outcome=claims.outcome,
        defaults={
            "inner_sha256": claims.inner_sha256,
            "token": token,
            "at": timezone.now(),
        },
    )
    if new:
        _fate(row, claims, receipt.at)
    elif receipt.token != token:
        # Only a partner that lost what it had stored signs the same fact twice.
        audit_record("exchange.partner.regressed", subject=row.partner.node_id, message=str(row.pk))
    row.last_error = ""


def _fate(row: OutboxMessage, claims: ReceiptClaims, at: datetime) -> None:
    if claims.level is Level.RECEIVED:
        row.received_at = at
        if row.state == OutboxMessage.State.READY:
            row.state = OutboxMessage.State.RECEIVED
    elif claims.level is Level.SETTLED:
        row.state, row.reason, row.settled_at = claims.outcome, claims.reason, at


def _objection_take(row: OutboxMessage, token: str, keys: Keys) -> None:
    objection = objection_open(
        token, issuer=row.partner.node_id, audience=own_node_id(), keys=keys.get
    )
    row.last_error = objection.reason
    if objection.reason == "lane-fork" and objection.inner_sha256 == row.inner_sha256:
        OutboxLane.objects.filter(pk=row.lane_id).update(state=OutboxLane.State.FORK)
        audit_record("exchange.lane.forked", subject=row.lane.name, partner=row.partner.node_id)


def _reschedule(row: OutboxMessage, *, progressed: bool, uniform: float) -> None:
    row.failures = 0 if progressed else row.failures + 1
    wait_s = retry_delay_s(max(1, row.failures), uniform)
    row.next_attempt_at = timezone.now() + timedelta(seconds=wait_s)
    row.lease_owner, row.lease_until = "", None


def _settled(row: OutboxMessage) -> None:
    audit_record(
        "exchange.message.settled",
        subject=str(row.pk),
        outcome=row.state,
        reason=row.reason,
        inner_sha256=row.inner_sha256,
    )
