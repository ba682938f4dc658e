"""Words for the codes of the program, in the reader's language.

One table per kind of code. A code without a word shows itself, so that a new code is seen at once
and never hides a record.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from countermark.web.labels_cooperation import COOPERATION

Words = dict[str, Promise]

ROLES: Words = {
    "officer": _("Officer"),
    "supervisor": _("Supervisor"),
    "analyst": _("Analyst"),
    "liaison": _("Liaison officer"),
    "ip-office": _("IP office"),
    "auditor": _("Auditor"),
    "administrator": _("Administrator"),
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
RIGHT_TYPES: Words = {
    "trade-mark": _("Trade mark"),
    "copyright": _("Copyright"),
    "related-rights": _("Rights related to copyright"),
    "patent-invention": _("Invention patent"),
    "utility-model": _("Utility model"),
    "design": _("Design"),
    "olympic-symbol": _("Olympic symbol"),
}
RIGHT_STATES: Words = {
    "in-force": _("In force"),
    "withdrawn": _("Withdrawn"),
    "lapsed": _("Lapsed"),
}
JURISDICTIONS: Words = {
    "cn": _("The Mainland"),
    "hk": _("Hong Kong"),
    "mo": _("Macao"),
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
VIEWS: Words = {
    "open": pgettext_lazy("view", "To decide"),
    "due": pgettext_lazy("view", "Due"),
    "snoozed": pgettext_lazy("view", "Snoozed"),
    "decided": pgettext_lazy("view", "Decided"),
    "excused": pgettext_lazy("view", "Excused"),
}
HIT_STATES: Words = {
    "open": pgettext_lazy("hit", "To decide"),
    "confirmed": pgettext_lazy("hit", "Confirmed"),
    "dismissed": pgettext_lazy("hit", "Dismissed"),
    "snoozed": pgettext_lazy("hit", "Snoozed"),
}
DECISIONS: Words = {
    "confirm": pgettext_lazy("decision", "Confirmed"),
    "dismiss": pgettext_lazy("decision", "Dismissed"),
    "snooze": pgettext_lazy("decision", "Snoozed"),
    "reopen": pgettext_lazy("decision", "Reopened"),
    "undo": pgettext_lazy("decision", "Undone"),
}
EXCUSES: Words = {
    "authorised": _("Authorised party"),
    "referential": _("Names what the goods fit"),
}
LINE_FIELDS: Words = {
    "goods_description": _("Goods description"),
    "declared_brand": _("Declared mark"),
}
BATCH_STATES: Words = {
    "received": _("Waiting to be loaded"),
    "loading": _("Loading"),
    "loaded": _("Loaded"),
    "failed": _("Failed"),
}
RUN_STATES: Words = {
    "pending": _("Waiting to be screened"),
    "running": _("Being screened"),
    "finished": _("Screened"),
    "failed": _("Failed"),
}
RESEMBLANCES: Words = {
    "exact": _("Same word"),
    "joined": _("Same word, written together"),
    "split": _("Same word, written apart"),
    "spaced": _("Same word, spaced out"),
    "skeleton": _("Look-alike letters"),
    "typo": _("A letter or two different"),
    "phonetic": _("Sounds alike"),
    "truncated": _("Beginning of the mark"),
    "affixed": _("Mark with something added"),
    "pinyin": _("Mandarin reading"),
    "jyutping": _("Cantonese reading"),
    "han-homophone": _("Characters that sound alike"),
    "han-variant": _("One character different"),
}
CONTRIBUTIONS: Words = {
    "start": _("Any resemblance at all"),
    "resemblance": _("How the words resemble the mark"),
    "edits": _("What was changed in the mark"),
    "place": _("Where the words stand"),
    "goods": _("Goods and recorded classes"),
    "usage": _("How often these words occur"),
    "mark_usage": _("How often the mark occurs"),
    "declared": _("What the mark field says"),
    "writing": _("Disguised or invisible letters"),
    "capitals": _("Capitals among small letters"),
    "competition": _("Other marks that fit as well"),
    "corroboration": _("Found in both fields"),
    "reference": _("Only names what the goods fit"),
}
SIGNALS: Words = {
    "place": pgettext_lazy("signal", "Position"),
    "goods": pgettext_lazy("signal", "Goods class"),
    "usage": pgettext_lazy("signal", "Rare words"),
    "declared": pgettext_lazy("signal", "Mark field"),
    "writing": pgettext_lazy("signal", "Disguised"),
    "corroboration": pgettext_lazy("signal", "Both fields"),
}

KINDS: dict[str, Words] = {
    "role": ROLES,
    "direction": DIRECTIONS,
    "channel": CHANNELS,
    "transport": TRANSPORT_MODES,
    "category": CATEGORIES,
    "basis": VALUE_BASES,
    "right-type": RIGHT_TYPES,
    "right-state": RIGHT_STATES,
    "jurisdiction": JURISDICTIONS,
    "party-role": PARTY_ROLES,
    "authorised-role": AUTHORISED_ROLES,
    "unit": UNITS,
    "view": VIEWS,
    "hit-state": HIT_STATES,
    "decision": DECISIONS,
    "excuse": EXCUSES,
    "line-field": LINE_FIELDS,
    "batch-state": BATCH_STATES,
    "run-state": RUN_STATES,
    "resemblance": RESEMBLANCES,
}
KINDS |= COOPERATION


def label(kind: str, code: str) -> str:
    """Return the words for a code, or the code itself where there are none.

    Raises:
        KeyError: ``kind`` is not one of ``KINDS``; a mistake in a template.
    """
    return str(KINDS[kind].get(code, code))


def choices(kind: str) -> list[tuple[str, Promise]]:
    """Return the codes of a kind with their words, as form fields take them."""
    return list(KINDS[kind].items())
