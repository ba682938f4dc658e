"""A recordation comes into force: it is screened against from that second, and hunted for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.filing import account, file_in, holder_made, speaks_for

from countermark.apps.register.models import Recordation
from countermark.apps.register.selectors import (
    recordations_digest,
    recorded_marks,
    register_version,
)
from countermark.apps.register.services import recordation_act
from countermark.apps.screening.models import Run
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput
from countermark.workflows import recordings
from countermark.workflows.clockwork import day_begin
from countermark.workflows.recordings import recordation_do, recordations_do

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(tuen_mun):
    return account("owner@x.example", tuen_mun)


@pytest.fixture
def filed(owner, hongkong):
    """Return a maker of complete files in a state, all of one holder."""
    holder = holder_made()
    speaks_for(owner, holder)

    def make(state, number="12345678", **changes):
        return file_in(
            state, administration=hongkong, holder=holder, by=owner, number=number, **changes
        )

    return make


def words() -> list[str]:
    return [mark.word for mark in recorded_marks(timezone.localdate())]


def test_a_granted_recordation_is_screened_against_from_that_second_and_hunted_for(filed, lau):
    row = filed("examining")
    before = register_version()
    assert words() == []
    done = recordation_do(by=lau, recordation=row, act="approve", detail={"number": "HK-1"})
    assert (done.state, done.number, done.right.word) == ("in-force", "HK-1", "VELUNDRA")
    assert words() == ["VELUNDRA"]
    assert register_version() != before
    assert Run.objects.count() == 1


@pytest.mark.parametrize("act", ["suspend", "revoke", "withdraw"])
def test_what_is_no_longer_in_force_is_no_longer_screened_against(filed, owner, wu, act):
    row = filed("in-force")
    assert words() == ["VELUNDRA"]
    by = owner if act == "withdraw" else wu
    recordation_do(by=by, recordation=row, act=act, note="because")
    assert words() == []


def test_a_suspended_recordation_that_resumes_is_hunted_for_again(filed, wu):
    row = filed("suspended")
    recordation_do(by=wu, recordation=row, act="resume", note="cleared")
    assert words() == ["VELUNDRA"]
    assert Run.objects.count() == 1


def test_a_recordation_lapses_the_day_after_its_last_and_is_not_screened_that_day(filed):
    today = timezone.localdate()
    row = filed("in-force", expires_on=today)
    filed("in-force", number="99", expires_on=today + timedelta(days=400))
    assert day_begin(today=today)["recordations-lapsed"] == 0
    Recordation.objects.filter(pk=row.pk).update(expires_on=today - timedelta(days=1))
    assert len(words()) == 1
    assert day_begin(today=today)["recordations-lapsed"] == 1
    assert day_begin(today=today)["recordations-lapsed"] == 0
    row.refresh_from_db()
    assert (row.state, row.in_force, row.closed) == ("lapsed", False, True)
    assert row.events.get().role == "system"


def test_when_the_hunt_cannot_be_started_nothing_came_into_force(filed, lau, monkeypatch):
    row = filed("examining")

    def fail(**_):
        raise RuntimeError

    monkeypatch.setattr(recordings, "retro_hunt_start", fail)
    with pytest.raises(RuntimeError):
        recordation_do(by=lau, recordation=row, act="approve")
    row.refresh_from_db()
    assert (row.state, row.right, words()) == ("examining", None, [])


def test_many_are_done_at_once_exactly_as_shown_and_hunted_for_in_one_run(filed, wu):
    rows = [filed("suspended", number=str(100 + n)) for n in range(3)]
    done = recordations_do(
        by=wu, recordations=rows, act="resume", digest=recordations_digest(rows), note="cleared"
    )
    assert [each.state for each in done] == ["in-force"] * 3
    assert Run.objects.count() == 1


def test_a_selection_that_changed_since_it_was_shown_is_left_alone(filed, wu):
    rows = [filed("in-force", number=str(100 + n)) for n in range(3)]
    shown = recordations_digest(rows)
    recordation_act(by=wu, recordation=rows[1], act="suspend", note="doubt")
    for some in (rows, rows[:2]):
        with pytest.raises(Conflict):
            recordations_do(by=wu, recordations=some, act="suspend", digest=shown, note="all")
    assert Recordation.objects.filter(state="suspended").count() == 1


def test_when_one_of_many_cannot_be_done_none_is(filed, wu, monkeypatch):
    rows = [filed("in-force", number="100"), filed("suspended", number="101")]
    with pytest.raises(ActNotOpen):
        recordations_do(
            by=wu, recordations=rows, act="suspend", digest=recordations_digest(rows), note="x"
        )
    assert Recordation.objects.filter(state="in-force").count() == 1
    monkeypatch.setattr("countermark.apps.register.services.recordations.MOST_AT_ONCE", 1)
    with pytest.raises(InvalidInput):
        recordations_do(by=wu, recordations=rows, act="suspend", digest="", note="x")
