from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from tests.apps.exchange.partner import Guangdong, refusal

from countermark.apps.audit.models import Entry
from countermark.apps.exchange.models import (
    OutboxLane,
    OutboxMessage,
    Partner,
    PartnerKey,
    Receipt,
)
from countermark.apps.exchange.selectors import (
    LEASE,
    delivery_trace,
    exchange_counts,
    inbox_list,
    outbox_about,
    outbox_get,
    outbox_list,
    outbox_unsettled_exists,
    partner_list,
    wire_reject_list,
)
from countermark.apps.exchange.services import (
    delivery,
    leases_reclaim,
    outbox_deliver_due,
    settlement,
)
from countermark.apps.exchange.transport import WireAnswer
from countermark.domain.envelopes.batch import Result, answer_decode, batch_decode
from countermark.domain.envelopes.keys import KeyUse
from countermark.domain.envelopes.seal import envelope_label
from countermark.domain.errors import NotFound

START = datetime(2014, 3, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def deliver(gd, clock, paired):
    """One round of the worker, after the longest wait there can be."""

    def _deliver(*, wait_s=0.0, transport=None, uniform=0.5):
        clock.shift(timedelta(seconds=wait_s))
        return outbox_deliver_due(transport=transport or gd, uniform=lambda: uniform)

    return _deliver


def test_a_message_is_delivered_and_settled_by_two_verified_receipts(deliver, send, gd):
    row = send()
    done = deliver()
    row.refresh_from_db()
    assert (done.sent, done.settled) == (1, 1)
    assert row.state == "applied"
    assert list(row.receipts.values_list("level", flat=True)) == ["R1", "R2"]
    assert gd.got[str(row.pk)].sha256 == row.inner_sha256
    entry = Entry.objects.get(act="exchange.message.settled")
    assert (entry.subject, entry.detail["outcome"]) == (str(row.pk), "applied")


def test_a_settled_message_is_never_sent_again(deliver, send, gd):
    send()
    deliver()
    assert deliver(wait_s=1000).sent == 0
    assert len(gd.posted) == 1
    assert not outbox_unsettled_exists()


def test_a_lane_leaves_in_its_order_and_the_urgent_first(deliver, send, gd):
    send(lane="stats", type="stats.bundle/1")
    rows = [send() for _ in range(3)]
    deliver()
    order = [inner.message for inner in gd.got.values()]
    assert [m.place.seq for m in order if m.type == "case.referral/1"] == [1, 2, 3]
    assert order[-1].type == "stats.bundle/1"
    assert [str(row.pk) for row in rows] == [m.id for m in order[:3]]


def test_a_partner_that_is_away_costs_nothing_but_waiting(deliver, send, gd, lin):
    rows = [send() for _ in range(3)]
    gd.away = True
    for _ in range(6):
        deliver(wait_s=900)
    trace = delivery_trace(outbox_get(message_id=rows[0].pk, visible_to=lin))
    assert trace.hops[-1].code == "partner-away"
    assert trace.hops[-1].detail == "no-connection"
    assert trace.next_try_at > trace.last_tried_at > trace.waiting_since
    gd.away = False
    assert deliver(wait_s=900).settled == 3
    assert Partner.objects.get().failures == 0


def test_one_unreachable_partner_is_tried_once_a_pause_whatever_the_backlog(deliver, send, gd):
    for _ in range(40):
        send()
    gd.away = True
    deliver()
    deliver()
    assert len(gd.posted) == 1


def test_pauses_grow_to_a_quarter_of_an_hour_and_no_further(deliver, send, gd):
    send()
    gd.away = True
    waits = []
    for _ in range(14):
        deliver(wait_s=900, uniform=0.999)
        waits.append((Partner.objects.get().next_contact_at - datetime.now(UTC)).total_seconds())
    assert waits == sorted(waits)
    assert waits[0] < 1
    assert 890 < waits[-1] < 900


def test_batches_shrink_when_they_fail_and_grow_when_they_arrive(deliver, send, gd):
    for _ in range(60):
        send()
    gd.away = True
    deliver()
    deliver(wait_s=900)
    gd.away = False
    sizes = []
    for _ in range(4):
        deliver(wait_s=900)
        sizes.append(len(batch_decode(gd.posted[-1].body).envelopes))
    assert sizes == [4, 8, 16, 32]


def test_a_batch_never_grows_beyond_what_a_partner_accepts(deliver, send, gd):
    for _ in range(20):
        send(data={"text": "x" * 125_000})
    Partner.objects.update(batch_size=64)
    assert 10 < deliver().sent < 20
    assert deliver(wait_s=900).settled > 0
    assert not outbox_unsettled_exists()


def test_a_lost_answer_only_means_sending_again(deliver, send, gd, monkeypatch):
    row = send()
    post = gd.post

    def lose(request):
        post(request)
        return WireAnswer(502, b"")

    monkeypatch.setattr(gd, "post", lose)
    deliver()
    first = gd.issued[str(row.pk)]
    monkeypatch.undo()
    assert deliver(wait_s=900).settled == 1
    assert list(row.receipts.values_list("token", flat=True)) == list(first)


def test_a_message_held_by_the_partner_is_asked_for_until_it_is_settled(deliver, send, gd):
    row = send()
    gd.outcome = ""
    deliver()
    row.refresh_from_db()
    assert (row.state, row.received_at) == ("received", START)
    gd.outcome = "applied"
    assert deliver(wait_s=900).settled == 1
    row.refresh_from_db()
    assert row.state == "applied"


def test_a_refusal_is_final_and_says_why(deliver, send, gd, lin):
    row = send()
    gd.outcome, gd.reason = "refused", "case-closed"
    deliver()
    trace = delivery_trace(outbox_get(message_id=row.pk, visible_to=lin))
    assert [hop.code for hop in trace.hops] == ["enqueued", "received", "refused"]
    assert trace.hops[-1].detail == "case-closed"
    assert (trace.waiting_since, trace.next_try_at, trace.proven) == (None, None, 2)


def test_a_message_set_aside_over_there_is_settled_when_an_officer_decides(deliver, send, gd):
    row = send()
    gd.outcome = "quarantined"
    deliver()
    row.refresh_from_db()
    assert row.state == "quarantined"
    inner = gd.got[str(row.pk)]
    gd.issued[str(row.pk)] = (gd.issued[str(row.pk)][0], gd.receipt(inner, "applied"))
    assert deliver(wait_s=900).settled == 1
    row.refresh_from_db()
    assert row.state == "applied"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"inner_sha256": "0" * 64}, "receipt-for-another-message"),
        ({"id": "0195d2a4-3c00-7000-8000-000000000001"}, "receipt-for-another-message"),
        ({"issuer": "mo"}, "receipt-parties-wrong"),
        ({"audience": "mo"}, "receipt-parties-wrong"),
    ],
)
def test_a_receipt_for_anything_else_settles_nothing(deliver, send, gd, change, error):
    row = send()
    original = gd.receipt
    gd.receipt = lambda inner, outcome, reason="": original(inner, outcome, reason, **change)
    assert deliver().settled == 0
    row.refresh_from_db()
    assert (row.state, row.last_error) == ("ready", error)
    assert not Receipt.objects.exists()


