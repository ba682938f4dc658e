"""Joint figures as rows for JSON and CSV: the same numbers that the page shows."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, TypedDict

from countermark.domain.measures import figures_of

if TYPE_CHECKING:
    from countermark.domain.measures import Converted, Figure, JointFigures, PartySheet


class FigureRow(TypedDict):
    """One figure; numbers are written as text so that no reader rounds them."""

    party: str
    measure: str
    selection: str
    dimension: str
    part: str
    value: str
    unit: str
    currency: str
    basis: str
    cases: int | None
    converted_from: str
    rate: str
    rate_date: str
    rate_source: str
    rounding: str


class PartyRow(TypedDict):
    """Where one party's figures come from."""

    party: str
    provenance: str
    as_of: str
    revision: int
    message: str
    reconstructed: bool


class Document(TypedDict):
    """The whole of the figures as JSON."""

    kind: str
    subject: str
    first: str
    last: str
    currency: str
    rate_asked_on: str
    complete: bool
    missing: list[str]
    parties: list[PartyRow]
    figures: list[FigureRow]


COLUMNS = tuple(FigureRow.__annotations__)


def document_of(joint: JointFigures) -> Document:
    """Return the figures as one JSON document, dates in ISO 8601."""
    return Document(
        kind=joint.scope.kind,
        subject=joint.scope.subject,
        first=joint.scope.first.isoformat(),
        last=joint.scope.last.isoformat(),
        currency=joint.currency,
        rate_asked_on=joint.rate_date.isoformat(),
        complete=not joint.missing,
        missing=list(joint.missing),
        parties=[_party_row(party) for party in joint.parties],
        figures=[figure_row(figure) for figure in figures_of(joint)],
    )


def csv_of(joint: JointFigures) -> str:
    """Return the figures as CSV with a header line, one figure a row, in the order of the page."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(figure_row(figure) for figure in figures_of(joint))
    return text.getvalue()


def figure_row(figure: Figure) -> FigureRow:
    """Return one figure as a row; what does not apply is empty."""
    converted = figure.converted
    rate = converted.rate if converted else None
    return FigureRow(
        party=figure.party,
        measure=figure.measure,
        selection=figure.selection,
        dimension=figure.dimension,
        part=figure.part,
        value=f"{figure.value:f}",
        unit=figure.unit,
        currency=figure.currency,
        basis=figure.basis,
        cases=figure.cases,
        converted_from=_original(converted),
        rate=f"{rate.value:f}" if rate else "",
        rate_date=rate.published_on.isoformat() if rate else "",
        rate_source=rate.source if rate else "",
        rounding=converted.rounding.value if converted else "",
    )


def _original(converted: Converted | None) -> str:
    if converted is None:
        return ""
    money = converted.original.money
    return f"{money.currency} {money.text()}"


def _party_row(party: PartySheet) -> PartyRow:
    provenance = party.provenance
    return PartyRow(
        party=party.administration,
        provenance=provenance.kind,
        as_of=provenance.as_of.isoformat() if provenance.as_of else "",
        revision=provenance.revision,
        message=provenance.message_id,
        reconstructed=party.reconstructed,
    )
