"""Importing rights from a file: keep it, show what it would do, do exactly that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import BinaryIO, Final

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import home_administration, officer_require
from countermark.apps.audit.services import Act, audit_record_all
from countermark.apps.register.columns import TITLES, WORDS
from countermark.apps.register.entries import Entry, EntryReader
from countermark.apps.register.formats.mark_files import FORMAT as XML
from countermark.apps.register.inputs import Problem
from countermark.apps.register.plan import ImportPreview, PlannedRow, Register, RowStatus
from countermark.apps.register.rejects import rejects_write
from countermark.apps.register.selectors import register_around
from countermark.apps.register.services.applying import change_apply, new_apply
from countermark.apps.register.uploads import (
    Rows,
    format_of,
    measure,
    printable,
    rows_open,
    safe_filename,
)
from countermark.domain.errors import Conflict, InvalidInput, NotFound
from countermark.domain.titles import cell_of
from countermark.engines.tables import Reject, Row

MOST_BYTES: Final = 256 << 20
MOST_ROWS: Final = 200_000
_UPLOAD: Final = re.compile(r"[0-9a-f]{64}\.(?:csv|xlsx|jsonl|parquet|xml)")
_HEAD: Final = 4096
_TOLD_EVERY: Final = 500
Progress = Callable[[int], None]


def silent(_rows_read: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, row by row in ``plan``.

    ``rejects`` is the reject file's name in storage, empty without one.
    """

    created: int
    changed: int
    unchanged: int
    rejected: int
    rejects: str
    plan: ImportPreview = field(repr=False, compare=False)


def rights_upload(*, by: Officer, stream: BinaryIO, filename: str) -> str:
    """Keep a file of rights and return the key under which it is previewed and imported.

    Args:
        by: The officer who brings the file.
        stream: Seekable; CSV, XLSX, JSONL, Parquet, or XML in WIPO ST.66 or ST.96, told by its
            content.
        filename: As the sender calls it; only its extension is used.

    Raises:
        NotPermitted: The officer may not import rights.
        InvalidInput: The file is empty or too large.
    """
    officer_require(by, "rights.import")
    measured = measure(stream, most_bytes=MOST_BYTES)
    file_format = format_of(safe_filename(filename), stream.read(_HEAD))
    stream.seek(0)
    upload = f"{measured.sha256}.{file_format}"
    stored = _stored(upload)
    if default_storage.exists(stored) and default_storage.size(stored) != measured.size_bytes:
        default_storage.delete(stored)  # A process was killed while it saved the same file.
    if not default_storage.exists(stored):
        default_storage.save(stored, File(stream))
    return upload


def rights_preview(*, by: Officer, upload: str, progress: Progress = silent) -> ImportPreview:
    """Return what importing a file would do, row by row; nothing is written.

    Args:
        by: The officer who looks.
        upload: The key that ``rights_upload`` returned.
        progress: Told the number of rows read, now and then.

    Raises:
        NotPermitted: The officer may not import rights.
        NotFound: No file is kept under that key.
        InvalidInput: The file cannot be read, has too many rows, or lacks columns.
    """
    officer_require(by, "rights.import")
    if not _UPLOAD.fullmatch(upload) or not default_storage.exists(_stored(upload)):
        raise NotFound("upload-unknown", upload=upload[:80])
    file_format = upload.rpartition(".")[2]
    with rows_open(_stored(upload), file_format) as file:
        mapping = TITLES.settle(file.columns)
        if not any(word in mapping for word in WORDS):
            raise InvalidInput("columns-missing", field="mapping", fields=["word"])
        reader = EntryReader(mapping, home_administration(), sparse=file_format == XML)
        read = [(row, *_read(row, reader)) for row in _rows(file, progress)]
    register = register_around([entry for _, entry, _ in read if entry], reader.administration)
    planned = [
        _named(_planned(row, entry, problems, register), mapping) for row, entry, problems in read
    ]
    return ImportPreview(upload, mapping, file.columns, tuple(planned))


@transaction.atomic
def rights_import(
    *, by: Officer, upload: str, expected: str = "", progress: Progress = silent
) -> ImportResult:
    """Import a file: record its new rights, change those that differ, reject what is wrong.

    All good rows are written in one transaction, with one audit entry for each right and one for
    the file, or nothing at all. The file is compared with the register anew.

    Args:
        by: The officer who imports.
        upload: The key that ``rights_upload`` returned.
        expected: The digest of the preview that the officer saw; empty to import unseen.
        progress: Told the number of rows read, now and then.

    Raises:
        NotPermitted: The officer may not import rights.
        NotFound: No file is kept under that key.
        InvalidInput: The file cannot be read, has too many rows, or lacks columns.
        Conflict: The register has changed since the preview.
    """
    plan = rights_preview(by=by, upload=upload, progress=progress)
    if expected and plan.digest != expected:
        raise Conflict("import-differs-from-preview", upload=upload)
    new = [row.entry for row in plan.rows if row.status == RowStatus.NEW and row.entry]
    acts = new_apply(new, by=by)
    for row in plan.rows:
        if row.status == RowStatus.CHANGED and row.entry and row.right:
            acts.append(change_apply(row.entry, row.right, row.differences, by=by))
    result = ImportResult(
        plan.new, plan.changed, plan.unchanged, plan.rejected, rejects_write(plan), plan
    )
    counts = {"created": result.created, "changed": result.changed, "rejected": result.rejected}
    acts.append(Act("register.rights.imported", upload, counts))
    audit_record_all(acts, by=by)
    return result


def _stored(upload: str) -> str:
    return f"imports/{upload}"


def _rows(file: Rows, progress: Progress) -> Iterator[Row | Reject]:
    for count, row in enumerate(file.rows(), 1):
        if count > MOST_ROWS:
            raise InvalidInput("too-many-rows", field="file", limit=MOST_ROWS)
        if not count % _TOLD_EVERY:
            progress(count)
        yield row


def _read(row: Row | Reject, reader: EntryReader) -> tuple[Entry | None, tuple[Problem, ...]]:
    if isinstance(row, Reject):
        return None, (Problem(str(row.params.get("field", "")), row.reason),)
    return reader.read(row.values)


def _planned(
    row: Row | Reject, entry: Entry | None, problems: tuple[Problem, ...], register: Register
) -> PlannedRow:
    """Return what is done with a row; a rejected one keeps the row as it came."""
    plan = PlannedRow(row.number, RowStatus.REJECTED, problems=problems)
    if entry is not None:
        plan = register.plan(row.number, entry)
    if plan.status != RowStatus.REJECTED:
        return plan
    if isinstance(row, Reject):
        return replace(plan, raw=printable(row.raw))
    return replace(plan, cells=row.values)


def _named(row: PlannedRow, mapping: Mapping[str, str]) -> PlannedRow:
    """Return a row with number and mark, which of a rejected one stand in its cells alone."""
    if row.status != RowStatus.REJECTED or row.registration_number:
        return row
    number = cell_of(row.cells, mapping, "registration_number")
    label = next(filter(None, (cell_of(row.cells, mapping, word) for word in WORDS)), "")
    return replace(row, registration_number=number, label=label)
