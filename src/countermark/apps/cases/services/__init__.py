from countermark.apps.cases.convert import case_summary
from countermark.apps.cases.inputs import (
    CaseDetails,
    ConveyanceInput,
    DetailInput,
    GoodsInput,
    PartyInput,
)
from countermark.apps.cases.services.acting import case_act
from countermark.apps.cases.services.linking import (
    common_value_ignore,
    common_value_lift,
    keys_rebuild,
    parties_judge,
)
from countermark.apps.cases.services.opening import case_open, case_open_from_hit
from countermark.apps.cases.services.papers import attachment_add, note_add
from countermark.apps.cases.services.parties import (
    conveyance_add,
    conveyance_remove,
    party_add,
    party_detail_add,
    party_detail_remove,
)
from countermark.apps.cases.services.partners import partner_case_link, partner_case_record
from countermark.apps.cases.services.recounting import deadlines_recount
from countermark.apps.cases.services.trader_links import (
    trader_ask,
    trader_link_close,
    trader_link_enter,
    trader_link_make,
    trader_link_view,
)

__all__ = [
    "CaseDetails",
    "ConveyanceInput",
    "DetailInput",
    "GoodsInput",
    "PartyInput",
    "attachment_add",
    "case_act",
    "case_open",
    "case_open_from_hit",
    "case_summary",
    "common_value_ignore",
    "common_value_lift",
    "conveyance_add",
    "conveyance_remove",
    "deadlines_recount",
    "keys_rebuild",
    "note_add",
    "parties_judge",
    "partner_case_link",
    "partner_case_record",
    "party_add",
    "party_detail_add",
    "party_detail_remove",
    "trader_ask",
    "trader_link_close",
    "trader_link_enter",
    "trader_link_make",
    "trader_link_view",
]
