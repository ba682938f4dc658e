"""Arrivals: a batch of declarations is received, loaded, screened; hits are what comes out.

The chain runs in the background. Every step is continued where it stopped, so that the task may
be run again at any time: after a crash, twice at once, or on a batch that is done.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction
from django_tasks import task

from countermark.apps.intake.selectors import batch_find, batch_unloaded_list
from countermark.apps.intake.services import batch_load, batch_receive
from countermark.apps.screening.selectors import batch_unscreened_list
from countermark.apps.screening.services import run_ensure, run_execute
from countermark.workflows.patience import patiently

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Officer
    from countermark.apps.intake.models import Batch
    from countermark.apps.screening.models import Run

log = logging.getLogger(__name__)


@transaction.atomic
def batch_accept(
    *, by: Officer, stream: BinaryIO, filename: str, mapping: Mapping[str, str] | None = None
) -> Batch:
    """Receive a batch and leave it to the background to load and screen: both or neither.

    Raises:
        NotPermitted: The officer may not receive batches.
        InvalidInput: The file is empty, too large or unreadable, or needed columns are missing.
        Conflict: The same content was received before; ``batch`` names it.
    """
    batch = batch_receive(by=by, stream=stream, filename=filename, mapping=mapping)
    batch_arrival.enqueue(batch.number)
    return batch


def batch_arrive(*, batch: Batch) -> Run | None:
    """Load a batch and screen its lines, from wherever an earlier attempt stopped.

    A batch that has been screened is left as it is: a task may come twice.

    Returns:
        The run over the batch, or None where the file could not be loaded at all; the batch then
        says why.

    Raises:
        Conflict: Another worker is loading the batch.
    """
    batch = batch_load(batch=batch)
    if batch.failure:
        return None
    return run_execute(run=run_ensure(batch=batch))


@task()
def batch_arrival(number: str) -> None:
    """Let a batch arrive: the background task of ``batch_arrive``."""
    run = patiently(lambda: batch_arrive(batch=batch_find(number=number)))
    log.info("batch %s: %s hits", number, run.hits_found if run else "not loaded, no")


def arrivals_resume() -> int:
    """Put every batch that has not fully arrived back to work, and return how many those are.

    For the start of a worker: a task that was running when its process was killed is not begun
    again by itself.
    """
    unloaded = batch_unloaded_list().values_list("number", flat=True)
    unscreened = batch_unscreened_list().values_list("number", flat=True)
    numbers = sorted({*unloaded, *unscreened})
    for number in numbers:
        batch_arrival.enqueue(number)
    return len(numbers)
