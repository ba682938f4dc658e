"""Words for the codes of the program, in the reader's language.

One table per kind of code. A code without a word shows itself, so that a new code is seen at once
and never hides a record.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from countermark.web.labels_cooperation import COOPERATION
from countermark.web.labels_guides import GUIDES
from countermark.web.labels_law import (
    JURISDICTIONS,
    RECORDATION_ACTS,
    RECORDATION_NEEDS,
    RECORDATION_STATES,
    RIGHT_FACTS,
    RIGHT_TYPES,
)
from countermark.web.labels_links import LINKS
from countermark.web.labels_money import MONEY
from countermark.web.labels_register import REGISTER
from countermark.web.labels_trading import TRADING
from countermark.web.labels_workbench import WORKBENCH

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Words = dict[str, "StrPromise"]

ROLES: Words = {
    "officer": _("Officer"),
    "supervisor": _("Supervisor"),
    "analyst": _("Analyst"),
    "liaison": _("Liaison officer"),
    "ip-office": _("IP office"),
    "auditor": _("Auditor"),
    "administrator": _("Administrator"),
    "right-holder": _("Right holder"),
}
DIRECTIONS: Words = {
    "import": _("Import"),
    "export": _("Export"),
    "transit": _("Transit"),
    "transhipment": _("Transhipment"),
}
CHANNELS: Words = {
    "freight": _("Freight"),
    "post": pgettext_lazy("channel", "Post"),
    "express": _("Express courier"),
    "cross-border-e-commerce": _("Cross-border e-commerce"),
    "market-procurement": _("Market procurement"),
    "traveller": _("Traveller"),
}
TRANSPORT_MODES: Words = {
    "road": _("Road"),
    "sea": _("Sea"),
    "river": _("River"),
    "air": _("Air"),
    "rail": _("Rail"),
    "post": pgettext_lazy("transport", "Post"),
    "other": _("Other"),
}
CATEGORIES: Words = {
    "bags-and-purses": _("Bags and purses"),
    "footwear": _("Footwear"),
    "jewellery": _("Jewellery"),
    "phone-accessories": _("Phone accessories"),
    "clothing": _("Clothing"),
    "watches": _("Watches"),
    "electronics": _("Electronics"),
    "cosmetics": _("Cosmetics"),
    "toys": _("Toys"),
    "tobacco": _("Tobacco"),
    "vehicle-parts": _("Vehicle parts"),
    "other": _("Other"),
}
VALUE_BASES: Words = {
    "declared": _("Declared value"),
    "assessed": _("Assessed value"),
    "market": _("Estimated market value"),
    "retail": _("Retail value"),
}
PARTY_ROLES: Words = {
    "consignor": _("Consignor"),
    "consignee": _("Consignee"),
    "declarant": _("Declarant"),
    "carrier": _("Carrier"),
    "owner": _("Owner"),
}
AUTHORISED_ROLES: Words = {
    "licensee": _("Licensee"),
    "manufacturer": _("Manufacturer"),
    "importer": _("Importer"),
    "exporter": _("Exporter"),
    "consignor": _("Consignor"),
}
UNITS: Words = {
    "H87": pgettext_lazy("unit", "pieces"),
    "NMB": pgettext_lazy("unit", "pieces"),
    "EA": pgettext_lazy("unit", "pieces"),
    "C62": pgettext_lazy("unit", "pieces"),
    "PR": pgettext_lazy("unit", "pairs"),
    "SET": pgettext_lazy("unit", "sets"),
    "DZN": pgettext_lazy("unit", "dozen"),
    "KGM": pgettext_lazy("unit", "kg"),
    "GRM": pgettext_lazy("unit", "g"),
    "TNE": pgettext_lazy("unit", "t"),
    "MTR": pgettext_lazy("unit", "m"),
    "CMT": pgettext_lazy("unit", "cm"),
    "MTK": pgettext_lazy("unit", "m²"),
    "LTR": pgettext_lazy("unit", "l"),
    "MLT": pgettext_lazy("unit", "ml"),
    "MTQ": pgettext_lazy("unit", "m³"),
}

KINDS: Mapping[str, Mapping[str, Promise]] = {
    "role": ROLES,
    "direction": DIRECTIONS,
    "channel": CHANNELS,
    "transport": TRANSPORT_MODES,
    "category": CATEGORIES,
    "basis": VALUE_BASES,
    "right-type": RIGHT_TYPES,
    "right-state": RECORDATION_STATES,
    "recordation-state": RECORDATION_STATES,
    "recordation-act": RECORDATION_ACTS,
    "recordation-need": RECORDATION_NEEDS,
    "right-fact": RIGHT_FACTS,
    **REGISTER,
    **GUIDES,
    "jurisdiction": JURISDICTIONS,
    "party-role": PARTY_ROLES,
    "authorised-role": AUTHORISED_ROLES,
    "unit": UNITS,
    **COOPERATION,
    **LINKS,
    **MONEY,
    **TRADING,
    **WORKBENCH,
}


def label(kind: str, code: str) -> str:
    """Return the words for a code, or the code itself where there are none.

    Raises:
        KeyError: ``kind`` is not one of ``KINDS``; a mistake in a template.
    """
    return str(KINDS[kind].get(code, code))


def choices(kind: str) -> list[tuple[str, Promise]]:
    """Return the codes of a kind with their words, as form fields take them."""
    return list(KINDS[kind].items())
