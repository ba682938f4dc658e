"""Importing rights from a file: keep it, show what it would do, do exactly that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import home_administration, officer_require
from countermark.apps.audit.services import Act, audit_record_all
from countermark.apps.register.columns import TITLES, WORDS
from countermark.apps.register.entries import Entry, EntryReader
from countermark.apps.register.inputs import Problem
from countermark.apps.register.plan import ImportPreview, PlannedRow, Register, RowStatus
from countermark.apps.register.rejects import rejects_write
from countermark.apps.register.selectors import register_around
from countermark.apps.register.services.applying import change_apply, new_apply
from countermark.apps.register.uploads import measure, printable, safe_filename, table_open
from countermark.domain.errors import Conflict, InvalidInput, NotFound
from countermark.engines.tables import Reject, Row, Table, sniff_format

MOST_BYTES: Final = 64 << 20
MOST_ROWS: Final = 200_000
_UPLOAD: Final = re.compile(r"[0-9a-f]{64}\.(?:csv|xlsx|jsonl|parquet)")
_HEAD: Final = 4096


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did; ``rejects`` is the reject file's name in storage, empty without one."""

    created: int
    changed: int
    unchanged: int
    rejected: int
    rejects: str


def rights_upload(*, by: Officer, stream: BinaryIO, filename: str) -> str:
    """Keep a file of rights and return the key under which it is previewed and imported.

    Args:
        by: The officer who brings the file.
        stream: Seekable; CSV, XLSX, JSONL or Parquet, told by its content.
        filename: As the sender calls it; only its extension is used.

    Raises:
        NotPermitted: The officer may not import rights.
        InvalidInput: The file is empty or too large.
    """
    officer_require(by, "rights.import")
    measured = measure(stream, most_bytes=MOST_BYTES)
    table_format = sniff_format(safe_filename(filename), stream.read(_HEAD))
    stream.seek(0)
    upload = f"{measured.sha256}.{table_format.value}"
    stored = _stored(upload)
    if default_storage.exists(stored) and default_storage.size(stored) != measured.size_bytes:
        default_storage.delete(stored)  # A process was killed while it saved the same file.
    if not default_storage.exists(stored):
        default_storage.save(stored, File(stream))
    return upload


def rights_preview(*, by: Officer, upload: str) -> ImportPreview:
    """Return what importing a file would do, row by row; nothing is written.

    Raises:
        NotPermitted: The officer may not import rights.
        NotFound: No file is kept under that key.
        InvalidInput: The file cannot be read, has too many rows, or lacks columns.
    """
    officer_require(by, "rights.import")
    if not _UPLOAD.fullmatch(upload) or not default_storage.exists(_stored(upload)):
        raise NotFound("upload-unknown", upload=upload[:80])
    with table_open(_stored(upload), upload.rpartition(".")[2]) as table:
        mapping = TITLES.settle(table.columns)
        if not any(word in mapping for word in WORDS):
            raise InvalidInput("columns-missing", field="mapping", fields=["word"])
        reader = EntryReader(mapping, home_administration())
        read = [(row, *_read(row, reader)) for row in _rows(table)]
    register = register_around([entry for _, entry, _ in read if entry], reader.administration)
    planned = [_planned(row, entry, problems, register) for row, entry, problems in read]
    return ImportPreview(upload, mapping, table.columns, tuple(planned))


@transaction.atomic
def rights_import(*, by: Officer, upload: str, expected: str = "") -> ImportResult:
    """Import a file: record its new rights, change those that differ, reject what is wrong.

    All good rows are written in one transaction, with one audit entry for each right and one for
    the file, or nothing at all. The file is compared with the register anew.

    Args:
        by: The officer who imports.
        upload: The key that ``rights_upload`` returned.
        expected: The digest of the preview that the officer saw; empty to import unseen.

    Raises:
        NotPermitted: The officer may not import rights.
        NotFound: No file is kept under that key.
        InvalidInput: The file cannot be read, has too many rows, or lacks columns.
        Conflict: The register has changed since the preview.
    """
    plan = rights_preview(by=by, upload=upload)
    if expected and plan.digest != expected:
        raise Conflict("import-differs-from-preview", upload=upload)
    acts = new_apply([row.entry for row in plan.rows if row.status == RowStatus.NEW and row.entry])
    for row in plan.rows:
        if row.status == RowStatus.CHANGED and row.entry and row.right:
            acts.append(change_apply(row.entry, row.right, row.differences))
    result = ImportResult(
        plan.new, plan.changed, plan.unchanged, plan.rejected, rejects_write(plan)
    )
    counts = {"created": result.created, "changed": result.changed, "rejected": result.rejected}
    acts.append(Act("register.rights.imported", upload, counts))
    audit_record_all(acts, by=by)
    return result


def _stored(upload: str) -> str:
    return f"imports/{upload}"


def _rows(table: Table) -> Iterator[Row | Reject]:
    for count, row in enumerate(table, 1):
        if count > MOST_ROWS:
            raise InvalidInput("too-many-rows", field="file", limit=MOST_ROWS)
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
