from countermark.apps.cases.convert import case_summary
from countermark.apps.cases.inputs import CaseDetails, GoodsInput, PartyInput
from countermark.apps.cases.services.acting import case_act
from countermark.apps.cases.services.opening import case_open, case_open_from_hit
from countermark.apps.cases.services.papers import attachment_add, note_add
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
    "GoodsInput",
    "PartyInput",
    "attachment_add",
    "case_act",
    "case_open",
    "case_open_from_hit",
    "case_summary",
    "deadlines_recount",
    "note_add",
    "partner_case_link",
    "partner_case_record",
    "trader_ask",
    "trader_link_close",
    "trader_link_enter",
    "trader_link_make",
    "trader_link_view",
]
