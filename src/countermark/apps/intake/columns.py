"""Which column of a declaration file fills which field, guessed from titles and checked.

Titles are read in English, in both Chinese scripts and as the mainland's Single Window names its
fields. The Single-Window names come from third-party parsers of its files, not from a published
standard.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from countermark.domain.titles import Titles

REQUIRED: Final = (
    *("number", "declared_on", "direction", "channel", "transport_mode", "line_no"),
    *("goods_description", "quantity", "unit"),
)
"""Fields without which a file cannot be loaded."""

ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "number": (
        *("number", "declaration no", "declaration number", "entry id", "EntryId", "declaration"),
        *("报关单号", "报关单编号", "海关编号", "报关单海关编号", "進出口報關單編號", "報關單編號"),
    ),
    "office": (
        *("office", "office code", "CustomMaster", "申报海关", "申報海關", "申报地海关"),
        *("办理海关", "辦理海關"),
    ),
    "declared_on": (
        *("declared on", "declaration date", "date", "DDate", "IEDate", "date of declaration"),
        *("申报日期", "申報日期", "报关日期", "報關日期", "进出口日期", "進出口日期", "进口日期"),
        *("出口日期",),
    ),
    "direction": (
        *("direction", "import or export", "import/export", "ie flag", "IEFlag", "movement"),
        *("进出口标志", "進出口標誌", "进出口", "進出口", "进出口类型", "流向"),
    ),
    "channel": (
        *("channel", "clearance channel", "监管渠道", "監管渠道", "渠道", "通关渠道", "清關渠道"),
    ),
    "transport_mode": (
        *("transport mode", "mode of transport", "transport", "TrafMode", "运输方式", "運輸方式"),
    ),
    "control_point": (
        *("control point", "port", "IEPort", "EntyPortCode", "出入境口岸", "进出境口岸", "口岸"),
        *("管制站", "进境口岸", "出境口岸", "进出境关别", "出境关别", "进境关别", "進出境口岸"),
    ),
    "departure": (
        *("departure", "place of departure", "country of departure", "DespPortCode"),
        *("启运地", "啟運地", "启运港", "启运国（地区）", "起运国（地区）", "起運地", "启运国"),
    ),
    "destination": (
        *("destination", "place of destination", "country of destination", "DistinatePort"),
        *("运抵地", "運抵地", "目的地", "最终目的地", "最終目的地", "指运港", "运抵国（地区）"),
        *("最终目的国（地区）", "运抵国"),
    ),
    "consignor": (
        *("consignor", "consignor name", "shipper", "exporter", "sender", "OverseasConsignorCname"),
        *("OverseasConsignorEname", "发货人", "發貨人", "付貨人", "付運人", "境外发货人", "寄件人"),
    ),
    "consignor_identifier": (
        *("consignor identifier", "consignor code", "OverseasConsignorCode", "发货人代码"),
        *("發貨人編號", "付貨人編號", "境外发货人代码"),
    ),
    "consignor_country": ("consignor country", "发货人国别", "付貨人國家"),
    "consignor_address": (
        *("consignor address", "OverseasConsignorAddr", "发货人地址", "付貨人地址"),
    ),
    "consignee": (
        *("consignee", "consignee name", "importer", "receiver", "OverseasConsigneeEname"),
        *("收货人", "收貨人", "境外收货人", "收件人"),
    ),
    "consignee_identifier": (
        *("consignee identifier", "consignee code", "OverseasConsigneeCode", "收货人代码"),
        *("收貨人編號", "境外收货人代码"),
    ),
    "consignee_country": ("consignee country", "收货人国别", "收貨人國家"),
    "consignee_address": ("consignee address", "收货人地址", "收貨人地址"),
    "domestic_party": (
        *("domestic party", "TradeName", "境内收发货人", "境內收發貨人", "收发货人", "收發貨人"),
    ),
    "domestic_identifier": (
        *("domestic party identifier", "TradeCoScc", "TradeCode", "境内收发货人代码"),
        *("统一社会信用代码",),
    ),
    "declarant": (
        *("declarant", "declarant name", "broker", "customs broker", "AgentName", "申报单位"),
        *("申报人", "報關人", "報關代理", "申報人", "报关企业"),
    ),
    "declarant_identifier": (
        *("declarant identifier", "declarant code", "AgentCode", "申报单位代码", "報關人編號"),
    ),
    "line_no": (
        *("line no", "line number", "line", "item no", "item number", "SeqNo", "GNo"),
        *("商品序号", "商品序號", "项号", "項號", "序号", "序號", "货品项号"),
    ),
    "goods_description": (
        *("goods description", "description", "description of goods", "goods", "goods name"),
        *("GName", "商品名称及规格型号", "商品名称、规格型号", "商品名称", "商品名稱", "货物名称"),
        *("貨物名稱", "貨品名稱", "貨品說明", "货物描述", "貨物描述", "品名"),
    ),
    "specification": ("specification", "specification and model", "GModel", "规格型号", "申报要素"),
    "declared_brand": (
        *("declared brand", "brand", "brand name", "品牌", "牌子", "申报品牌", "申報品牌", "商标"),
        *("商標",),
    ),
    "hs_code": (
        *("hs code", "hs", "commodity code", "tariff code", "CodeTs", "商品编号", "商品編號"),
        *("商品编码", "商品編碼", "税号", "貨品編號", "hs编码", "hs編碼"),
    ),
    "quantity": ("quantity", "qty", "GQty", "数量", "數量", "成交数量", "申报数量"),
    "unit": (
        *("unit", "unit of quantity", "uom", "GUnit", "单位", "單位", "成交单位", "计量单位"),
        *("數量單位", "申报计量单位"),
    ),
    "origin": (
        *("origin", "country of origin", "OriginCountry", "原产地", "原產地", "原产国"),
        *("原产国（地区）", "來源地"),
    ),
    "value": (
        *("value", "amount", "total", "total value", "declared value", "DeclTotal", "总价"),
        *("總價", "总值", "總值", "价值", "價值", "申报总价", "金额", "金額"),
    ),
    "currency": ("currency", "TradeCurr", "币制", "幣制", "币种", "貨幣", "货币"),
}
"""Every field with the titles it is known by; of two that fit, the earlier one wins."""

TITLES: Final = Titles(ALIASES, REQUIRED)
FIELDS: Final = tuple(ALIASES)


def mapping_guess(headers: Iterable[str]) -> dict[str, str]:
    """Return which column fills which field, as far as the titles tell.

    Args:
        headers: The titles of a file's columns, in order.

    Returns:
        Field name to column title; fields that no title names are missing.
    """
    return TITLES.guess(headers)
