from countermark.apps.cases.convert import case_summary
from countermark.apps.cases.inputs import (
    CaseDetails,
    ConveyanceInput,
    DetailInput,
    GoodsInput,
    PartyInput,
)
from countermark.apps.cases.inputs_money import AmountInput, SecurityInput
from countermark.apps.cases.services.acting import case_act
from countermark.apps.cases.services.costs import cost_record, cost_reverse
from countermark.apps.cases.services.goods import (
    GoodsPart,
    goods_add,
    goods_amend,
    goods_clone,
    goods_split,
)
from countermark.apps.cases.services.goods_withdrawal import (
    goods_restore,
    goods_withdraw,
    numbers_said,
)
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
from countermark.apps.cases.services.securities import (
    general_security_ask,
    security_ask,
    security_draw,
    security_receive,
    security_return,
)
from countermark.apps.cases.services.trader_links import (
    trader_ask,
    trader_link_close,
    trader_link_enter,
    trader_link_make,
    trader_link_view,
)

__all__ = [
    "AmountInput",
    "CaseDetails",
    "ConveyanceInput",
    "DetailInput",
    "GoodsInput",
    "GoodsPart",
    "PartyInput",
    "SecurityInput",
    "attachment_add",
    "case_act",
    "case_open",
    "case_open_from_hit",
    "case_summary",
    "common_value_ignore",
    "common_value_lift",
    "conveyance_add",
    "conveyance_remove",
    "cost_record",
    "cost_reverse",
    "deadlines_recount",
    "general_security_ask",
    "goods_add",
    "goods_amend",
    "goods_clone",
    "goods_restore",
    "goods_split",
    "goods_withdraw",
    "keys_rebuild",
    "note_add",
    "numbers_said",
    "parties_judge",
    "partner_case_link",
    "partner_case_record",
    "party_add",
    "party_detail_add",
    "party_detail_remove",
    "security_ask",
    "security_draw",
    "security_receive",
    "security_return",
    "trader_ask",
    "trader_link_close",
    "trader_link_enter",
    "trader_link_make",
    "trader_link_view",
]
