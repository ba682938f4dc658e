"""Every statistic: what it counts, in which unit, by which rule, and the counting itself."""

from countermark.domain.measures.definitions import (
    DIMENSIONS,
    JOINT_RULE,
    MEASURES,
    PARTS,
    SCOPES,
    SELECTIONS,
    Definition,
    Measure,
)
from countermark.domain.measures.figures import Figure, figures_of
from countermark.domain.measures.interval import Interval, wilson
from countermark.domain.measures.joint import (
    OWN_RECORDS,
    SIGNED_MESSAGE,
    Converted,
    Headline,
    JointFigures,
    JointTotal,
    PartySheet,
    Provenance,
    Scope,
    joint_total,
)
from countermark.domain.measures.places import territory_of, territory_of_place
from countermark.domain.measures.records import CaseRecord, GoodsRecord
from countermark.domain.measures.sheet import (
    Breakdown,
    Part,
    Sheet,
    breakdown_completed,
    breakdown_shortened,
    sheet_of,
)
from countermark.domain.measures.tally import Amount, Tally, tally_sum

__all__ = [
    "DIMENSIONS",
    "JOINT_RULE",
    "MEASURES",
    "OWN_RECORDS",
    "PARTS",
    "SCOPES",
    "SELECTIONS",
    "SIGNED_MESSAGE",
    "Amount",
    "Breakdown",
    "CaseRecord",
    "Converted",
    "Definition",
    "Figure",
    "GoodsRecord",
    "Headline",
    "Interval",
    "JointFigures",
    "JointTotal",
    "Measure",
    "Part",
    "PartySheet",
    "Provenance",
    "Scope",
    "Sheet",
    "Tally",
    "breakdown_completed",
    "breakdown_shortened",
    "figures_of",
    "joint_total",
    "sheet_of",
    "tally_sum",
    "territory_of",
    "territory_of_place",
    "wilson",
]
