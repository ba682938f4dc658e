from countermark.apps.cases.models.case import (
    Case,
    CaseAct,
    CaseCounter,
    CaseDeadline,
    CaseParty,
    DeadlineEnd,
    GoodsLine,
)
from countermark.apps.cases.models.papers import Attachment, Note, PartnerCase, storage_name

__all__ = [
    "Attachment",
    "Case",
    "CaseAct",
    "CaseCounter",
    "CaseDeadline",
    "CaseParty",
    "DeadlineEnd",
    "GoodsLine",
    "Note",
    "PartnerCase",
    "storage_name",
]
