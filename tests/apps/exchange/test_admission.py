from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from tests.apps.exchange.partner import Guangdong, hongkong_key

from countermark.apps.audit.models import Entry
from countermark.apps.exchange.models import (
    InboxLane,
    InboxMessage,
    Partner,
    PartnerKey,
    WireReject,
)
from countermark.apps.exchange.services import (
    admission,
    envelope_admit,
    message_replay,
    message_skip,
    node_key_rotate,
)
from countermark.domain.envelopes.batch import Batch, answer_decode, batch_encode
from countermark.domain.envelopes.canonical import sha256_hex
from countermark.domain.envelopes.chain import Position
from countermark.domain.envelopes.keys import KeyUse
from countermark.domain.envelopes.message import inner_sign
from countermark.domain.envelopes.receipt import objection_open
from countermark.domain.envelopes.seal import envelope_seal
from countermark.domain.errors import ActNotOpen, EnvelopeRefused, NotPermitted, Refusal

pytestmark = pytest.mark.usefixtures("paired")


@pytest.fixture
def admit(gd, handlers):
    """Hand messages over in one batch; return the outcomes that the receipts prove."""

    def _admit(*inners):
        body = envelope_admit(gd.batch(*inners), handlers)
        return [[r.outcome for r in receipts] for receipts in gd.receipts(body, len(inners))]

    return _admit


def objections(body, gd, expected=1):
    key = hongkong_key(KeyUse.SIGN)
    opened = [
        objection_open(r.objection, issuer="hk", audience=gd.node, keys={key.kid: key}.get)
        for r in answer_decode(body, expected=expected).results
    ]
    return [objection.reason for objection in opened]


def objected(gd, handlers, envelope):
    body = batch_encode(Batch(gd.node, gd.statement, (envelope,)))
    return objections(envelope_admit(body, handlers), gd)


def test_a_message_takes_effect_and_both_receipts_prove_it(gd, admit, lane, effects):
    assert admit(gd.says(lane)) == [["received", "applied"]]
    assert effects.seen == [1]
    row = InboxMessage.objects.get()
    assert (row.state, row.subject) == ("applied", "GD-2014-000123")
    assert Entry.objects.get(act="exchange.message.admitted").subject == str(row.message_id)


def test_receipts_are_bound_to_the_message_and_its_hash(gd, handlers, lane):
    inner = gd.says(lane)
    for receipt in gd.receipts(envelope_admit(gd.batch(inner), handlers), 1)[0]:
        assert (receipt.id, receipt.inner_sha256) == (inner.message.id, inner.sha256)
        assert (receipt.lane, receipt.epoch, receipt.seq) == (lane, 1, 1)


def test_the_same_message_again_gets_the_same_receipts_and_no_second_effect(
    gd, handlers, lane, effects
):
    inner = gd.says(lane)
    first = answer_decode(envelope_admit(gd.batch(inner), handlers), expected=1).results
    again = answer_decode(envelope_admit(gd.batch(inner, inner), handlers), expected=2).results
    assert again == first + first
    assert effects.seen == [1]


def test_messages_out_of_order_are_held_and_then_applied_in_order(gd, admit, lane, effects):
    one, two, three = (gd.says(lane) for _ in range(3))
    assert admit(three) == [["received"]]
    assert InboxMessage.objects.get().reason == "gap"
    assert admit(two) == [["received"]]
    assert effects.seen == []
    assert admit(one) == [["received", "applied"]]
    assert effects.seen == [1, 2, 3]
    assert admit(three) == [["received", "applied"]]


def test_disorder_within_one_batch_is_settled_within_its_answer(gd, admit, lane, effects):
    one, two = gd.says(lane), gd.says(lane)
    assert admit(two, one) == [["received", "applied"]] * 2
    assert effects.seen == [1, 2]


def test_one_lane_never_waits_for_another(gd, admit, lane, effects):
    gd.says(lane)
    assert admit(gd.says(lane), gd.says(f"case:{uuid4()}", data={"n": "other"})) == [
        ["received"],
        ["received", "applied"],
    ]
    assert effects.seen == ["other"]


