"""The reject file of an import: rows that were not imported, ready to be mended and sent again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from countermark.apps.register.plan import ImportPreview, RowStatus
from countermark.apps.register.uploads import REJECT_COLUMNS, REJECT_RAW, reject_titles
from countermark.engines.tables import safe_cell


def rejects_write(plan: ImportPreview) -> str:
    """Write the rejected rows of an import as CSV and return its name in storage, or nothing.

    The columns are ``reject_line``, ``reject_field`` and ``reject_reason`` (several of a row stand
    in order, separated by semicolons), then those of the file, then ``reject_raw`` for rows that
    have no cells. No cell can act as a formula.
    """
    if not plan.rejected:
        return ""
    name = f"imports/{plan.upload}.rejects.csv"
    default_storage.delete(name)
    text = io.StringIO(newline="")
    csv.writer(text).writerows(_rows(plan))
    return default_storage.save(name, ContentFile(text.getvalue().encode("utf-8-sig")))


def _rows(plan: ImportPreview) -> Iterator[list[str]]:
    columns = reject_titles(plan.columns)
    yield [*REJECT_COLUMNS, *map(safe_cell, columns), REJECT_RAW]
    for row in plan.rows:
        if row.status == RowStatus.REJECTED:
            yield [
                str(row.line),
                "; ".join(problem.field for problem in row.problems),
                "; ".join(problem.reason for problem in row.problems),
                *(safe_cell(row.cells.get(column, "")) for column in columns),
                safe_cell(row.raw),
            ]
