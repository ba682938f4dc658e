"""Steps in which goods are declared: rights are imported, batches received, loaded and screened."""

from __future__ import annotations

from pathlib import Path

from countermark.apps.register.services import rights_import, rights_upload
from countermark.apps.screening.models import Run, RunState
from countermark.domain.errors import Conflict
from countermark.workflows.arrivals import batch_accept
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
    """Hand both batches to the node and wait until its worker has loaded and screened them."""
    numbers = [
        _accepted(context, batch_write(context.files, context.side.code, name, lines))
        for name, lines in declarations.batches(context.side.code, context.today)
    ]
    finished = Run.objects.filter(batch__number__in=numbers, state=RunState.FINISHED)
    # A worker that was killed may have made the node screen a batch twice.
    screened = finished.values("batch").order_by().distinct()
    context.wait("the batches to be screened", lambda: screened.count() == len(numbers))


def _accepted(context: Context, path: Path) -> str:
    try:
        with path.open("rb") as stream:
            batch = batch_accept(
                by=context.officer("supervisor"), stream=stream, filename=path.name
            )
    except Conflict as refusal:
        # An earlier attempt at this step was cut off after it had handed the file over.
        if refusal.code != "file-received-before":
            raise
        return str(refusal.params["batch"])
    return batch.number
