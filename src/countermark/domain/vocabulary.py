"""Codes every part of the program shares. Labels belong to the interface; only codes live here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """Which way goods cross the boundary, seen from the administration that keeps the record."""

    IMPORT = "import"
    EXPORT = "export"
    TRANSIT = "transit"
    TRANSHIPMENT = "transhipment"


class Channel(StrEnum):
    """How a consignment is handled; kept apart from transport, because express may go by road."""

    FREIGHT = "freight"
    POST = "post"
    EXPRESS = "express"
    CROSS_BORDER_E_COMMERCE = "cross-border-e-commerce"
    MARKET_PROCUREMENT = "market-procurement"
    TRAVELLER = "traveller"


class TransportMode(StrEnum):
    """What carried the goods over the boundary."""

    ROAD = "road"
    SEA = "sea"
    RIVER = "river"
    AIR = "air"
    RAIL = "rail"
    POST = "post"
    OTHER = "other"


class ValueBasis(StrEnum):
    """What an amount of money measures; amounts on different bases are never added."""

    DECLARED = "declared"
    ASSESSED = "assessed"
    MARKET = "market"
    RETAIL = "retail"


class PartyRole(StrEnum):
    """What a person or firm is to a consignment."""

    CONSIGNOR = "consignor"
    CONSIGNEE = "consignee"
    DECLARANT = "declarant"
    CARRIER = "carrier"
    OWNER = "owner"


class GoodsCategory(StrEnum):
    """Groups of goods in which joint figures are stated."""

    BAGS_AND_PURSES = "bags-and-purses"
    FOOTWEAR = "footwear"
    JEWELLERY = "jewellery"
    PHONE_ACCESSORIES = "phone-accessories"
    CLOTHING = "clothing"
    WATCHES = "watches"
    ELECTRONICS = "electronics"
    COSMETICS = "cosmetics"
    TOYS = "toys"
    TOBACCO = "tobacco"
    VEHICLE_PARTS = "vehicle-parts"
    OTHER = "other"


# Headings stand before their chapters: the longest prefix that fits decides.
_CATEGORY_BY_HS_PREFIX = {
    "4202": GoodsCategory.BAGS_AND_PURSES,
    "4203": GoodsCategory.CLOTHING,
    "42": GoodsCategory.BAGS_AND_PURSES,
    "64": GoodsCategory.FOOTWEAR,
    "71": GoodsCategory.JEWELLERY,
    "850440": GoodsCategory.PHONE_ACCESSORIES,
    "8507": GoodsCategory.PHONE_ACCESSORIES,
    "851771": GoodsCategory.PHONE_ACCESSORIES,
    "851779": GoodsCategory.PHONE_ACCESSORIES,
    "851830": GoodsCategory.PHONE_ACCESSORIES,
    "61": GoodsCategory.CLOTHING,
    "62": GoodsCategory.CLOTHING,
    "65": GoodsCategory.CLOTHING,
    "91": GoodsCategory.WATCHES,
    "8471": GoodsCategory.ELECTRONICS,
    "8473": GoodsCategory.ELECTRONICS,
    "85": GoodsCategory.ELECTRONICS,
    "33": GoodsCategory.COSMETICS,
    "95": GoodsCategory.TOYS,
    "24": GoodsCategory.TOBACCO,
    "8708": GoodsCategory.VEHICLE_PARTS,
    "87": GoodsCategory.VEHICLE_PARTS,
}
_LONGEST_HS_PREFIX = max(map(len, _CATEGORY_BY_HS_PREFIX))


def category_guess(hs_code: str) -> GoodsCategory:
    """Return the goods category that an HS code suggests, for an officer to correct.

    Args:
        hs_code: Any length from two digits on; dots and spaces are ignored.

    Returns:
        The category of the longest known prefix, or ``OTHER``; a guess, never a finding.
    """
    digits = "".join(letter for letter in hs_code if letter.isascii() and letter.isdigit())
    for length in range(min(_LONGEST_HS_PREFIX, len(digits)), 1, -1):
        category = _CATEGORY_BY_HS_PREFIX.get(digits[:length])
        if category is not None:
            return category
    return GoodsCategory.OTHER


class Verification(StrEnum):
    """How far a legal fact has been checked; all but ``VERIFIED`` is shown as unverified."""

    VERIFIED = "verified"
    OLD_EDITION = "verified-old-edition"
    WEAK = "verified-weak"
    INFERRED = "inferred"
    RECALLED = "recalled"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Names:
    """One name in the three languages of the program, each written for its own readers."""

    en: str
    zh_hans: str
    zh_hant: str

    def in_language(self, tag: str) -> str:
        """Return the name for a language tag such as ``zh-hant``; English for any other tag."""
        return {"zh-hans": self.zh_hans, "zh-hant": self.zh_hant}.get(tag.lower(), self.en)
