"""A wire that drops, repeats, cuts, bends and confuses: nothing is believed that is not proven."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.apps.exchange.partner import Guangdong, refusal

from countermark.apps.exchange.models import OutboxMessage, Receipt
from countermark.apps.exchange.services import (
    message_enqueue,
    outbox_deliver_due,
    partner_pair,
)
from countermark.apps.exchange.transport import Unreachable, WireAnswer
from countermark.domain.errors import EnvelopeRefused

FAULTS = (
    "lost-request",
    "lost-answer",
    "repeated-request",
    "bent-request",
    "bent-answer",
    "cut-answer",
    "old-answer",
    "error-page",
    "held",
    "none",
)


class FaultyWire:
    """Carries requests to Guangdong with the next fault of a list; sound once the list is over."""

    def __init__(self, partner: Guangdong, faults: list[tuple[str, int]]) -> None:
        self.partner = partner
        self.faults = faults
        self.old = WireAnswer(502, b"")

    def post(self, request):
        fault, where = self.faults.pop(0) if self.faults else ("none", 0)
        if fault == "lost-request":
            raise Unreachable("no-connection")
        if fault == "bent-request":
            request = replace(request, body=bent(request.body, where))
        if fault == "repeated-request":
            self._carry(request)
        self.partner.outcome = "" if fault == "held" else "applied"
        answer = self._carry(request)
        old, self.old = self.old, answer
        return self._spoilt(fault, where, answer, old)

    def _carry(self, request):
        try:
            return self.partner.post(request)
        except EnvelopeRefused as refused:
            return refusal(400, refused.code)

    def _spoilt(self, fault, where, answer, old):
        if fault == "lost-answer":
            raise Unreachable("no-answer")
        bodies = {
            "bent-answer": bent(answer.body, where),
            "cut-answer": answer.body[: where % len(answer.body)],
            "old-answer": old.body,
            "error-page": b"<html>",
        }
        status = 502 if fault == "error-page" else answer.status
        return WireAnswer(status, bodies.get(fault, answer.body))


def bent(body: bytes, where: int) -> bytes:
    at = where % len(body)
    return body[:at] + bytes([body[at] ^ 1 << where % 8]) + body[at + 1 :]


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def gd(lin, guangdong):
    partner = Guangdong()
    partner_pair(bundle=partner.bundle, fingerprint=partner.words, fingerprint_confirmed_by=lin)
    return partner


def proven(partner: Guangdong) -> None:
    """Every state that is believed rests on a receipt the partner signed for that very message."""
    for row in OutboxMessage.objects.all():
        held = set(row.receipts.values_list("token", flat=True))
        assert held <= set(partner.issued.get(str(row.pk), ()))
        assert len(held) == {"ready": 0, "received": 1, "applied": 2}[row.state]


# Each example is a whole story with dozens of transactions.
@settings(max_examples=settings.default.max_examples // 4)
@given(
    faults=st.lists(st.tuples(st.sampled_from(FAULTS), st.integers(0, 100_000)), max_size=8),
    lanes=st.lists(st.sampled_from([UUID(int=1), UUID(int=2)]), min_size=1, max_size=6),
)
def test_no_fault_of_the_wire_loses_a_message_or_proves_what_is_not_so(
    gd, lin, guangdong, faults, lanes
):
    with undone(), time_machine.travel(datetime(2014, 3, 1, tzinfo=UTC), tick=False) as clock:
        partner = Guangdong(keys=gd.keys)
        wire = FaultyWire(partner, list(faults))
        for n, lane in enumerate(lanes):
            message_enqueue(
                administration=guangdong,
                lane=f"case:{lane}",
                type="case.referral/1",
                data={"n": n},
                idempotency_key=str(n),
                by=lin,
            )
        for _ in range(len(faults) + 3):
            clock.shift(timedelta(seconds=901))
            outbox_deliver_due(transport=wire, uniform=lambda: 0.5)
            proven(partner)
        assert {*OutboxMessage.objects.values_list("state", flat=True)} == {"applied"}
        assert Receipt.objects.count() == 2 * len(lanes)
        assert len(partner.got) == len(lanes)
