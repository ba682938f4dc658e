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
from countermark.apps.cases.models.trader_links import LINKED_ROLES, TraderLink

__all__ = [
    "LINKED_ROLES",
    "Attachment",
    "Case",
    "CaseAct",
    "CaseCounter",
    "CaseDeadline",
    "CaseParty",
    "DeadlineEnd",
    "GoodsChange",
    "GoodsChangeKind",
    "GoodsLine",
    "Note",
    "PartnerCase",
    "TraderLink",
    "storage_name",
]
