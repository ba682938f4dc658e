"""What can be done to the register."""

from countermark.apps.register.services.imports import (
    rights_import,
    rights_preview,
    rights_upload,
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
    "authorised_party_add",
    "holder_record",
    "recordation_record",
    "recordation_withdraw",
    "representative_add",
    "right_record",
    "right_revise",
    "right_withdraw",
    "rights_import",
    "rights_preview",
    "rights_upload",
]