def test_a_receipt_by_another_key_settles_nothing(deliver, send, gd):
    row = send()
    mallory = Guangdong()
    gd.receipt = mallory.receipt
    assert deliver().settled == 0
    row.refresh_from_db()
    assert (row.state, row.last_error) == ("ready", "kid-unknown")


def test_an_answer_of_another_node_is_not_believed(deliver, send, gd):
    send()
    gd.answers = [Guangdong(node="mo").answer(Result())]
    assert deliver().settled == 0
    assert Partner.objects.get().last_error == "sender-wrong"


@pytest.mark.parametrize(
    "answer",
    [
        WireAnswer(200, b"not json"),
        WireAnswer(200, b'{"pv":"1.0","results":[]}'),
        WireAnswer(302, b"{}"),
        WireAnswer(404, b"<html>"),
        WireAnswer(500, b""),
        refusal(401, "partner-unknown"),
    ],
)
def test_any_other_answer_only_means_waiting(deliver, send, gd, answer):
    row = send()
    gd.answers = [answer]
    assert deliver().settled == 0
    row.refresh_from_db()
    assert (row.state, row.lease_owner) == ("ready", "")
    assert Partner.objects.get().failures == 1
    assert deliver(wait_s=900).settled == 1


def test_an_objection_is_kept_as_the_reason_for_waiting(deliver, send, gd):
    row = send()
    gd.answers = [gd.answer(gd.objects(row.inner_sha256, "kid-unknown"))]
    deliver()
    row.refresh_from_db()
    assert (row.state, row.last_error) == ("ready", "kid-unknown")
    assert deliver(wait_s=900).settled == 1


