"""What a hit rests on, kept with it: the register and the stream of lines move on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from countermark.apps.screening.models import Excuse, HitEvidence
from countermark.domain.capsules.content import Rules, evidence_json, model_digest, rules_json
from countermark.domain.capsules.reading import evidence_read, rules_read
from countermark.domain.errors import NotFound
from countermark.domain.matching.evidence import Evidence, evidence_of
from countermark.domain.matching.screener import RULES_VERSION, TOP
from countermark.domain.matching.types import Contribution
from countermark.domain.matching.types import Hit as Found
from countermark.domain.payload import Payload

if TYPE_CHECKING:
    from countermark.apps.screening.models import Hit
    from countermark.domain.matching.screener import Screener
    from countermark.domain.matching.types import Excuse as FoundExcuse
    from countermark.domain.matching.types import Field, Line


@dataclass(frozen=True, slots=True)
class Kept:
    """What the hits on one line rest on, and the rules by which they were made."""

    evidence: Evidence
    rules: Rules


def evidence_kept(screener: Screener, line: Line) -> Kept:
    """Return what the hits of a screener on a line rest on."""
    model = screener.context.model
    rules = Rules(RULES_VERSION, model.name, model_digest(model), screener.version, TOP)
    return Kept(evidence_of(screener, line), rules)


def evidence_row(hit: Hit, kept: Kept) -> HitEvidence:
    """Return what a hit rests on; like the hit, it need not be saved yet."""
    about = kept.evidence.about(str(hit.right_id))
    return HitEvidence(hit=hit, evidence=evidence_json(about), rules=rules_json(kept.rules))


def kept_of(hit: Hit) -> Kept:
    """Return what a hit rests on; the caller already holds the hit.

    Raises:
        NotFound: ``hit-evidence-missing``: it was found by a version that kept no evidence.
    """
    row = HitEvidence.objects.filter(pk=hit.pk).first()
    if row is None:
        raise NotFound("hit-evidence-missing", number=hit.number)
    return Kept(evidence_read(Payload.read(row.evidence)), rules_read(Payload.read(row.rules)))


def found_from_row(hit: Hit) -> Found:
    """Return a hit as the screener found it; a mute came after."""
    excused = "" if hit.excused == Excuse.MUTED else hit.excused
    return Found(
        line_id=str(hit.line_id),
        right_id=str(hit.right_id),
        score=hit.score,
        resemblance=hit.resemblance,
        span=(hit.span_start, hit.span_end),
        field=cast("Field", hit.field),
        matched=hit.matched,
        contributions=tuple(Contribution(name, points) for name, points in hit.contributions),
        excused=cast("FoundExcuse", excused) or None,
    )
