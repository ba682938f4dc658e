"""The columns of the grid in its own order, with the titles each is known by."""

from __future__ import annotations

from typing import Final

from countermark.domain.titles import Titles

ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "parcel_number": (
        *("parcel no", "waybill", "waybill number", "waybill no", "mail item number", "mail item"),
        *("item number", "tracking number", "运单号", "运单编号", "快件单号", "邮件号", "包裹号"),
        *("邮件号码", "物流单号", "運單編號", "運單號碼", "郵件編號", "郵件號碼", "包裹編號"),
    ),
    "description": (
        *("goods description", "description of goods", "goods", "goods name", "商品名称", "品名"),
        *("货物名称", "货物描述", "货品名称", "貨物名稱", "貨品名稱", "貨品說明", "貨物描述"),
        *("貨物", "货物"),
    ),
    "brand": (
        *("brand name", "mark", "trade mark", "declared brand", "品牌", "牌子", "商标", "商標"),
        *("商标名称", "商標名稱"),
    ),
    "registration": (
        *("registration number", "registration no", "right, by registration number", "right"),
        *("商标注册号", "注册号", "权利编号", "註冊編號", "商標編號", "註冊號碼"),
    ),
    "quantity": ("qty", "pieces", "数量", "數量", "件数", "件數"),
    "unit": (*("unit of quantity", "uom", "单位", "單位", "计量单位", "數量單位"),),
    "hs_code": (
        *("hs", "commodity code", "tariff code", "商品编号", "商品编码", "税号", "hs编码"),
        *("商品編號", "商品編碼", "貨品編號", "hs編碼"),
    ),
    "category": ("category of goods", "商品类别", "货物类别", "类别", "貨品類別", "類別"),
    "value": (
        *("amount", "total value", "价值", "金额", "总价", "总值", "價值", "金額", "總價", "總值"),
    ),
    "currency": ("币制", "币种", "货币", "幣制", "幣種", "貨幣"),
    "value_basis": (
        *("basis", "basis of value", "valuation basis", "价值基础", "计价基础", "估价依据"),
        *("價值基礎", "估值基礎", "估價基準"),
    ),
    "valued_on": (
        *("date of value", "valuation date", "day of value", "估价日期", "计价日期", "估值日期"),
        *("估價日期", "計價日期"),
    ),
}
"""Every field with the titles it is known by; of two that fit, the earlier one wins."""

FIELDS: Final = tuple(ALIASES)
"""The grid's own order, in which a paste without titles is read."""

TITLES: Final = Titles(ALIASES, ("description", "quantity"))
