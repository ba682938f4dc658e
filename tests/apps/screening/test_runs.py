"""Runs: which lines are held against which marks, and what happens when a run dies."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from tests.trade import loaded, received, recorded, right_input, row, screened

from countermark.apps.audit.models import Entry
from countermark.apps.register.inputs import AuthorisedPartyInput
from countermark.apps.register.selectors import register_version
from countermark.apps.register.services import (
    authorised_party_add,
    right_revise,
    right_withdraw,
)
from countermark.apps.screening.models import Hit, Ruleset, Run
from countermark.apps.screening.selectors import batch_unscreened_list, run_list
from countermark.apps.screening.services import finder, run_abandon, run_execute, run_start, runs
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput, NotPermitted

pytestmark = pytest.mark.django_db
DAY = date(2013, 10, 22)
BAG = {"goods_description": "ladies' handbag", "hs_code": "420222", "declared_brand": "VELUNDRA"}
DISGUISED = BAG | {"declared_brand": "VELUNDR4"}


class Killed(BaseException):
    """The process dies here."""


@pytest.fixture
def velundra(lau, hongkong):
    return recorded(lau, hongkong)


def lines_hit() -> list[int]:
    return sorted(Hit.objects.values_list("line__line_no", flat=True))


def test_a_run_finds_marks_and_their_disguises_and_nothing_else(chan, velundra):
    run = screened(chan, [row(1), row(2, **BAG), row(3, **DISGUISED)])
    assert (run.state, run.lines_done, run.hits_found) == ("finished", 3, 2)
    assert lines_hit() == [2, 3]
    hit = Hit.objects.get(line__line_no=2)
    assert (hit.number, hit.right, hit.right_version) == ("H-000001", velundra, 1)
    assert (hit.field, hit.matched, hit.resemblance) == ("declared_brand", "VELUNDRA", "exact")
    assert (hit.span_start, hit.span_end) == (0, 8)
    assert hit.score == pytest.approx(sum(points for _, points in hit.contributions))
    assert hit.run.register_version == register_version(DAY)
    acts = Entry.objects.filter(act__startswith="screening.").values_list("act", flat=True)
    assert list(acts) == ["screening.run.started", "screening.run.finished"]


def test_an_authorised_consignor_and_a_reference_are_excused(chan, lau, velundra):
    party = AuthorisedPartyInput("Pelican Trading (Dongguan) Co., Ltd", valid_until=DAY)
    authorised_party_add(by=lau, right=velundra, party=party)
    screened(
        chan,
        [
            row(number="A", **BAG),
            row(number="B", declared_on="2013-10-23", **BAG),
            row(number="C", declared_on="2013-10-23", goods_description="case for VELUNDRA"),
        ],
    )
    excuses = dict(Hit.objects.values_list("line__declaration__number", "excused"))
    assert excuses == {"A": "authorised", "B": "", "C": "referential"}


@pytest.mark.parametrize(
    ("declared_on", "found"),
    [("2011-12-31", 0), ("2012-01-01", 1), ("2020-12-31", 1), ("2021-01-01", 0)],
)
def test_a_line_is_held_against_the_marks_of_its_own_day(chan, lau, hongkong, declared_on, found):
    recorded(lau, hongkong, expires_on=date(2020, 12, 31))
    assert screened(chan, [row(declared_on=declared_on, **BAG)]).hits_found == found


def test_a_batch_of_many_days_uses_each_days_register(chan, lau, hongkong):
    recorded(lau, hongkong, expires_on=date(2013, 10, 22))
    recorded(
        lau,
        hongkong,
        registration_number="300000002",
        word="ORLIVANE",
        recorded_on=date(2013, 10, 23),
    )
    days = ("2013-10-22", "2013-10-23")
    rows = [
        row(number=f"{day}-{brand}", declared_on=day, **BAG | {"declared_brand": brand})
        for day in days
        for brand in ("VELUNDRA", "ORLIVANE")
    ]
    run = screened(chan, rows)
    found = set(Hit.objects.values_list("line__declaration__number", flat=True))
    assert found == {"2013-10-22-VELUNDRA", "2013-10-23-ORLIVANE"}
    assert run.register_version not in {register_version(date.fromisoformat(d)) for d in days}


def test_only_live_goods_have_a_time_by_which_to_decide(chan, velundra):
    now = datetime(2013, 11, 21, 4, 0, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        screened(
            chan,
            [
                row(number="A", declared_on="2013-10-22", **BAG),
                row(number="B", declared_on="2013-10-21", **BAG),
            ],
        )
    due = dict(Hit.objects.values_list("line__declaration__number", "decide_by"))
    assert due == {"A": now + timedelta(hours=24), "B": None}


def test_hits_below_the_least_score_are_not_recorded(chan, velundra, monkeypatch):
    monkeypatch.setattr(finder, "LEAST_SCORE", 1.01)
    assert screened(chan, [row(**BAG)]).hits_found == 0


@pytest.mark.parametrize("step", ["chunk_record", "_begin", "run_finish"])
@pytest.mark.parametrize("call", [1, 2])
def test_a_run_killed_anywhere_goes_on_without_finding_anything_twice(
    chan, velundra, monkeypatch, step, call
):
    monkeypatch.setattr(runs, "CHUNK", 1)
    run = run_start(batch=loaded(chan, [row(1, **BAG), row(2, **BAG), row(3, **BAG)]))
    real, left = getattr(runs, step), iter(range(call - 1))

    def dies(*args, **kwargs):
        if next(left, None) is None:
            raise Killed
        return real(*args, **kwargs)

    with monkeypatch.context() as dying:
        dying.setattr(runs, step, dies)
        if step != "chunk_record" and call == 2:
            run_execute(run=run)
        else:
            with pytest.raises(Killed):
                run_execute(run=run)
            assert list(batch_unscreened_list()) == [run.batch]
    run = run_execute(run=run)
    assert (run.state, run.lines_done, run.hits_found) == ("finished", 3, 3)
    assert lines_hit() == [1, 2, 3]
    assert Entry.objects.filter(act="screening.run.finished").count() == 1
    assert not batch_unscreened_list().exists()


def test_a_run_whose_register_changed_while_it_was_down_begins_anew(
    chan, lau, velundra, monkeypatch
):
    monkeypatch.setattr(runs, "CHUNK", 1)
    other = BAG | {"declared_brand": "ORLIVANE"}
    run = run_start(batch=loaded(chan, [row(1, **BAG), row(2, **other)]))
    real, calls = runs.chunk_record, iter([1])

    def dies(*args, **kwargs):
        if next(calls, None) is None:
            raise Killed
        return real(*args, **kwargs)

    with monkeypatch.context() as dying:
        dying.setattr(runs, "chunk_record", dies)
        with pytest.raises(Killed):
            run_execute(run=run)
    right_revise(by=lau, right=velundra, change=right_input(word="ORLIVANE"))
    run = run_execute(run=run)
    assert (run.lines_done, run.register_version) == (2, register_version(DAY))
    assert set(Hit.objects.values_list("line__line_no", "right_version")) == {(1, 1), (2, 2)}


def test_two_workers_on_one_run_do_not_record_a_hit_twice(chan, velundra):
    run = run_start(batch=loaded(chan, [row(**BAG)]))
    plan = runs._plan(run.batch)
    slower = runs._begin(run, plan)
    run_execute(run=run)
    fresh = runs._screen_chunk(slower, plan)
    assert (fresh.state, fresh.hits_found) == ("finished", 1)
    assert Hit.objects.count() == 1


def test_a_worker_with_an_outdated_register_stops(chan, lau, velundra):
    run = run_start(batch=loaded(chan, [row(**BAG)]))
    plan = runs._plan(run.batch)
    outdated = runs._begin(run, plan)
    right_revise(by=lau, right=velundra, change=right_input(word="ORLIVANE"))
    runs._begin(run, runs._plan(run.batch))
    with pytest.raises(Conflict):
        runs._screen_chunk(outdated, plan)
    assert not Hit.objects.exists()


def test_a_chunk_whose_last_write_fails_leaves_no_hit(chan, velundra, monkeypatch):
    run = run_start(batch=loaded(chan, [row(**BAG)]))
    plan = runs._plan(run.batch)
    run = runs._begin(run, plan)

    def fails(self, *args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(Run, "save", fails)
    with pytest.raises(DatabaseError), transaction.atomic():
        runs._screen_chunk(run, plan)
    assert not Hit.objects.exists()


def test_a_later_run_adds_only_what_is_new(chan, lau, hongkong, velundra):
    run = screened(chan, [row(1, **BAG), row(2, **BAG | {"declared_brand": "ORLIVANE"})])
    assert run.hits_found == 1
    recorded(lau, hongkong, registration_number="300000002", word="ORLIVANE")
    again = run_execute(run=run_start(batch=run.batch))
    assert (again.pk != run.pk, again.hits_found) == (True, 1)
    right_withdraw(by=lau, right=velundra, reason="surrendered")
    assert run_execute(run=run_start(batch=run.batch)).hits_found == 0
    assert lines_hit() == [1, 2]


def test_a_batch_without_lines_is_screened_at_once(chan, velundra):
    run = screened(chan, [row(quantity="x")])
    assert (run.state, run.lines_total, run.hits_found) == ("finished", 0, 0)


def test_a_batch_has_one_open_run_and_none_before_it_is_loaded(chan, ho, lin, velundra):
    with pytest.raises(ActNotOpen):
        run_start(batch=received(chan, [row(9)]))
    batch = loaded(chan, [row()])
    first = run_start(batch=batch, by=chan)
    assert run_start(batch=batch) == first
    with pytest.raises(NotPermitted):
        run_start(batch=batch, by=lin)
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(
            batch=batch, ruleset=first.ruleset, started_at=first.started_at, state="running"
        )
    assert Ruleset.objects.count() == 1
    assert run_list(visible_to=chan, batch=batch).get() == first
    assert not run_list(visible_to=ho).exists()


def test_an_abandoned_run_stays_ended_and_makes_room_for_another(chan, lau, velundra):
    run = run_start(batch=loaded(chan, [row(**BAG)]))
    with pytest.raises(NotPermitted):
        run_abandon(run=run, by=chan, reason="stuck")
    with pytest.raises(InvalidInput):
        run_abandon(run=run, by=lau, reason=" ")
    run = run_abandon(run=run, by=lau, reason="stuck")
    assert run.state == "failed"
    with pytest.raises(ActNotOpen):
        run_abandon(run=run, by=lau, reason="again")
    with pytest.raises(ActNotOpen):
        run_execute(run=run)
    assert run_execute(run=run_start(batch=run.batch)).hits_found == 1


def test_progress_is_counted_in_per_cent(chan, velundra):
    run = Run(lines_total=200, lines_done=50, state="running")
    assert run.per_cent_done == 25
    assert Run(state="running").per_cent_done == 0
    assert screened(chan, [row()]).per_cent_done == 100
