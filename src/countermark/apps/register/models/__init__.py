"""The rows of the register."""

from countermark.apps.register.models.access import AccessState, Capacity, HolderAccess
from countermark.apps.register.models.documents import Document, DocumentKind, Scan
from countermark.apps.register.models.permissions import (
    DecidedAs,
    OfferState,
    Permission,
    PermissionOffer,
    PermissionState,
)
from countermark.apps.register.models.recordations import Recordation, RecordationEvent
from countermark.apps.register.models.rights import (
    AuthorisedParty,
    AuthorisedRole,
    Representative,
    Right,
    RightHolder,
    RightState,
    SearchKey,
)

__all__ = [
    "AccessState",
    "AuthorisedParty",
    "AuthorisedRole",
    "Capacity",
    "DecidedAs",
    "Document",
    "DocumentKind",
    "Examiner",
    "ExaminerAbsence",
    "ExaminerTraining",
    "GuideEdition",
    "HolderAccess",
    "KnownInfringer",
    "OfferState",
    "Permission",
    "PermissionOffer",
    "PermissionState",
    "Recordation",
    "RecordationEvent",
    "Representative",
    "Right",
    "RightHolder",
    "RightState",
    "Scan",
    "SearchKey",
]
