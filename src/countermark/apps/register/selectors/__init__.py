"""What can be asked of the register."""

from countermark.apps.register.selectors.access import (
    access_get,
    access_list,
    acting_role,
    holders_of,
)
from countermark.apps.register.selectors.documents import document_get, document_open
from countermark.apps.register.selectors.recordations import (
    OpenAct,
    change_deadline,
    recordation_acts,
    recordation_clock,
    recordation_context,
    recordation_get,
    recordation_list,
    recordation_queue,
    recordation_role,
    recordations_digest,
)
from countermark.apps.register.selectors.rights import (
    holder_list,
    recordation_in_force_list,
    recorded_marks,
    recorded_rights,
    register_around,
    register_version,
    right_find,
    right_get,
    right_list,
    right_matching,
    rights_named,
)

__all__ = [
    "OpenAct",
    "access_get",
    "access_list",
    "acting_role",
    "change_deadline",
    "document_get",
    "document_open",
    "holder_list",
    "holders_of",
    "recordation_acts",
    "recordation_clock",
    "recordation_context",
    "recordation_get",
    "recordation_in_force_list",
    "recordation_list",
    "recordation_queue",
    "recordation_role",
    "recordations_digest",
    "recorded_marks",
    "recorded_rights",
    "register_around",
    "register_version",
    "right_find",
    "right_get",
    "right_list",
    "right_matching",
    "rights_named",
]
