from countermark.apps.cases.models.case import (
    Case,
    CaseAct,
    CaseCounter,
    CaseDeadline,
    CaseParty,
    DeadlineEnd,
    GoodsLine,
)
from countermark.apps.cases.models.goods import GoodsChange, GoodsChangeKind
from countermark.apps.cases.models.papers import Attachment, Note, PartnerCase, storage_name
from countermark.apps.cases.models.securities import (
    LOWERING,
    CaseCost,
    CostKind,
    DrawnFor,
    Security,
    SecurityEntry,
    SecurityForm,
    SecurityKind,
    SecurityMove,
)
from countermark.apps.cases.models.trader_links import LINKED_ROLES, TraderLink

__all__ = [
    "LINKED_ROLES",
    "LOWERING",
    "Attachment",
    "Case",
    "CaseAct",
    "CaseCost",
    "CaseCounter",
    "CaseDeadline",
    "CaseParty",
    "CostKind",
    "DeadlineEnd",
    "DrawnFor",
    "GoodsChange",
    "GoodsChangeKind",
    "GoodsLine",
    "Note",
    "PartnerCase",
    "Security",
    "SecurityEntry",
    "SecurityForm",
    "SecurityKind",
    "SecurityMove",
    "TraderLink",
    "storage_name",
]
