"""The reject file of a batch: what could not be loaded, ready to be mended and sent again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from countermark.apps.intake.models import Batch, RejectedRow
from countermark.apps.register.uploads import (
    REJECT_COLUMNS,
    REJECT_RAW,
    reject_titles,
    table_open,
)
from countermark.engines.tables import safe_cell


def rejects_write(batch: Batch) -> str:
    """Write the rejected rows of a batch as CSV and return its name in storage.

    The columns are ``reject_line``, ``reject_field`` and ``reject_reason``, then those of the
    file, then ``reject_raw`` for rows that have no cells. No cell can act as a formula. A file
    left by an interrupted load is replaced; without rejects there is none and the name is empty.
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
        columns = reject_titles(table.columns)
    yield [*REJECT_COLUMNS, *map(safe_cell, columns), REJECT_RAW]
    for reject in RejectedRow.objects.filter(batch=batch).iterator(chunk_size=2000):
        cells = (reject.cells.get(column, "") for column in columns)
        yield [
            str(reject.line),
            reject.field,
            reject.reason,
            *map(safe_cell, cells),
            safe_cell(reject.raw),
        ]
