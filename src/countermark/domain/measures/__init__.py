"""Every statistic: what it counts, in which unit, by which rule, and the counting itself."""

from countermark.domain.measures.definitions import (
    DIMENSIONS,
    MEASURES,
    SCOPES,
    SELECTIONS,
    Definition,
    Measure,
)
from countermark.domain.measures.joint import (
    Converted,
    Headline,
    JointFigures,
    PartySheet,
    Provenance,
    Scope,
    joint_total,
)
from countermark.domain.measures.records import CaseRecord, GoodsRecord, opened_within
from countermark.domain.measures.sheet import (
    Breakdown,
    Part,
    Sheet,
    breakdown_completed,
    breakdown_shortened,
    sheet_of,
)
from countermark.domain.measures.tally import Amount, Tally

__all__ = [
    "DIMENSIONS",
    "MEASURES",
    "SCOPES",
    "SELECTIONS",
    "Amount",
    "Breakdown",
    "CaseRecord",
    "Converted",
    "Definition",
    "GoodsRecord",
    "Headline",
    "JointFigures",
    "Measure",
    "Part",
    "PartySheet",
    "Provenance",
    "Scope",
    "Sheet",
    "Tally",
    "breakdown_completed",
    "breakdown_shortened",
    "joint_total",
    "opened_within",
    "sheet_of",
]
