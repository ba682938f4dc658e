"""A batch arrives: received, loaded, screened, whatever happens on the way."""

from __future__ import annotations

import pytest
from django_tasks_db.models import DBTaskResult
from tests.trade import received, recorded, row, table

from countermark.apps.intake.models import Batch, DeclarationLine
from countermark.apps.intake.services import load
from countermark.apps.screening.models import Hit, Run
from countermark.apps.screening.services import runs
from countermark.workflows.arrivals import (
    arrivals_resume,
    batch_accept,
    batch_arrival,
    batch_arrive,
)

pytestmark = pytest.mark.django_db
BAG = {"goods_description": "ladies' handbag", "hs_code": "420222", "declared_brand": "VELUNDRA"}
ROWS = [row(1, **BAG), row(2), row(3, quantity="x"), row(4, **BAG), row(4, **BAG)]


class Killed(BaseException):
    """The process dies here."""


@pytest.fixture
def velundra(lau, hongkong):
    return recorded(lau, hongkong)


def enqueued() -> list[str]:
    return [task.args_kwargs["args"][0] for task in DBTaskResult.objects.order_by("enqueued_at")]


def outcome(batch: Batch) -> tuple[object, ...]:
    batch.refresh_from_db()
    rows = (batch.rows_loaded, batch.rows_duplicate, batch.rows_rejected)
    return batch.state, rows, DeclarationLine.objects.count(), Hit.objects.count()


DONE = ("loaded", (3, 1, 1), 3, 2)


def test_a_batch_is_loaded_and_screened_in_one_go(chan, velundra):
    batch = received(chan, ROWS)
    run = batch_arrive(batch=batch)
    assert (run.state, run.hits_found) == ("finished", 2)
    assert outcome(batch) == DONE


def test_an_accepted_batch_is_left_to_the_background(chan, velundra):
    batch = batch_accept(by=chan, stream=table(ROWS), filename="lines.csv")
    assert batch.state == "received"
    assert enqueued() == [batch.number]
    batch_arrival.call(batch.number)
    assert outcome(batch) == DONE


def test_when_the_task_cannot_be_enqueued_the_batch_is_not_received(chan, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("django_tasks_db.DatabaseBackend.enqueue", fails)
    with pytest.raises(RuntimeError):
        batch_accept(by=chan, stream=table(ROWS), filename="lines.csv")
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("module", "step"),
    [
        (load, "_begin"),
        (load, "settle"),
        (load, "_finish"),
        (runs, "ruleset_of"),
        (runs, "_plan"),
        (runs, "chunk_record"),
        (runs, "run_finish"),
    ],
)
def test_an_arrival_killed_anywhere_is_resumed_to_the_same_end(
    chan, velundra, monkeypatch, module, step
):
    batch = received(chan, ROWS)

    def dies(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(module, step, dies)
        with pytest.raises(Killed):
            batch_arrive(batch=batch)
    assert arrivals_resume() == 1
    assert enqueued() == [batch.number]
    batch_arrival.call(batch.number)
    assert outcome(batch) == DONE
    assert arrivals_resume() == 0


def test_an_arrival_run_twice_changes_nothing(chan, velundra):
    batch = received(chan, ROWS)
    batch_arrive(batch=batch)
    hits = list(Hit.objects.values_list("number", flat=True))
    batch_arrival.call(batch.number)
    assert outcome(batch) == DONE
    assert Run.objects.count() == 1
    assert list(Hit.objects.values_list("number", flat=True)) == hits


def test_a_batch_that_cannot_be_loaded_is_not_screened_and_not_resumed(chan, velundra):
    batch = received(chan, ROWS)
    batch.file.storage.delete(batch.file.name)
    with batch.file.storage.open(batch.file.name, "wb"):
        pass
    assert batch_arrive(batch=batch) is None
    batch.refresh_from_db()
    assert (batch.state, batch.failure) == ("failed", "empty-file")
    assert not Run.objects.exists()
    assert batch_arrive(batch=batch) is None
    assert arrivals_resume() == 0
