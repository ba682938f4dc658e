"""What follows by itself where a right comes into force or changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django_tasks_db.models import DBTaskResult
from tests.trade import recorded, right_input, row, screened, table

from countermark.apps.register.inputs import HolderInput, RecordationInput
from countermark.apps.register.services import holder_record, right_withdraw, rights_upload
from countermark.apps.screening.models import Hit, Run
from countermark.domain.errors import Conflict
from countermark.workflows.clockwork import day_begin
from countermark.workflows.watching import (
    recordation_bring,
    retro_hunt,
    retro_hunt_start,
    retro_hunts_resume,
    right_bring,
    right_change,
    rights_bring,
)

pytestmark = pytest.mark.django_db
DAY = date(2013, 10, 22)
BAG = {"goods_description": "ladies' handbag", "hs_code": "420222", "declared_brand": "VELUNDRA"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2013-10-22T08:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def goods(chan, hongkong):
    """Two lines of an earlier day, screened before the mark was recorded."""
    rows = [row(1, declared_on="2013-10-01", **BAG), row(2, declared_on="2013-10-01")]
    return screened(chan, rows)


def work() -> int:
    """Do what waits in the background; return the number of hits there are then."""
    for task in DBTaskResult.objects.filter(status="READY").order_by("enqueued_at"):
        retro_hunt.call(*task.args_kwargs["args"])
    return Hit.objects.count()


def brought(by, administration, number="300000001", **changes):
    holder = holder_record(by=by, holder=HolderInput(name="Meridian Ltd", country="GB"))
    given = RecordationInput(administration, f"R-{number}", DAY, None)
    right = right_input(registration_number=number, **changes)
    return right_bring(by=by, holder=holder, right=right, recordations=[given])


def test_a_right_that_is_recorded_is_looked_for_in_earlier_lines(goods, lau, hongkong):
    right = brought(lau, hongkong)
    assert Hit.objects.count() == 0
    assert work() == 1
    hit = Hit.objects.get()
    assert (hit.right, hit.run.kind, hit.run.cause) == (right, "retro-hunt", "recorded")
    assert work() == 1


def test_a_right_that_changes_is_looked_for_again_and_an_unchanged_one_is_not(goods, lau, hongkong):
    right = brought(lau, hongkong, word="ORLIVANE", word_zh_hans="", word_zh_hant="")
    assert work() == 0
    same = right_input(word="ORLIVANE", word_zh_hans="", word_zh_hant="")
    right_change(by=lau, right=right, change=same)
    assert Run.objects.filter(kind="retro-hunt").count() == 1
    right_change(by=lau, right=right, change=right_input())
    assert work() == 1
    assert Hit.objects.get().right_version == 2


def test_a_recordation_entered_later_starts_a_hunt(goods, lau, hongkong):
    holder = holder_record(by=lau, holder=HolderInput(name="Meridian Ltd", country="GB"))
    right = right_bring(by=lau, holder=holder, right=right_input())
    assert not Run.objects.filter(kind="retro-hunt").exists()
    recordation_bring(by=lau, right=right, recordation=RecordationInput(hongkong, "R-1", DAY, None))
    assert work() == 1


def test_when_the_hunt_cannot_be_enqueued_the_right_is_not_recorded(
    goods, lau, hongkong, monkeypatch
):
    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("django_tasks_db.DatabaseBackend.enqueue", fails)
    with pytest.raises(RuntimeError):
        brought(lau, hongkong)
    assert not Run.objects.filter(kind="retro-hunt").exists()
    monkeypatch.undo()
    assert brought(lau, hongkong).version == 1


def test_an_import_is_one_hunt_for_all_its_rights(goods, lau, hongkong):
    columns = {
        "registration_number": "300000001",
        "word": "VELUNDRA",
        "nice_classes": "18",
        "valid_from": "2010-01-01",
        "valid_until": "2030-01-01",
        "holder_name": "Meridian Ltd",
        "jurisdiction": "hk",
        "recordation_number": "R-1",
        "recorded_on": "2013-10-22",
    }
    other = columns | {
        "registration_number": "300000002",
        "word": "ORLIVANE",
        "recordation_number": "R-2",
    }
    key = rights_upload(by=lau, stream=table([columns, other]), filename="rights.csv")
    assert rights_bring(by=lau, upload=key).created == 2
    run = Run.objects.get(kind="retro-hunt")
    assert run.rights.count() == 2
    assert work() == 1
    rights_bring(by=lau, upload=key)
    assert Run.objects.filter(kind="retro-hunt").count() == 1


def test_a_hunt_left_by_a_killed_worker_is_taken_up_again(goods, lau, hongkong):
    brought(lau, hongkong)
    DBTaskResult.objects.all().delete()
    assert retro_hunts_resume() == 1
    assert work() == 1
    assert retro_hunts_resume() == 0


def test_a_new_day_looks_for_rights_whose_first_day_has_come(goods, lau, hongkong, clock):
    recorded(lau, hongkong, recorded_on=DAY + timedelta(days=1))
    assert day_begin(today=DAY)["rights-hunted"] == 0
    clock.shift(timedelta(days=1))
    assert day_begin(today=DAY + timedelta(days=1))["rights-hunted"] == 1
    assert work() == 1
    assert day_begin(today=DAY + timedelta(days=1))["rights-hunted"] == 0


def test_a_withdrawn_right_is_not_hunted_for_and_a_refused_one_starts_nothing(goods, lau, hongkong):
    right = brought(lau, hongkong)
    with pytest.raises(Conflict):
        brought(lau, hongkong)
    assert Run.objects.filter(kind="retro-hunt").count() == 1
    right_withdraw(by=lau, right=right, reason="surrendered")
    assert retro_hunt_start(rights=[right], cause="revised") is None