def test_a_refusal_is_signed_with_its_code_and_the_lane_goes_on(gd, admit, lane, effects, handlers):
    effects.failure = Refusal("case-closed")
    body = envelope_admit(gd.batch(gd.says(lane)), handlers)
    receipt = gd.receipts(body, 1)[0][1]
    assert (receipt.outcome, receipt.reason) == ("refused", "case-closed")
    effects.failure = None
    assert admit(gd.says(lane)) == [["received", "applied"]]
    assert effects.seen == [2]


def test_a_refusal_whose_code_no_receipt_can_carry_is_still_answered(gd, lane, effects, handlers):
    effects.failure = Refusal("Not A Code")
    receipt = gd.receipts(envelope_admit(gd.batch(gd.says(lane)), handlers), 1)[0][1]
    assert receipt.reason == "refused"


def test_what_a_failing_handler_wrote_is_undone(gd, admit, lane, handlers):
    def write_and_fail(*, administration, data, message_id):
        administration.name_en = "Changed"
        administration.save()
        raise RuntimeError("a bug")

    handlers["case.referral/1"] = write_and_fail
    assert admit(gd.says(lane)) == [["received", "quarantined"]]
    assert Partner.objects.get().administration.name_en != "Changed"


def test_a_bug_parks_a_case_lane_and_no_other(gd, admit, lane, effects):
    effects.failure = ZeroDivisionError("canary-7f3a")
    assert admit(gd.says(lane)) == [["received", "quarantined"]]
    effects.failure = None
    assert admit(gd.says(lane)) == [["received"]]
    assert InboxMessage.objects.get(seq=2).reason == "parked"
    assert admit(gd.says(f"case:{uuid4()}", data={"n": 9})) == [["received", "applied"]]
    assert effects.seen == [9]


def test_a_bug_in_a_lane_without_strict_order_stops_nothing(gd, admit, effects):
    effects.failure = KeyError("x")
    kind = {"kind": "stats.bundle/1"}
    assert admit(gd.says("stats", **kind)) == [["received", "quarantined"]]
    effects.failure = None
    assert admit(gd.says("stats", **kind)) == [["received", "applied"]]


def test_a_bug_is_logged_without_the_content(gd, admit, lane, effects, caplog):
    effects.failure = ValueError("canary-7f3a")
    admit(gd.says(lane))
    assert "ValueError" in caplog.text
    assert "canary" not in caplog.text


def test_a_replay_lets_the_lane_go_on_and_the_sender_learns_it(gd, admit, effects, handlers, lin):
    effects.failure = ValueError("x")
    first, second = gd.says(gd.lane), gd.says(gd.lane)
    admit(first, second)
    message = InboxMessage.objects.get(seq=1)
    message_replay(message=message, handlers=handlers, by=lin)
    assert InboxLane.objects.get().state == "parked"
    effects.failure = None
    message_replay(message=message, handlers=handlers, by=lin)
    assert effects.seen == [1, 2]
    assert admit(first, second) == [["received", "applied"]] * 2


def test_a_skip_is_a_receipt_the_sender_sees(gd, admit, effects, handlers, lin):
    effects.failure = ValueError("x")
    first, second = gd.says(gd.lane), gd.says(gd.lane)
    admit(first, second)
    effects.failure = None
    message = InboxMessage.objects.get(seq=1)
    message_skip(message=message, reason="sent-in-error", handlers=handlers, by=lin)
    assert admit(first, second) == [["received", "skipped"], ["received", "applied"]]
    assert effects.seen == [2]
    assert Entry.objects.get(act="exchange.message.skipped").actor == "lin"


def test_only_what_was_set_aside_is_decided_and_only_by_who_may(gd, admit, handlers, lin, chan):
    admit(gd.says(gd.lane))
    message = InboxMessage.objects.get()
    with pytest.raises(ActNotOpen, match="message-not-set-aside"):
        message_replay(message=message, handlers=handlers, by=lin)
    with pytest.raises(NotPermitted):
        message_skip(message=message, reason="x", handlers=handlers, by=chan)


