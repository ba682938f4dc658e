"""The rows of the register."""

from countermark.apps.register.models.access import AccessState, Capacity, HolderAccess
from countermark.apps.register.models.alarms import AlarmNotice, LetterLanguage
from countermark.apps.register.models.documents import Document, DocumentKind, Scan
from countermark.apps.register.models.examiners import (
    Examiner,
    ExaminerAbsence,
    ExaminerTraining,
)
from countermark.apps.register.models.filings import Filing, FilingPiece
from countermark.apps.register.models.guides import GuideEdition, KnownInfringer
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
    "AlarmNotice",
    "AuthorisedParty",
    "AuthorisedRole",
    "Capacity",
    "DecidedAs",
    "Document",
    "DocumentKind",
    "Examiner",
    "ExaminerAbsence",
    "ExaminerTraining",
    "Filing",
    "FilingPiece",
    "GuideEdition",
    "HolderAccess",
    "KnownInfringer",
    "LetterLanguage",
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
