"""Receiving a batch: the file is kept, measured and looked at; its rows are read later."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.intake.columns import TITLES
from countermark.apps.intake.models import Batch, BatchState
from countermark.apps.intake.services.numbers import serial_lock, serial_take
from countermark.apps.register.uploads import measure, safe_filename, table_open
from countermark.domain.errors import Conflict
from countermark.engines.tables import sniff_format

_HEAD = 4096


@transaction.atomic
def batch_receive(
    *, by: Officer, stream: BinaryIO, filename: str, mapping: Mapping[str, str] | None = None
) -> Batch:
    """Keep a file of declarations as a batch of the officer's office, ready to be loaded.

    Writes the file, one batch and one audit entry, or nothing at all.

    Args:
        by: The officer who brings the file.
        stream: Seekable; CSV, XLSX, JSONL or Parquet, told by its content.
        filename: As the sender calls it; kept without what could do harm.
        mapping: From a field to the title of its column, or to ``=value`` for every row. Fields
            left out are guessed from the titles.

    Raises:
        NotPermitted: The officer may not receive batches.
        InvalidInput: The file is empty, too large or unreadable, or needed columns are missing.
        Conflict: The same content was received before; ``batch`` names it.
    """
    officer_require(by, "batches.receive")
    measured = measure(stream)
    serial_lock("batch")
    earlier = Batch.objects.filter(sha256=measured.sha256).exclude(state=BatchState.FAILED).first()
    if earlier is not None:
        raise Conflict("file-received-before", batch=earlier.number)
    name = safe_filename(filename)
    table_format = sniff_format(name, stream.read(_HEAD)).value
    stream.seek(0)
    with ExitStack() as undo:
        kept = default_storage.save(f"batches/{measured.sha256}.{table_format}", File(stream))
        undo.callback(default_storage.delete, kept)
        with table_open(kept, table_format) as table:
            settled = TITLES.settle(table.columns, mapping)
        batch = Batch.objects.create(
            number=f"B-{serial_take(name='batch')[0]:06d}",
            office=by.office,
            filename=name,
            format=table_format,
            size_bytes=measured.size_bytes,
            sha256=measured.sha256,
            mapping=settled,
            received_at=timezone.now(),
            received_by=by,
            file=kept,
        )
        audit_record(
            "intake.batch.received",
            subject=batch.number,
            by=by,
            filename=name,
            sha256=measured.sha256,
        )
        undo.pop_all()
    return batch