def test_a_type_nobody_handles_yet_waits_and_is_applied_after_the_upgrade(
    gd, admit, lane, effects, handlers
):
    inner = gd.says(lane, kind="case.future/1")
    assert admit(inner) == [["received"]]
    assert InboxMessage.objects.get().reason == "type-unknown"
    handlers["case.future/1"] = effects
    assert admit(inner) == [["received", "applied"]]
    assert effects.seen == [1]


def test_a_known_type_in_a_foreign_lane_is_refused(gd, admit, effects):
    assert admit(gd.says("stats")) == [["received", "refused"]]
    assert effects.seen == []


def test_one_id_never_names_two_messages(gd, admit, handlers, lane):
    inner = gd.says(lane)
    admit(inner)
    other = inner_sign(replace(inner.message, data={"n": "other"}), gd.keys[KeyUse.SIGN])
    assert objected(gd, handlers, gd.seal(other)) == ["lane-fork"]


@pytest.mark.parametrize("seq", [1, 2, 5])
def test_one_place_never_holds_two_messages(gd, admit, handlers, lane, seq):
    said = [gd.says(lane) for _ in range(5)]
    admit(said[0], said[4])
    taken = said[seq - 1].message.place
    place = taken if seq != 2 else Position(1, 2, "0" * 64)
    other = gd.says(lane, place=place)
    assert objected(gd, handlers, gd.seal(other)) == ["lane-fork"]
    assert InboxMessage.objects.count() == 2


def test_a_held_message_whose_predecessor_turns_out_another_is_never_applied(
    gd, admit, lane, effects
):
    one = gd.says(lane)
    wrong = gd.says(lane, place=Position(1, 2, "0" * 64))
    assert admit(wrong, one) == [["received"], ["received", "applied"]]
    assert InboxLane.objects.get().state == "fork"
    assert effects.seen == [1]


def test_a_later_epoch_and_a_place_far_ahead_are_not_stored(gd, handlers, lane):
    for place, reason in (
        (Position(2, 1, "0" * 64), "epoch-unknown"),
        (Position(1, 20_000, "0" * 64), "seq-too-far-ahead"),
    ):
        assert objected(gd, handlers, gd.seal(gd.says(lane, place=place))) == [reason]
    assert not InboxMessage.objects.exists()


def test_a_forgery_with_the_partners_own_key_id_is_refused(gd, handlers, lane, effects):
    mallory = Guangdong(keys=dict(gd.keys))
    inner = gd.says(lane)
    mallory.rotate(KeyUse.SIGN)
    forged = inner_sign(inner.message, mallory.keys[KeyUse.SIGN]).token.split(".")
    header = inner.token.split(".")[0]
    assert objected(gd, handlers, gd.seal(".".join([header, *forged[1:]]))) == ["signature-bad"]
    assert effects.seen == []
    assert not InboxMessage.objects.exists()


def test_a_message_of_the_partner_for_another_node_is_refused(gd, handlers, lane):
    assert objected(gd, handlers, gd.seal(gd.says(lane, recipient="mo"))) == ["audience-wrong"]


def test_an_envelope_that_is_none_is_objected_to_by_its_own_hash(gd, handlers):
    body = batch_encode(Batch(gd.node, gd.statement, ("nonsense",)))
    answer = answer_decode(envelope_admit(body, handlers), expected=1)
    key = hongkong_key(KeyUse.SIGN)
    token = answer.results[0].objection
    opened = objection_open(token, issuer="hk", audience="cn-gd", keys={key.kid: key}.get)
    assert (opened.reason, opened.inner_sha256) == ("token-malformed", sha256_hex("nonsense"))


def test_one_bad_envelope_spoils_no_other(gd, handlers, lane, effects):
    envelopes = ("nonsense", gd.seal(gd.says(lane)))
    body = envelope_admit(batch_encode(Batch(gd.node, gd.statement, envelopes)), handlers)
    results = answer_decode(body, expected=2).results
    assert results[0].objection
    assert len(results[1].receipts) == 2
    assert effects.seen == [1]


