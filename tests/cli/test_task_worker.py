"""The task worker takes up what a killed one left."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django_tasks_db.management.commands.db_worker import Worker

from countermark.apps.intake.models import BatchState
from countermark.apps.intake.services import batch_receive

CSV = (
    "declaration_number,line_number,declared_on,direction,channel,transport_mode,"
    "goods_description,hs_code,quantity,unit,value,currency,consignor,consignee\n"
    "HK-1,1,2026-11-01,import,freight,road,purses,420231,5,H87,100,HKD,A Ltd,B Ltd\n"
)


@pytest.mark.django_db(transaction=True)
def test_a_batch_whose_worker_was_killed_before_it_began_is_loaded(chan):
    batch = batch_receive(by=chan, stream=io.BytesIO(CSV.encode()), filename="lines.csv")
    call_command("task_worker", "--batch", "--no-startup-delay", "--no-reload", verbosity=0)
    batch.refresh_from_db()
    assert (batch.state, batch.rows_loaded) == (BatchState.LOADED, 1)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_finds_the_database_locked_begins_anew(chan, monkeypatch):
    batch = batch_receive(by=chan, stream=io.BytesIO(CSV.encode()), filename="lines.csv")
    real, errors = Worker.run, [OperationalError("database is locked")] * 2

    def locked(worker):
        if errors:
            raise errors.pop()
        real(worker)

    monkeypatch.setattr(Worker, "run", locked)
    call_command("task_worker", "--batch", "--no-startup-delay", "--no-reload", verbosity=0)
    batch.refresh_from_db()
    assert (batch.state, errors) == (BatchState.LOADED, [])


@pytest.mark.django_db
def test_a_worker_stops_at_any_other_error_of_the_database(monkeypatch):
    def broken(worker):
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(Worker, "run", broken)
    with pytest.raises(OperationalError):
        call_command("task_worker", "--batch", "--no-reload", verbosity=0)
