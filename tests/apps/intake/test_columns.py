"""Titles of declaration files, in every language they come in."""

from __future__ import annotations

import pytest

from countermark.apps.intake.columns import ALIASES, FIELDS, REQUIRED, mapping_guess
from countermark.domain.titles import title_key

SINGLE_WINDOW = {
    "EntryId": "number",
    "CustomMaster": "office",
    "IEDate": "declared_on",
    "IEFlag": "direction",
    "TrafMode": "transport_mode",
    "IEPort": "control_point",
    "DespPortCode": "departure",
    "DistinatePort": "destination",
    "TradeName": "domestic_party",
    "TradeCoScc": "domestic_identifier",
    "OverseasConsigneeEname": "consignee",
    "AgentName": "declarant",
    "SeqNo": "line_no",
    "商品名称": "goods_description",
    "规格型号": "specification",
    "商品编号": "hs_code",
}


@pytest.mark.parametrize(
    "titles",
    [
        SINGLE_WINDOW,
        {"報關單編號": "number", "貨品說明": "goods_description", "付貨人": "consignor"},
        {"Declaration No.": "number", "HS Code": "hs_code", "Qty": "quantity", "UOM": "unit"},
        {"报关单号": "number", "发货人": "consignor", "收货人": "consignee", "币制": "currency"},
        {"監管渠道": "channel", "運輸方式": "transport_mode", "數量": "quantity"},
    ],
)
def test_each_sides_titles_lead_to_their_fields(titles):
    assert mapping_guess(titles) == {field: title for title, field in titles.items()}


def test_every_fields_own_name_is_a_title_of_it():
    assert mapping_guess(FIELDS) == {field: field for field in FIELDS}


def test_no_title_belongs_to_two_fields():
    keys = [
        key
        for field, titles in ALIASES.items()
        for key in {title_key(title) for title in (field.replace("_", " "), *titles)}
    ]
    assert len(keys) == len(set(keys))
    assert set(REQUIRED) <= set(ALIASES)
