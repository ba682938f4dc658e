"""How declarations spell codes: words of both Chinese scripts, English, and numbered codes.

The numbered transport codes are those of the mainland's declaration form as recalled by people who
work with it; they have not been checked against the published list. Water transport (2) does not
say whether by sea or by river and is read as sea.
"""

from __future__ import annotations

from typing import Final

from countermark.domain.money import EXPONENTS
from countermark.domain.vocabulary import Channel, Direction, TransportMode

DIRECTIONS: Final[dict[str, str]] = {
    **{code.value: code.value for code in Direction},
    **dict.fromkeys(("i", "imp", "进口", "進口", "入口"), Direction.IMPORT.value),
    **dict.fromkeys(("e", "exp", "出口", "輸出"), Direction.EXPORT.value),
    **dict.fromkeys(("过境", "過境"), Direction.TRANSIT.value),
    **dict.fromkeys(("transshipment", "转运", "轉運"), Direction.TRANSHIPMENT.value),
}

CHANNELS: Final[dict[str, str]] = {
    **{code.value: code.value for code in Channel},
    **dict.fromkeys(("cargo", "货运", "貨運", "一般货物"), Channel.FREIGHT.value),
    **dict.fromkeys(("mail", "postal", "邮递", "郵遞", "邮寄", "邮件"), Channel.POST.value),
    **dict.fromkeys(("courier", "快件", "速遞", "速递"), Channel.EXPRESS.value),
    **dict.fromkeys(
        ("cbec", "cross-border e-commerce", "跨境电商", "跨境电子商务", "跨境電子商貿"),
        Channel.CROSS_BORDER_E_COMMERCE.value,
    ),
    **dict.fromkeys(
        ("market procurement", "市场采购", "市場採購"), Channel.MARKET_PROCUREMENT.value
    ),
    **dict.fromkeys(("passenger", "旅客", "旅客携带", "旅客攜帶", "旅检"), Channel.TRAVELLER.value),
}

TRANSPORT_MODES: Final[dict[str, str]] = {
    **{code.value: code.value for code in TransportMode},
    **dict.fromkeys(("2", "ocean", "水路", "水路运输", "海运", "海運"), TransportMode.SEA.value),
    **dict.fromkeys(("内河", "內河", "内河运输", "內河運輸"), TransportMode.RIVER.value),
    **dict.fromkeys(("3", "铁路", "鐵路", "铁路运输", "鐵路運輸"), TransportMode.RAIL.value),
    **dict.fromkeys(
        ("4", "lorry", "truck", "公路", "公路运输", "陸路", "陆路"), TransportMode.ROAD.value
    ),
    **dict.fromkeys(("5", "航空", "航空运输", "空運", "空运"), TransportMode.AIR.value),
    **dict.fromkeys(("6", "mail", "邮递", "郵遞", "邮件运输"), TransportMode.POST.value),
    **dict.fromkeys(
        ("9", "l", "g", "其他", "其他运输", "其他運輸", "旅客携带", "固定设施运输"),
        TransportMode.OTHER.value,
    ),
}

CURRENCIES: Final[dict[str, str]] = {
    **{code.lower(): code for code in EXPONENTS},
    **dict.fromkeys(("rmb", "人民币", "人民幣"), "CNY"),
    **dict.fromkeys(("hk$", "hkd$", "港币", "港幣", "港元"), "HKD"),
    **dict.fromkeys(("us$", "美元", "美金"), "USD"),
    **dict.fromkeys(("欧元", "歐元"), "EUR"),
    **dict.fromkeys(("日元", "日圓"), "JPY"),
    **dict.fromkeys(("英镑", "英鎊"), "GBP"),
    **dict.fromkeys(("澳门元", "澳門元", "澳門幣", "mop$"), "MOP"),
}