def test_refusals_are_counted_by_reason_and_never_kept(gd, handlers):
    for _ in range(3):
        objected(gd, handlers, "nonsense")
    row = WireReject.objects.get()
    assert (row.partner_hint, row.reason, row.seen) == ("cn-gd", "token-malformed", 3)


def test_nobody_unknown_or_suspended_is_listened_to(gd, handlers, lane):
    macao = Guangdong(node="mo")
    with pytest.raises(EnvelopeRefused, match="partner-unknown"):
        envelope_admit(macao.batch(gd.says(lane)), handlers)
    Partner.objects.update(state=Partner.State.SUSPENDED)
    with pytest.raises(EnvelopeRefused, match="partner-suspended"):
        envelope_admit(gd.batch(gd.says(lane)), handlers)


def test_a_new_signing_key_arrives_with_the_batch_that_needs_it(gd, admit, lane):
    gd.rotate(KeyUse.SIGN)
    assert admit(gd.says(lane)) == [["received", "applied"]]


def test_a_message_signed_before_the_rotation_still_opens(gd, admit, lane):
    inner = gd.says(lane)
    gd.rotate(KeyUse.SIGN)
    assert admit(inner) == [["received", "applied"]]


def test_a_revoked_key_opens_nothing(gd, handlers, lane):
    PartnerKey.objects.filter(use=KeyUse.SIGN).update(revoked=True)
    assert objected(gd, handlers, gd.seal(gd.says(lane))) == ["kid-unknown"]


def test_an_envelope_for_our_former_key_opens_and_for_a_destroyed_one_says_so(
    gd, handlers, admit, lane, lin
):
    early = gd.seal(gd.says(lane))
    node_key_rotate(use=KeyUse.ENCRYPT, by=lin)
    body = envelope_admit(batch_encode(Batch(gd.node, gd.statement, (early,))), handlers)
    assert len(gd.receipts(body, 1)[0]) == 2
    foreign = Guangdong().keys[KeyUse.ENCRYPT].public
    inner = gd.says(lane)
    lost = envelope_seal(inner.token, sender="cn-gd", recipient="hk", recipient_key=foreign)
    assert objected(gd, handlers, lost) == ["kid-unknown"]
    assert admit(inner) == [["received", "applied"]]


@pytest.mark.parametrize("step", ["admit.stored", "admit.settled"])
def test_a_message_is_stored_applied_and_answered_together_or_not_at_all(
    gd, admit, handlers, monkeypatch, step
):
    def fail(name):
        if name == step:
            raise RuntimeError("the last step")

    inner = gd.says(gd.lane)
    with monkeypatch.context() as broken:
        broken.setattr(admission, "failpoint", fail)
        with pytest.raises(RuntimeError):
            envelope_admit(gd.batch(inner), handlers)
    assert not InboxMessage.objects.exists()
    assert not InboxLane.objects.exists()
    assert not Entry.objects.filter(act="exchange.message.admitted").exists()
    assert admit(inner) == [["received", "applied"]]


@pytest.mark.parametrize("trouble", [OperationalError("locked"), OSError(28, "full")])
def test_the_machines_trouble_is_never_blamed_on_the_message(gd, admit, handlers, effects, trouble):
    inner = gd.says(gd.lane)
    effects.failure = trouble
    with pytest.raises(type(trouble)):
        envelope_admit(gd.batch(inner), handlers)
    assert not InboxMessage.objects.exists()
    effects.failure = None
    assert admit(inner) == [["received", "applied"]]


def test_a_receipt_once_stored_cannot_be_taken_away(gd, admit, lane):
    admit(gd.says(lane))
    with pytest.raises(Exception, match="exchange_inboxmessage_settled_with_receipt"):
        InboxMessage.objects.update(settled_receipt="")
    assert connection.vendor in {"sqlite", "postgresql"}
