"""Deciding hits: with a reason, once, by those who may, and for a minute not for good."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests.apps.screening.conftest import NOW

from countermark.apps.audit.models import Entry
from countermark.apps.screening.models import Disposition, Hit
from countermark.apps.screening.selectors import disposition_last
from countermark.apps.screening.services import hit_dispose, hit_rely, hit_undo
from countermark.domain.errors import ActNotOpen, InvalidInput, NotPermitted

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def decide(hit, by, decision="confirm", **more):
    return hit_dispose(hit=hit, decision=decision, reason="looks like it", by=by, **more)


def state(hit) -> str:
    return Hit.objects.get(pk=hit.pk).state


@pytest.mark.parametrize(
    ("decision", "target"),
    [("confirm", "confirmed"), ("dismiss", "dismissed"), ("snooze", "snoozed")],
)
def test_a_decision_is_kept_with_its_reason_and_audited(hit, chan, decision, target):
    more = {"snooze_until": LATER} if decision == "snooze" else {}
    made = decide(hit, chan, decision, **more)
    assert state(hit) == target
    assert (made.reason, made.by, made.at) == ("looks like it", chan, NOW)
    assert (made.from_state, made.to_state) == ("open", target)
    entry = Entry.objects.get(act=f"screening.hit.{target}")
    assert (entry.subject, entry.detail) == (hit.number, {"reason": "looks like it"})


@pytest.mark.parametrize(
    ("steps", "open_to"),
    [
        (("confirm", "confirm"), False),
        (("confirm", "dismiss"), False),
        (("confirm", "snooze"), False),
        (("confirm", "reopen"), True),
        (("dismiss", "confirm"), False),
        (("dismiss", "reopen"), True),
        (("snooze", "confirm"), True),
        (("snooze", "dismiss"), True),
        (("snooze", "snooze"), True),
        (("snooze", "reopen"), True),
        ((None, "reopen"), False),
    ],
)
def test_what_may_follow_what(hit, chan, wu, steps, open_to):
    first, second = steps
    if first:
        decide(hit, chan, first, **({"snooze_until": LATER} if first == "snooze" else {}))
    more = {"snooze_until": LATER} if second == "snooze" else {}
    before = Disposition.objects.count()
    if open_to:
        decide(hit, wu, second, **more)
        assert Disposition.objects.count() == before + 1
    else:
        with pytest.raises(ActNotOpen):
            decide(hit, wu, second, **more)
        assert Disposition.objects.count() == before


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"decision": "burn"}, "decision"),
        ({"decision": "undo"}, "decision"),
        ({"reason": "  "}, "reason"),
        ({"reason": "x" * 2001}, "reason"),
        ({"decision": "snooze"}, "snooze_until"),
        ({"decision": "snooze", "snooze_until": NOW}, "snooze_until"),
        ({"snooze_until": LATER}, "snooze_until"),
    ],
)
def test_a_malformed_decision_is_refused_by_field_and_writes_nothing(hit, chan, given, field):
    with pytest.raises(InvalidInput) as refused:
        hit_dispose(**{"hit": hit, "decision": "confirm", "reason": "why", "by": chan} | given)
    assert refused.value.params["field"] == field
    assert not Disposition.objects.exists()


@pytest.mark.parametrize("act", [decide, lambda hit, by: hit_undo(hit=hit, by=by)])
def test_only_those_who_may_decide_do(hit, mak, act):
    with pytest.raises(NotPermitted):
        act(hit, mak)


def test_the_officer_takes_back_the_last_decision_within_a_minute(hit, chan, clock):
    decide(hit, chan)
    clock.shift(timedelta(seconds=60))
    undone = hit_undo(hit=hit, by=chan)
    assert (undone.decision, undone.to_state) == ("undo", "open")
    assert state(hit) == "open"
    assert Disposition.objects.count() == 2
    assert Entry.objects.get(act="screening.hit.undone").detail == {"decision": "confirm"}
    decide(hit, chan, "dismiss")
    assert state(hit) == "dismissed"


def test_after_a_minute_it_is_too_late(hit, chan, clock):
    decide(hit, chan)
    clock.shift(timedelta(seconds=61))
    with pytest.raises(ActNotOpen) as refused:
        hit_undo(hit=hit, by=chan)
    assert refused.value.code == "undo-too-late"
    assert state(hit) == "confirmed"


def test_nobody_takes_back_anothers_decision_or_one_twice(hit, chan, wu):
    with pytest.raises(ActNotOpen):
        hit_undo(hit=hit, by=chan)
    decide(hit, chan)
    with pytest.raises(NotPermitted):
        hit_undo(hit=hit, by=wu)
    hit_undo(hit=hit, by=chan)
    with pytest.raises(ActNotOpen) as refused:
        hit_undo(hit=hit, by=chan)
    assert refused.value.code == "nothing-to-undo"


def test_taking_back_restores_the_snooze_that_was_there(hit, chan):
    decide(hit, chan, "snooze", snooze_until=LATER)
    decide(hit, chan, "snooze", snooze_until=LATER + timedelta(days=1))
    hit_undo(hit=hit, by=chan)
    hit.refresh_from_db()
    assert (hit.state, hit.snoozed_until) == ("snoozed", LATER)
    decide(hit, chan)
    hit_undo(hit=hit, by=chan)
    hit.refresh_from_db()
    assert (hit.state, hit.snoozed_until) == ("snoozed", LATER)


def test_what_a_case_rests_on_stays_confirmed(hit, chan):
    with pytest.raises(ActNotOpen):
        hit_rely(hit=hit, by=chan)
    decide(hit, chan)
    relied = hit_rely(hit=hit, by=chan)
    assert relied.relied_on_at == NOW
    assert hit_rely(hit=hit, by=chan).relied_on_at == NOW
    assert Entry.objects.filter(act="screening.hit.relied-on").count() == 1
    for act in (lambda: hit_undo(hit=hit, by=chan), lambda: decide(hit, chan, "reopen")):
        with pytest.raises(ActNotOpen) as refused:
            act()
        assert refused.value.code == "hit-relied-on"


@pytest.mark.parametrize("undo", [False, True])
def test_when_the_audit_log_fails_the_decision_is_not_made(hit, chan, monkeypatch, undo):
    if undo:
        decide(hit, chan)
    before = (state(hit), Disposition.objects.count())

    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("countermark.apps.screening.services.hits.audit_record", fails)
    with pytest.raises(RuntimeError):
        hit_undo(hit=hit, by=chan) if undo else decide(hit, chan)
    assert (state(hit), Disposition.objects.count()) == before


def test_the_last_decision_is_known(hit, chan):
    assert disposition_last(hit) is None
    made = decide(hit, chan)
    assert disposition_last(hit) == made


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_itself_keeps_every_decision(hit, chan, verb):
    decide(hit, chan)
    rows = Disposition.objects.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(reason="other") if verb == "update" else rows._raw_delete(rows.db)
    assert Disposition.objects.get().reason == "looks like it"


@pytest.mark.parametrize(
    "change",
    [
        {"score": 1.5},
        {"state": "lost"},
        {"state": "snoozed"},
        {"snoozed_until": NOW},
        {"excused": "friend"},
        {"span_start": 9, "span_end": 8},
    ],
)
def test_the_database_itself_refuses_what_no_hit_can_be(hit, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Hit.objects.update(**change)


def test_the_database_itself_refuses_a_decision_without_a_reason(hit, chan):
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposition.objects.create(
            hit=hit, decision="confirm", from_state="open", to_state="confirmed", by=chan, at=NOW
        )
