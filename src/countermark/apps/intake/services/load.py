"""Loading a batch: chunk by chunk, so that a killed load goes on where it stopped."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.selectors import office_list
from countermark.apps.audit.services import audit_record
from countermark.apps.intake.chunk import Settled, settle
from countermark.apps.intake.convert import declaration_row, line_row, party_row
from countermark.apps.intake.models import (
    Batch,
    BatchState,
    Declaration,
    DeclarationLine,
    Party,
    RejectedRow,
)
from countermark.apps.intake.reading import RowReader
from countermark.apps.intake.rejects import rejects_write
from countermark.apps.intake.services.numbers import serial_lock
from countermark.apps.register.uploads import table_open
from countermark.domain.errors import Conflict, InvalidInput
from countermark.engines.tables import Reject, Row

CHUNK: Final = 500
"""Rows read and written in one transaction."""


def batch_load(*, batch: Batch) -> Batch:
    """Load the rows of a batch that are not settled yet, and write its reject file.

    Every row becomes a line, a duplicate or a reject. Each chunk of rows, with the batch's
    progress, is one transaction: a killed load goes on where it stopped, and a batch that is
    loaded or has failed is returned as it is. A file that cannot be read to its end fails as a
    whole before its first row is written; the batch then says why.

    Raises:
        Conflict: Another worker is loading the batch.
    """
    batch.refresh_from_db()
    if batch.state in (BatchState.LOADED, BatchState.FAILED):
        return batch
    try:
        rows_total = batch.rows_total or _length(batch)
    except InvalidInput as refusal:
        return _fail(batch, refusal)
    batch = _begin(batch, rows_total)
    reader = _reader(batch)
    with table_open(str(batch.file), batch.format) as table:
        rows = islice(table, batch.rows_done, None)
        while chunk := list(islice(rows, CHUNK)):
            batch = _load_chunk(batch, chunk, reader)
    return _finish(batch)


@transaction.atomic
def _begin(batch: Batch, rows_total: int) -> Batch:
    batch = _locked(batch)
    batch.state, batch.rows_total = BatchState.LOADING, rows_total
    batch.save(update_fields=["state", "rows_total"])
    return batch


def _length(batch: Batch) -> int:
    """Read the file once to its end, which shows whether it can be and how long it is.

    This may take a minute, so that it is done before a transaction keeps other writers waiting.
    """
    with table_open(str(batch.file), batch.format) as table:
        return sum(1 for _ in table)


def _reader(batch: Batch) -> RowReader:
    spellings = {}
    for office in office_list():
        for spelling in (office.code, office.name_en, office.name_zh_hant, office.name_zh_hans):
            spellings[spelling.casefold()] = office.code
    return RowReader(batch.mapping, timezone.localdate(), spellings, batch.office.code)


@transaction.atomic
def _load_chunk(batch: Batch, rows: Sequence[Row | Reject], reader: RowReader) -> Batch:
    """Write one chunk of rows with the progress it makes.

    Loads of different batches take turns, because two of them may name the same declaration.
    """
    serial_lock("load")
    fresh = _locked(batch)
    if (fresh.state, fresh.rows_done) != (batch.state, batch.rows_done):
        raise Conflict("batch-loading-elsewhere", number=batch.number)
    settled = settle(rows, reader, first_row=fresh.rows_done + 1)
    _write(fresh, settled)
    fresh.rows_loaded += len(settled.lines)
    fresh.rows_duplicate += settled.duplicates
    fresh.rows_rejected += len(settled.rejects)
    fresh.save(update_fields=["rows_loaded", "rows_duplicate", "rows_rejected"])
    return fresh


def _write(batch: Batch, settled: Settled) -> None:
    parties = _parties(settled)
    offices = {office.code: office.pk for office in office_list()}
    declarations = Declaration.objects.bulk_create(
        declaration_row(header, batch=batch, office_id=offices[header.office], parties=parties)
        for header in settled.new_headers
    )
    by_number = settled.known | {row.number: row for row in declarations}
    DeclarationLine.objects.bulk_create(
        line_row(line, batch=batch, declaration=by_number[line.header.number])
        for line in settled.lines
    )
    for reject in settled.rejects:
        reject.batch = batch
    RejectedRow.objects.bulk_create(settled.rejects)


def _parties(settled: Settled) -> dict[str, Party]:
    """Return the parties of new declarations by key, made where they are new themselves."""
    named = {
        party.key: party
        for header in settled.new_headers
        for party in (header.consignor, header.consignee, header.declarant)
        if party is not None
    }
    known = Party.objects.in_bulk(named, field_name="key")
    made = Party.objects.bulk_create(
        party_row(party) for key, party in named.items() if key not in known
    )
    return known | {party.key: party for party in made}


@transaction.atomic
def _finish(batch: Batch) -> Batch:
    """Close a batch whose rows are all settled; its reject file is written first."""
    batch = _locked(batch)
    if batch.state != BatchState.LOADING or batch.rows_done != batch.rows_total:
        raise Conflict("batch-loading-elsewhere", number=batch.number)
    batch.rejects = rejects_write(batch)
    batch.state, batch.loaded_at = BatchState.LOADED, timezone.now()
    batch.save(update_fields=["rejects", "state", "loaded_at"])
    audit_record(
        "intake.batch.loaded",
        subject=batch.number,
        rows=batch.rows_total,
        loaded=batch.rows_loaded,
        duplicate=batch.rows_duplicate,
        rejected=batch.rows_rejected,
    )
    return batch


@transaction.atomic
def _fail(batch: Batch, refusal: InvalidInput) -> Batch:
    batch = _locked(batch)
    batch.state, batch.failure = BatchState.FAILED, refusal.code
    batch.failure_params = refusal.params
    batch.save(update_fields=["state", "failure", "failure_params"])
    audit_record("intake.batch.failed", subject=batch.number, reason=refusal.code)
    return batch


def _locked(batch: Batch) -> Batch:
    return Batch.objects.select_for_update(of=("self",)).select_related("office").get(pk=batch.pk)
