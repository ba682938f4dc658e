"""Between rows and the screener: declaration lines in, hits out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.apps.intake.models import DeclarationLine
from countermark.apps.screening.models import Hit, Run
from countermark.domain.matching.types import Hit as Found
from countermark.domain.matching.types import Line

if TYPE_CHECKING:
    from datetime import datetime


def line_from_row(row: DeclarationLine) -> Line:
    """Return a declaration line as the screener reads it; both parties are loaded."""
    return Line(
        line_id=str(row.pk),
        goods_description=row.goods_description,
        declared_brand=row.declared_brand,
        hs_code=row.hs_code,
        quantity=str(row.quantity),
        unit=row.unit,
        origin=row.origin,
        consignor=row.declaration.consignor.name,
        consignee=row.declaration.consignee.name,
    )


def hit_row(
    found: Found, *, run: Run, right_version: int, found_at: datetime, decide_by: datetime | None
) -> Hit:
    """Return a hit that has no number and is not saved yet."""
    return Hit(
        run=run,
        ruleset=run.ruleset,
        line_id=int(found.line_id),
        right_id=int(found.right_id),
        right_version=right_version,
        score=found.score,
        resemblance=found.resemblance,
        field=found.field,
        span_start=found.span[0],
        span_end=found.span[1],
        matched=found.matched,
        contributions=[[part.name, part.points] for part in found.contributions],
        excused=found.excused or "",
        found_at=found_at,
        decide_by=decide_by,
    )