def test_a_fork_stops_its_lane_and_no_other(deliver, send, gd, lin):
    row = send()
    gd.answers = [gd.answer(gd.objects(row.inner_sha256, "lane-fork"))]
    deliver()
    assert OutboxLane.objects.get().state == "fork"
    assert delivery_trace(outbox_get(message_id=row.pk, visible_to=lin)).next_try_at is None
    assert Entry.objects.filter(act="exchange.lane.forked").count() == 1
    other = send(lane="stats", type="stats.bundle/1")
    assert deliver(wait_s=900).settled == 1
    other.refresh_from_db()
    assert other.state == "applied"
    assert exchange_counts(visible_to=lin).forked_lanes == 1


def test_an_objection_to_another_message_forks_nothing(deliver, send, gd):
    send()
    gd.answers = [gd.answer(gd.objects("0" * 64, "lane-fork"))]
    deliver()
    assert OutboxLane.objects.get().state == "open"


def test_a_clock_three_days_ahead_is_answered_by_signing_with_its_time(deliver, send, gd):
    send()
    theirs = START + timedelta(days=3)
    gd.answers = [refusal(401, "clock-skew", theirs.isoformat())]
    deliver()
    assert Partner.objects.get().skew_ms == 3 * 86_400_000
    deliver(wait_s=10)
    created = int((theirs + timedelta(seconds=10)).timestamp())
    assert f"created={created}" in gd.posted[-1].headers["Signature-Input"]


def test_a_new_encryption_key_is_learned_from_an_answer_and_used(deliver, send, gd):
    send()
    deliver()
    gd.rotate(KeyUse.ENCRYPT)
    row = send()
    gd.answers = [gd.answer(gd.objects(row.inner_sha256, "kid-unknown"))]
    deliver(wait_s=900)
    assert deliver(wait_s=900).settled == 1
    envelope = batch_decode(gd.posted[-1].body).envelopes[0]
    assert envelope_label(envelope).kid == gd.keys[KeyUse.ENCRYPT].kid
    assert PartnerKey.objects.get(use="encrypt", current=True).kid == gd.keys[KeyUse.ENCRYPT].kid


def test_a_partner_that_signs_one_fact_twice_has_lost_something(deliver, send, gd):
    row = send()
    gd.outcome = ""
    deliver()
    inner = gd.got[str(row.pk)]
    again = gd.receipt(inner, "received", at="2014-03-02T08:00:00.000000Z")
    gd.answers = [gd.answer(Result(receipts=(again,)))]
    deliver(wait_s=900)
    assert Entry.objects.get(act="exchange.partner.regressed").detail["message"] == str(row.pk)
    assert Receipt.objects.count() == 1


