"""The reject file of a batch: what could not be loaded, ready to be mended and sent again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from countermark.apps.intake.models import Batch, RejectedRow
from countermark.apps.register.uploads import table_open
from countermark.engines.tables import safe_cell

ADDED = ("line", "field", "reason")
"""Columns before those of the file; ``raw`` comes last, for rows that have no cells."""


def rejects_write(batch: Batch) -> str:
    """Write the rejected rows of a batch as CSV and return its name in storage.

    The columns are ``line``, ``field`` and ``reason``, then those of the file, then ``raw``. No
    cell can act as a formula. A file left by an interrupted load is replaced; without rejects
    there is no file and the name is empty.
    """
    name = f"batches/{batch.number}-rejects.csv"
    default_storage.delete(name)
    if not batch.rows_rejected:
        return ""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(_rows(batch))
    return default_storage.save(name, ContentFile(text.getvalue().encode("utf-8-sig")))


def _rows(batch: Batch) -> Iterator[list[str]]:
    with table_open(str(batch.file), batch.format) as table:
        columns = table.columns
    yield [*ADDED, *map(safe_cell, columns), "raw"]
    for reject in RejectedRow.objects.filter(batch=batch).iterator(chunk_size=2000):
        cells = (reject.cells.get(column, "") for column in columns)
        yield [
            str(reject.line),
            reject.field,
            reject.reason,
            *map(safe_cell, cells),
            safe_cell(reject.raw),
        ]
