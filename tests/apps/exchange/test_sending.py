from __future__ import annotations

import pytest

from countermark.apps.audit.models import Entry
from countermark.apps.exchange.models import OutboxLane, OutboxMessage, Partner
from countermark.apps.exchange.selectors import own_key_current
from countermark.apps.exchange.services import sending
from countermark.domain.envelopes.chain import lane_start
from countermark.domain.envelopes.keys import KeyUse
from countermark.domain.envelopes.message import inner_open
from countermark.domain.errors import Conflict, EnvelopeRefused, NotPermitted


def inner_of(row):
    key = own_key_current(KeyUse.SIGN).public
    return inner_open(row.inner_jws, {key.kid: key}.get)


def test_a_message_is_signed_numbered_and_chained_when_it_is_written(send, lane):
    first, second = send(), send()
    one, two = inner_of(first).message, inner_of(second).message
    assert one.place == lane_start("hk", "cn-gd", lane)
    assert two.place == one.place.after(first.inner_sha256)
    assert (one.sender, one.recipient, one.id) == ("hk", "cn-gd", str(first.pk))


def test_writing_is_audited_without_the_content(send):
    row = send(data={"secret": "canary-7f3a"})
    entry = Entry.objects.get(act="exchange.message.enqueued")
    assert entry.subject == str(row.pk)
    assert "canary" not in repr(entry.detail)


def test_the_same_key_again_returns_the_row_that_is_there(send):
    first = send(idempotency_key="op:1:result:3")
    assert send(idempotency_key="op:1:result:3") == first
    assert OutboxMessage.objects.count() == 1
    assert OutboxLane.objects.get().next_seq == 2


@pytest.mark.parametrize("change", [{"data": {"other": 1}}, {"type": "op.result/1"}])
def test_a_key_never_names_two_messages(send, change, lane):
    send(idempotency_key="once")
    if "type" in change:
        change["lane"] = lane.replace("case", "op")
    with pytest.raises(Conflict, match="idempotency-key-reused"):
        send(idempotency_key="once", **change)


def test_a_refused_message_leaves_no_gap(send):
    send()
    with pytest.raises(EnvelopeRefused, match="content-too-large"):
        send(data={"text": "x" * 140_000})
    assert send().seq == 2


@pytest.mark.parametrize("step", ["audit_record", "failpoint"])
def test_a_message_is_written_whole_or_not_at_all(send, monkeypatch, step):
    def fail(*args, **detail):
        raise RuntimeError("the last step")

    send()
    with monkeypatch.context() as broken:
        broken.setattr(sending, step, fail)
        with pytest.raises(RuntimeError):
            send()
    assert OutboxMessage.objects.count() == 1
    assert OutboxLane.objects.get().next_seq == 2
    assert send().seq == 2


def test_lanes_count_for_themselves(send, lane):
    send()
    assert send(lane="stats", type="stats.bundle/1").seq == 1


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"type": "case.unheard/1"}, "type-unknown"),
        ({"lane": "somewhere"}, "lane-malformed"),
        ({"lane": "stats"}, "lane-wrong"),
        ({"subject": "x" * 121}, "attribute-malformed"),
    ],
)
def test_what_the_protocol_does_not_know_is_refused(send, change, refusal):
    with pytest.raises((EnvelopeRefused, Conflict), match=refusal):
        send(**change)
    assert not OutboxMessage.objects.exists()


def test_who_may_not_send_is_refused(send, chan):
    with pytest.raises(NotPermitted):
        send(by=chan)
    assert not OutboxMessage.objects.exists()


def test_the_node_itself_may_answer(send):
    assert send(by=None).created_by is None


def test_an_unpaired_administration_gets_nothing(send, macao):
    with pytest.raises(Conflict, match="partner-not-paired"):
        send(administration=macao)


def test_a_suspended_partner_gets_nothing(send, paired):
    Partner.objects.update(state=Partner.State.SUSPENDED)
    with pytest.raises(Conflict, match="partner-suspended"):
        send()
