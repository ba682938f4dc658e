from countermark.apps.cases.models.case import (
    Case,
    CaseAct,
    CaseCounter,
    CaseDeadline,
    CaseParty,
    DeadlineEnd,
    GoodsLine,
)
from countermark.apps.cases.models.links import (
    CaseKey,
    CommonValue,
    Conveyance,
    ConveyanceKind,
    DetailKind,
    PartyDetail,
    PartyVerdict,
    Verdict,
)
from countermark.apps.cases.models.papers import Attachment, Note, PartnerCase, storage_name
from countermark.apps.cases.models.trader_links import LINKED_ROLES, TraderLink

__all__ = [
    "LINKED_ROLES",
    "Attachment",
    "Case",
    "CaseAct",
    "CaseCounter",
    "CaseDeadline",
    "CaseKey",
    "CaseParty",
    "CommonValue",
    "Conveyance",
    "ConveyanceKind",
    "DeadlineEnd",
    "DetailKind",
    "GoodsLine",
    "Note",
    "PartnerCase",
    "PartyDetail",
    "PartyVerdict",
    "TraderLink",
    "Verdict",
    "storage_name",
]
