"""Steps in which goods are declared: rights are imported, batches received, loaded and screened."""

from __future__ import annotations

from pathlib import Path

from countermark.apps.intake.models import Batch
from countermark.apps.intake.selectors import batch_get
from countermark.apps.intake.services import batch_load, batch_receive
from countermark.apps.register.services import rights_import, rights_upload
from countermark.apps.screening.models import RunState
from countermark.apps.screening.services import run_execute, run_start
from countermark.domain.errors import Conflict
from demo import declarations
from demo.context import Context
from demo.files import batch_write
from demo.rights import rights_write


def rights(context: Context) -> None:
    """Import the file of recorded rights; a second import of the same file changes nothing."""
    analyst = context.officer("analyst")
    with rights_write(context.files, context.side).open("rb") as stream:
        upload = rights_upload(by=analyst, stream=stream, filename="rights.csv")
    rights_import(upload=upload, by=analyst)


def batches(context: Context) -> None:
    """Receive, load and screen the historical batch and the current one."""
    for name, lines in declarations.batches(context.side.code, context.today):
        path = batch_write(context.files, context.side.code, name, lines)
        _screen(batch_load(batch=_received(context, path)), context)


def _received(context: Context, path: Path) -> Batch:
    supervisor = context.officer("supervisor")
    try:
        with path.open("rb") as stream:
            return batch_receive(by=supervisor, stream=stream, filename=path.name)
    except Conflict as refusal:
        # An earlier attempt at this step was cut off after it had received the file.
        if refusal.code != "file-received-before":
            raise
        return batch_get(number=str(refusal.params["batch"]), visible_to=supervisor)


def _screen(batch: Batch, context: Context) -> None:
    if not batch.runs.filter(state=RunState.FINISHED).exists():
        run_execute(run=run_start(batch=batch, by=context.officer("supervisor")))
