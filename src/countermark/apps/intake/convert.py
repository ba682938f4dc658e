"""Between rows of the database and what a file says."""

from __future__ import annotations

from countermark.apps.intake.inputs import HeaderInput, LineInput, PartyInput
from countermark.apps.intake.models import Batch, Declaration, DeclarationLine, Party


def party_row(given: PartyInput) -> Party:
    """Return a party that is not saved yet."""
    return Party(
        name=given.name,
        identifier=given.identifier,
        country=given.country,
        address=given.address,
        key=given.key,
    )


def declaration_content(row: Declaration) -> dict[str, str]:
    """Return what must agree between a declaration and any row that belongs to it.

    The office is named by its code; office and parties are loaded.
    """
    return {
        "office": row.office.code,
        "declared_on": row.declared_on.isoformat(),
        "direction": row.direction,
        "channel": row.channel,
        "transport_mode": row.transport_mode,
        "control_point": row.control_point,
        "departure": row.departure,
        "destination": row.destination,
        "consignor": row.consignor.key,
        "consignee": row.consignee.key,
        "declarant": row.declarant.key if row.declarant else "",
    }


def declaration_row(
    given: HeaderInput, *, batch: Batch, office_id: int, parties: dict[str, Party]
) -> Declaration:
    """Return a declaration that is not saved yet; ``parties`` are found by their keys."""
    return Declaration(
        number=given.number,
        office_id=office_id,
        batch=batch,
        declared_on=given.declared_on,
        direction=given.direction,
        channel=given.channel,
        transport_mode=given.transport_mode,
        control_point=given.control_point,
        departure=given.departure,
        destination=given.destination,
        consignor=parties[given.consignor.key],
        consignee=parties[given.consignee.key],
        declarant=parties[given.declarant.key] if given.declarant else None,
    )


def line_row(given: LineInput, *, batch: Batch, declaration: Declaration) -> DeclarationLine:
    """Return a declaration line that is not saved yet."""
    return DeclarationLine(
        declaration=declaration,
        batch=batch,
        line_no=given.line_no,
        goods_description=given.goods_description,
        declared_brand=given.declared_brand,
        hs_code=given.hs_code,
        quantity=given.quantity,
        unit=given.unit,
        origin=given.origin,
        value_minor=given.value_minor,
        currency=given.currency,
        content_sha256=given.sha256,
    )
