"""What can be done to the register."""

from countermark.apps.register.services.access import (
    access_approve,
    access_ask,
    access_end,
    access_refuse,
)
from countermark.apps.register.services.alarms import alarm_write, letter_language_choose
from countermark.apps.register.services.documents import (
    DocumentInput,
    access_document_add,
    document_remove,
    recordation_document_add,
    right_document_add,
)
from countermark.apps.register.services.examiners import (
    ExaminerInput,
    TrainingInput,
    examiner_end,
    examiner_record,
    examiner_revise,
)
from countermark.apps.register.services.filings import (
    filing_begin,
    filing_say,
    filing_take_back,
)
from countermark.apps.register.services.filings_kept import (
    KEPT_DAYS,
    filing_follow,
    filing_piece_keep,
    filing_receive,
    filing_tell,
    pieces_forget,
)
from countermark.apps.register.services.guides import guide_copy, guide_picture_add, guide_write
from countermark.apps.register.services.imports import (
    rights_import,
    rights_preview,
    rights_upload,
)
from countermark.apps.register.services.infringers import (
    InfringerInput,
    infringer_erase,
    infringer_report,
    infringers_expire,
)
from countermark.apps.register.services.offers import (
    permission_answer_receive,
    permission_offer,
    permission_offer_end,
)
from countermark.apps.register.services.offers_taken import (
    permission_offer_accept,
    permission_offer_decline,
    permission_offer_receive,
    permission_withdrawal_receive,
)
from countermark.apps.register.services.permissions import (
    permission_ask,
    permission_confirm,
    permission_refuse,
    permission_revoke,
)
from countermark.apps.register.services.recordations import (
    recordation_act,
    recordation_copy,
    recordation_draft,
    recordation_write,
    recordations_act,
    recordations_lapse,
)
from countermark.apps.register.services.rights import (
    authorised_party_add,
    holder_record,
    recordation_record,
    recordation_withdraw,
    representative_add,
    right_record,
    right_revise,
    right_withdraw,
)

__all__ = [
    "KEPT_DAYS",
    "DocumentInput",
    "ExaminerInput",
    "InfringerInput",
    "TrainingInput",
    "access_approve",
    "access_ask",
    "access_document_add",
    "access_end",
    "access_refuse",
    "alarm_write",
    "authorised_party_add",
    "document_remove",
    "examiner_end",
    "examiner_record",
    "examiner_revise",
    "filing_begin",
    "filing_follow",
    "filing_piece_keep",
    "filing_receive",
    "filing_say",
    "filing_take_back",
    "filing_tell",
    "guide_copy",
    "guide_picture_add",
    "guide_write",
    "holder_record",
    "infringer_erase",
    "infringer_report",
    "infringers_expire",
    "letter_language_choose",
    "permission_answer_receive",
    "permission_ask",
    "permission_confirm",
    "permission_offer",
    "permission_offer_accept",
    "permission_offer_decline",
    "permission_offer_end",
    "permission_offer_receive",
    "permission_refuse",
    "permission_revoke",
    "permission_withdrawal_receive",
    "pieces_forget",
    "recordation_act",
    "recordation_copy",
    "recordation_document_add",
    "recordation_draft",
    "recordation_record",
    "recordation_withdraw",
    "recordation_write",
    "recordations_act",
    "recordations_lapse",
    "representative_add",
    "right_document_add",
    "right_record",
    "right_revise",
    "right_withdraw",
    "rights_import",
    "rights_preview",
    "rights_upload",
]