def test_an_answer_is_recorded_whole_or_not_at_all(deliver, send, gd, monkeypatch):
    rows = [send(), send()]

    def fail(name):
        if name == "deliver.recorded":
            raise RuntimeError("the last step")

    with monkeypatch.context() as broken:
        broken.setattr(settlement, "failpoint", fail)
        with pytest.raises(RuntimeError):
            deliver()
    assert not Receipt.objects.exists()
    assert {*OutboxMessage.objects.values_list("state", flat=True)} == {"ready"}
    assert deliver(wait_s=900).settled == len(rows)


def test_a_lease_that_ran_out_only_means_sending_again(deliver, send, gd, monkeypatch):
    send()
    OutboxMessage.objects.update(lease_owner="dead", lease_until=START + LEASE)
    assert deliver().sent == 0
    assert deliver(wait_s=LEASE.total_seconds()).settled == 1


def test_a_worker_that_starts_takes_over_from_the_dead_and_from_nobody_else(deliver, send):
    rows = {pid: send() for pid in (2**22 + 1, os.getpid(), os.getppid(), 1)}
    for pid, row in rows.items():
        owner = f"{delivery._HOST}:{pid}:0"
        OutboxMessage.objects.filter(pk=row.pk).update(lease_owner=owner, lease_until=START + LEASE)
    elsewhere = send()
    OutboxMessage.objects.filter(pk=elsewhere.pk).update(
        lease_owner=f"elsewhere:{2**22 + 1}:0", lease_until=START + LEASE
    )
    assert leases_reclaim() == 2
    assert deliver().sent == 2


def test_a_clock_put_right_by_three_days_delays_nothing(deliver, send, clock):
    clock.shift(timedelta(days=3))
    row = send()
    OutboxMessage.objects.update(lease_owner="dead", lease_until=datetime.now(UTC) + LEASE)
    Partner.objects.update(next_contact_at=datetime.now(UTC) + timedelta(seconds=600))
    assert deliver().settled == 0
    clock.shift(timedelta(days=-3))
    assert deliver().settled == 1
    row.refresh_from_db()
    assert row.state == "applied"


def test_an_answer_that_comes_twice_changes_nothing(deliver, send, gd, paired):
    row = send()
    deliver()
    before = OutboxMessage.objects.values().get()
    inner = gd.got[str(row.pk)]
    answer = gd.answer(Result(receipts=(gd.receipt(inner, "refused", "late"),)))
    gd.answers = [answer]
    OutboxMessage.objects.filter(pk=row.pk).update(lease_owner="")
    settled = settlement.answer_record(
        partner=paired,
        messages=[row],
        answer=answer_decode(answer.body, expected=1),
        uniform=0.5,
    )
    assert settled == 0
    assert OutboxMessage.objects.values().get() == before


def test_receipts_cannot_be_changed_in_the_database(deliver, send):
    send()
    deliver()
    with pytest.raises(Exception, match="append-only"):
        Receipt.objects.update(token="forged")


def test_nothing_of_the_content_is_readable_on_the_wire(deliver, send, gd):
    send(data={"secret": "canary-7f3a"}, subject="HK-2014-000009")
    deliver()
    sent = gd.posted[0].body + repr(gd.posted[0].headers).encode()
    assert b"canary" not in sent
    assert b"HK-2014-000009" not in sent


def test_the_exchange_is_read_by_roles_and_by_who_wrote_a_message(deliver, send, readers, chan):
    row = send(by=None)
    deliver()
    for officer in readers:
        assert outbox_list(visible_to=officer, query="HK-2014", state="applied").count() == 1
        assert partner_list(visible_to=officer).count() == 1
    for selector in (outbox_list, inbox_list, partner_list, wire_reject_list):
        assert not selector(visible_to=chan).exists()
    with pytest.raises(NotFound, match="message-unknown"):
        outbox_get(message_id=row.pk, visible_to=chan)
    OutboxMessage.objects.update(created_by=chan)
    assert outbox_about(subject="HK-2014-000009", visible_to=chan).get() == row
    assert exchange_counts(visible_to=chan).applied == 1
