"""Between rows and the screener: declaration lines in, hits out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from countermark.apps.intake.models import DeclarationLine
from countermark.apps.screening.evidence import Kept
from countermark.apps.screening.models import Excuse, Hit, Run
from countermark.apps.screening.phrases import phrase_of
from countermark.domain.matching.types import Contribution, Line
from countermark.domain.matching.types import Hit as Found


@dataclass(frozen=True, slots=True)
class Finding:
    """What the screener found, and what it was found under.

    ``mute`` is the key of the mute that holds the hit back, None where none does. ``evidence`` is
    what a hit rests on; a finding that is only shown has none.
    """

    found: Found
    right_version: int
    register_version: str
    mute: int | None = None
    evidence: Kept | None = None


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


def hit_row(finding: Finding, *, run: Run, found_at: datetime, decide_by: datetime | None) -> Hit:
    """Return a hit that has no number and is not saved yet."""
    found = finding.found
    return Hit(
        run=run,
        ruleset=run.ruleset,
        register_version=finding.register_version,
        line_id=int(found.line_id),
        right_id=int(found.right_id),
        right_version=finding.right_version,
        score=found.score,
        resemblance=found.resemblance,
        field=found.field,
        span_start=found.span[0],
        span_end=found.span[1],
        matched=found.matched,
        phrase=phrase_of(found.matched),
        contributions=[[part.name, part.points] for part in found.contributions],
        excused=Excuse.MUTED if finding.mute else (found.excused or ""),
        mute_id=finding.mute,
        found_at=found_at,
        decide_by=decide_by,
    )


def found_from_row(hit: Hit) -> Found:
    """Return a recorded hit as the screener had found it."""
    return Found(
        line_id=str(hit.line_id),
        right_id=str(hit.right_id),
        score=hit.score,
        resemblance=hit.resemblance,
        span=(hit.span_start, hit.span_end),
        field="declared_brand" if hit.field == "declared_brand" else "goods_description",
        matched=hit.matched,
        contributions=tuple(Contribution(name, points) for name, points in hit.contributions),
        excused=None,
    )
