"""Trying a declaration line against the register in force; nothing is written."""

from __future__ import annotations

from typing import Annotated

from ninja import Field, Router, Schema

from countermark.api.v1.http import OfficerRequest, officer_reading
from countermark.api.v1.problems import PROBLEMS
from countermark.apps.screening.services import TriedHit, line_try
from countermark.domain.matching.types import Line

router = Router(tags=["screening"])
# A NUL is no text for PostgreSQL; halves of surrogate pairs are refused as no text by themselves.
Text = Annotated[str, Field(max_length=10_000, pattern=r"^[^\x00]*$")]


class LineIn(Schema):
    """A declaration line as written by the declarant; one of the first two is needed."""

    goods_description: Text = ""
    declared_brand: Text = ""
    hs_code: str = Field("", max_length=10, pattern=r"^[0-9]*$")
    consignor: Text = ""
    consignee: Text = ""


class Reason(Schema):
    """What one reason added to a score; the reasons of a hit add up to its score."""

    name: str
    points: float


class TriedRow(Schema):
    """A recorded mark that the line may use: a reason to look, never a finding.

    ``excused`` is ``authorised``, ``referential`` or ``muted``; ``kept`` says whether a run would
    record the hit at all.
    """

    right_id: int
    mark: str
    holder: str
    right_version: int
    score: float
    resemblance: str
    field: str
    span: tuple[int, int]
    matched: str
    contributions: list[Reason]
    excused: str | None
    kept: bool


class TrialOut(Schema):
    """The hits on a line, best first, and what they were found under."""

    register_version: str
    rules_version: str
    hits: list[TriedRow]


@router.post("/try", response={200: TrialOut, **PROBLEMS}, summary="Try a line")
def try_line(request: OfficerRequest, line: LineIn) -> TrialOut:
    """Screen a line as if it were declared today, against the register in force now."""
    officer = officer_reading(request, "screening.rules")
    trial = line_try(line=Line(line_id="", **line.dict()), by=officer)
    return TrialOut(
        register_version=trial.register_version,
        rules_version=trial.rules_version,
        hits=[_row(hit) for hit in trial.hits],
    )


def _row(hit: TriedHit) -> TriedRow:
    found = hit.finding.found
    return TriedRow(
        right_id=hit.right.pk,
        mark=hit.right.label,
        holder=hit.right.holder.name,
        right_version=hit.finding.right_version,
        score=found.score,
        resemblance=found.resemblance,
        field=found.field,
        span=found.span,
        matched=found.matched,
        contributions=[Reason(name=r.name, points=r.points) for r in found.contributions],
        excused="muted" if hit.finding.mute else found.excused,
        kept=hit.kept,
    )
