"""The content of ``stats.bundle/1``: what one party states for a period, written and read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from countermark.domain.envelopes.canonical import Json
from countermark.domain.errors import InvalidInput
from countermark.domain.measures import Sheet
from countermark.domain.measures.wire import sheet_json, sheet_read
from countermark.domain.payload import Payload

KIND = "period"
MOST_REVISIONS = 10_000


@dataclass(frozen=True, slots=True)
class PeriodStatement:
    """One party's sheet for a period, both days included, as it stood at ``as_of``."""

    first: date
    last: date
    revision: int
    as_of: datetime
    reconstructed: bool
    sheet: Sheet


def statement_content(
    first: date, last: date, sheet: Sheet, *, reconstructed: bool
) -> dict[str, Json]:
    """Return what makes one revision of a statement differ from another."""
    return {
        "kind": KIND,
        "start": first.isoformat(),
        "end": last.isoformat(),
        "reconstructed": reconstructed,
        "sheet": sheet_json(sheet),
    }


def statement_payload(
    content: Mapping[str, Json], revision: int, as_of: datetime
) -> dict[str, Json]:
    """Return the content of a ``stats.bundle/1`` message."""
    moment = as_of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return {**content, "revision": revision, "as_of": moment}


def statement_read(data: Mapping[str, object]) -> PeriodStatement:
    """Return the statement in a ``stats.bundle/1`` message.

    Raises:
        InvalidInput: A field is missing or malformed, the period ends before it begins, or parts
            exceed their total.
    """
    payload = Payload.read(data)
    payload.choice("kind", {KIND})
    statement = PeriodStatement(
        first=payload.day("start"),
        last=payload.day("end"),
        revision=payload.integer("revision", 1, MOST_REVISIONS),
        as_of=payload.instant("as_of"),
        reconstructed=payload.flag("reconstructed"),
        sheet=sheet_read(payload.part("sheet")),
    )
    if statement.last < statement.first:
        raise InvalidInput("period-reversed", field="end")
    return statement
