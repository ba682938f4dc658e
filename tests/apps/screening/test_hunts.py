"""Retro-hunts: lines of earlier days, for rights that are new to them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.trade import recorded, right_input, row, screened

from countermark.apps.audit.models import Entry
from countermark.apps.register.models import Right
from countermark.apps.register.services import right_revise, right_withdraw
from countermark.apps.screening.models import Hit, Run
from countermark.apps.screening.selectors import hunt_due_list, hunt_estimate, hunt_get, hunt_list
from countermark.apps.screening.services import (
    hunt_execute,
    hunt_start,
    hunts,
    run_abandon,
    run_execute,
    run_start,
)
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput, NotFound, NotPermitted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DAY = date(2013, 10, 22)
BAG = {"goods_description": "ladies' handbag", "hs_code": "420222", "declared_brand": "VELUNDRA"}


class Killed(BaseException):
    """The process dies here."""


def lines():
    """Five lines over four days; the first is too old, one names a mark of its own day."""
    days = ["2013-07-01", "2013-08-01", "2013-10-20", "2013-10-20", "2013-10-22"]
    rows = [row(number=f"D-{n}", declared_on=day, **BAG) for n, day in enumerate(days)]
    rows[3]["declared_brand"] = "ORLIVANE"
    return rows


@pytest.fixture
def late(chan, lau, hongkong):
    """A right recorded today, after the lines were screened."""
    screened(chan, lines())
    return recorded(lau, hongkong, recorded_on=DAY)


def found() -> list[str]:
    return sorted(Hit.objects.values_list("line__declaration__number", flat=True))


def test_a_hunt_finds_what_was_declared_in_the_last_days_before_the_right_was_recorded(late, lau):
    run = hunt_execute(run=hunt_start(rights=[late], cause="recorded", by=lau))
    assert found() == ["D-1", "D-2", "D-4"]
    assert (run.state, run.lines_done, run.hits_found) == ("finished", 4, 3)
    assert (run.first_day, run.last_day) == (DAY - timedelta(days=89), DAY)
    hit = Hit.objects.get(line__declaration__number="D-4")
    assert (hit.run, hit.right, hit.right_version) == (run, late, 1)
    assert hit.register_version
    acts = Entry.objects.filter(act__startswith="screening.retro").values_list("act", "subject")
    assert list(acts) == [
        ("screening.retro-hunt.started", late.reference),
        ("screening.retro-hunt.finished", late.reference),
    ]


def test_a_hunt_finds_a_hit_as_a_run_on_that_day_would_have(chan, lau, hongkong):
    """A mark that is found beside others scores as beside others, not as alone."""
    recorded(lau, hongkong, registration_number="300000002", word="VELUNDRO")
    rows = [row(1, **BAG), row(2, **BAG | {"declared_brand": "VELUNDRO"})]
    first = screened(chan, rows)
    late = recorded(lau, hongkong)
    values = ("line", "score", "contributions", "excused", "register_version")
    with transaction.atomic():
        hunt_execute(run=hunt_start(rights=[late], cause="recorded"))
        hunted = list(Hit.objects.filter(right=late).order_by("line").values_list(*values))
        transaction.set_rollback(True)
    run_execute(run=run_start(batch=first.batch))
    assert list(Hit.objects.filter(right=late).order_by("line").values_list(*values)) == hunted
    assert hunted


def test_a_hunt_over_hits_that_are_there_adds_none(late, lau):
    hunt_execute(run=hunt_start(rights=[late], cause="recorded"))
    again = hunt_execute(run=hunt_start(rights=[late], cause="revised"))
    assert (again.lines_done, again.hits_found) == (4, 0)
    assert len(found()) == 3


@pytest.mark.parametrize("step", ["chunk_record", "_begin", "_bound", "run_finish"])
@pytest.mark.parametrize("call", [1, 2])
def test_a_hunt_killed_anywhere_goes_on_without_finding_anything_twice(
    late, monkeypatch, step, call
):
    monkeypatch.setattr(hunts, "CHUNK", 1)
    run = hunt_start(rights=[late], cause="recorded")
    real, left = getattr(hunts, step), iter(range(call - 1))

    def dies(*args, **kwargs):
        if next(left, None) is None:
            raise Killed
        return real(*args, **kwargs)

    with monkeypatch.context() as dying:
        dying.setattr(hunts, step, dies)
        if call == 1 or step == "chunk_record":
            with pytest.raises(Killed):
                hunt_execute(run=run)
    run = hunt_execute(run=run)
    assert (run.state, run.lines_done, run.hits_found) == ("finished", 4, 3)
    assert Entry.objects.filter(act="screening.retro-hunt.finished").count() == 1


def test_a_right_that_changes_under_a_hunt_counts_from_the_next_chunk(late, lau, monkeypatch):
    monkeypatch.setattr(hunts, "CHUNK", 1)
    real, done = hunts.chunk_record, []

    def changes(*args, **kwargs):
        run = real(*args, **kwargs)
        if not done:
            done.append(right_revise(by=lau, right=late, change=right_input(word="ORLIVANE")))
        return run

    monkeypatch.setattr(hunts, "chunk_record", changes)
    hunt_execute(run=hunt_start(rights=[late], cause="recorded"))
    assert found() == ["D-1", "D-3"]


def test_a_right_withdrawn_under_a_hunt_is_no_longer_found(late, lau):
    run = hunt_start(rights=[late], cause="recorded")
    right_withdraw(by=lau, right=late, reason="surrendered")
    run = hunt_execute(run=run)
    assert (run.state, run.lines_done, found()) == ("finished", 4, [])


def test_goods_declared_before_the_trade_mark_was_valid_are_not_found(chan, lau, hongkong):
    screened(chan, lines())
    late = recorded(lau, hongkong, recorded_on=DAY, valid_from=date(2013, 10, 1))
    hunt_execute(run=hunt_start(rights=[late], cause="recorded"))
    assert found() == ["D-2", "D-4"]


def test_one_hunt_looks_for_all_rights_of_an_import(late, lau, hongkong):
    other = recorded(lau, hongkong, registration_number="300000002", word="ORLIVANE")
    run = hunt_start(rights=[late, other], cause="recorded", by=lau)
    hunt_execute(run=run)
    assert found() == ["D-1", "D-2", "D-3", "D-4"]
    entry = Entry.objects.get(act="screening.retro-hunt.started")
    assert (entry.subject, entry.detail["rights"]) == (run.number, 2)
    assert hunt_list(visible_to=lau, right=other).get().found == 1


def test_lines_loaded_after_a_hunt_has_begun_are_left_to_their_own_run(late, chan, monkeypatch):
    run = hunts._bound(hunt_start(rights=[late], cause="recorded"))
    screened(chan, [row(number="NEW", **BAG)])
    run = hunt_execute(run=run)
    assert run.lines_done == 4
    assert Hit.objects.filter(run=run).count() == 3


def test_who_may_start_a_hunt_by_hand_and_over_which_days(late, lau, chan):
    period = (date(2013, 7, 1), date(2013, 8, 1))
    with pytest.raises(NotPermitted):
        hunt_start(rights=[late], cause="by-hand", by=chan, period=period)
    with pytest.raises(InvalidInput):
        hunt_start(rights=[late], cause="by-hand", by=lau, period=period[::-1])
    future = (DAY, DAY + timedelta(days=1))
    with pytest.raises(InvalidInput):
        hunt_start(rights=[late], cause="by-hand", by=lau, period=future)
    assert not Run.objects.filter(kind="retro-hunt").exists()
    assert hunt_estimate(first=period[0], last=period[1]).lines == 2
    run = hunt_start(rights=[late], cause="by-hand", by=lau, period=period)
    assert hunt_start(rights=[late], cause="by-hand", by=lau, period=period) == run
    Run.objects.filter(pk=run.pk).update(state="running")
    with pytest.raises(Conflict):
        hunt_start(rights=[late], cause="by-hand", by=lau, period=period)
    Run.objects.filter(pk=run.pk).update(state="pending")
    hunt_execute(run=run)
    assert found() == ["D-0", "D-1"]


def test_a_right_that_is_not_screened_against_is_not_hunted_for(lau, late):
    right_withdraw(by=lau, right=late, reason="surrendered")
    with pytest.raises(ActNotOpen):
        hunt_start(rights=[late], cause="recorded")


def test_an_abandoned_hunt_stays_ended(late, lau):
    run = run_abandon(run=hunt_start(rights=[late], cause="recorded"), by=lau, reason="not needed")
    with pytest.raises(ActNotOpen):
        hunt_execute(run=run)
    assert not found()


def test_when_the_audit_fails_no_hunt_is_started(late, monkeypatch):
    def fails(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(hunts, "audit_record", fails)
    with pytest.raises(DatabaseError):
        hunt_start(rights=[late], cause="recorded")
    assert not Run.objects.filter(kind="retro-hunt").exists()


def test_hunts_are_seen_by_those_who_read_rights(late, lau, ho):
    run = hunt_start(rights=[late], cause="recorded")
    assert hunt_get(pk=run.pk, visible_to=ho) == run
    lau.role = "right-holder"
    with pytest.raises(NotFound):
        hunt_get(pk=run.pk, visible_to=lau)


def test_a_recordation_entered_in_advance_is_due_on_its_first_day(lau, hongkong):
    right = recorded(lau, hongkong, recorded_on=DAY + timedelta(days=2))
    assert hunt_due_list(DAY) == []
    assert hunt_due_list(DAY + timedelta(days=2)) == [right]
    assert hunt_due_list(DAY + timedelta(days=30)) == []
    assert Right.objects.count() == 1


def test_the_time_left_follows_from_the_pace_of_this_attempt():
    now = timezone.now()
    run = Run(state="running", lines_total=400, lines_done=150, paced_from=100)
    assert run.seconds_left(now) is None
    run.paced_at = now - timedelta(seconds=10)
    assert run.seconds_left(now) == 50
