"""Writing rights out: as ST.96 for other offices, as a table for people."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, cast

from django.db import transaction
from django.db.models import QuerySet

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import home_administration, officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.register.formats.st96_writer import st96_pieces
from countermark.apps.register.formats.table_writer import csv_pieces
from countermark.apps.register.models import Right
from countermark.domain.errors import InvalidInput

FORMATS: Final = ("st96", "csv")
NAMES: Final = {"st96": "rights-st96.xml", "csv": "rights.csv"}
TRADE_MARK: Final = "trade-mark"
SPOOL_BYTES: Final = 16 << 20
_LOT: Final = 500


@dataclass(frozen=True, slots=True)
class RightsExport:
    """A file of rights, set to its start; it is gone when it is closed.

    ``left_out`` counts the rights asked for that the format cannot hold: ST.96 here is a file of
    trade marks.
    """

    file: BinaryIO
    filename: str
    count: int
    left_out: int


@transaction.atomic
def rights_export(*, by: Officer, rights: QuerySet[Right], file_format: str) -> RightsExport:
    """Write rights to a file, with one audit entry that names format, number and digest.

    Args:
        by: The officer who exports.
        rights: From an officer-scoped selector, as filtered; written in its order.
        file_format: ``st96`` or ``csv``.

    Raises:
        NotPermitted: The officer may not export rights.
        InvalidInput: There is no such format.
    """
    officer_require(by, "rights.export")
    if file_format not in FORMATS:
        raise InvalidInput("format-unknown", field="format", value=file_format[:40])
    # What the count says and what is written are the same rights, whatever happens meanwhile.
    held = rights.filter(right_type=TRADE_MARK) if file_format == "st96" else rights
    asked, wanted = rights.count(), list(held.values_list("pk", flat=True))
    found = _in_lots(wanted)
    pieces = (
        st96_pieces(found) if file_format == "st96" else csv_pieces(found, home_administration())
    )
    file = tempfile.SpooledTemporaryFile(SPOOL_BYTES)  # noqa: SIM115 - the caller closes it
    digest = _write(cast("BinaryIO", file), pieces)
    audit_record(
        "register.rights.exported",
        subject=file_format,
        by=by,
        count=len(wanted),
        left_out=asked - len(wanted),
        sha256=digest,
    )
    return RightsExport(
        cast("BinaryIO", file), NAMES[file_format], len(wanted), asked - len(wanted)
    )


def _in_lots(keys: list[int]) -> Iterator[Right]:
    """Yield rights in the order of their keys, with all that belongs to them."""
    rights = Right.objects.select_related("holder").prefetch_related(
        "recordations", "authorised_parties", "holder__representatives"
    )
    for at in range(0, len(keys), _LOT):
        found = rights.in_bulk(keys[at : at + _LOT])
        yield from (found[key] for key in keys[at : at + _LOT])


def _write(file: BinaryIO, pieces: Iterable[str]) -> str:
    """Write pieces, set the file to its start and return its SHA-256."""
    digest = hashlib.sha256()
    for piece in pieces:
        data = piece.encode("utf-8", "replace")
        digest.update(data)
        file.write(data)
    file.seek(0)
    return digest.hexdigest()
