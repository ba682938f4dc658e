"""Words for the codes of the program, in the reader's language.

One table per kind of code. A code without a word shows itself, so that a new code is seen at once
and never hides a record.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
    "joined": _("Same word, spaced differently"),
    "skeleton": _("Look-alike letters"),
    "typo": _("A letter or two different"),
    "phonetic": _("Sounds alike"),
    "truncated": _("Beginning of the mark"),
    "affixed": _("Mark with something added"),
    "pinyin": _("Mandarin reading"),
    "jyutping": _("Cantonese reading"),
    "han-homophone": _("Characters that sound alike"),
    "han-variant": _("Variant characters"),
}

DEADLINE_ENDS: Words = {
    "": pgettext_lazy("deadline", "Running"),
    "met": pgettext_lazy("deadline", "Met"),
    "expired": pgettext_lazy("deadline", "Expired"),
    "superseded": pgettext_lazy("deadline", "Replaced by a later one"),
    "moot": pgettext_lazy("deadline", "No longer needed"),
}
VERIFICATIONS: Words = {
    "verified": _("Checked against the text of the law"),
    "verified-old-edition": _("Checked against an older edition only"),
    "verified-weak": _("Checked against a secondary source only"),
    "inferred": _("Inferred, not checked"),
    "recalled": _("From memory, not checked"),
    "computed": _("Computed, not gazetted"),
}
OPERATION_STATES: Words = {
    "proposed": pgettext_lazy("operation", "Proposed"),
    "agreed": pgettext_lazy("operation", "Agreed"),
    "running": pgettext_lazy("operation", "Running"),
    "closed": pgettext_lazy("operation", "Closed"),
    "cancelled": pgettext_lazy("operation", "Cancelled"),
}
SENT_STATES: Words = {
    "ready": pgettext_lazy("message sent", "Waiting"),
    "received": pgettext_lazy("message sent", "Received"),
    "applied": pgettext_lazy("message sent", "Applied"),
    "refused": pgettext_lazy("message sent", "Refused"),
    "quarantined": pgettext_lazy("message sent", "Set aside by the partner"),
    "skipped": pgettext_lazy("message sent", "Passed over"),
}
INBOX_STATES: Words = {
    "held": pgettext_lazy("message received", "Held until the one before it comes"),
    "applied": pgettext_lazy("message received", "Applied"),
    "refused": pgettext_lazy("message received", "Refused"),
    "quarantined": pgettext_lazy("message received", "Set aside, needs a decision"),
    "skipped": pgettext_lazy("message received", "Passed over"),
}
PARTNER_STATES: Words = {
    "proposed": pgettext_lazy("partner", "Not verified yet"),
    "verified": pgettext_lazy("partner", "Verified"),
    "suspended": pgettext_lazy("partner", "Suspended"),
}
MESSAGE_TYPES: Words = {
    "ctl.receipt/1": _("Receipt"),
    "case.referral/1": _("Case summary"),
    "op.create/1": _("Proposal of an operation"),
    "op.agree/1": _("Agreement to an operation"),
    "op.result/1": _("Result of an operation"),
    "op.close/1": _("Closing of an operation"),
    "stats.bundle/1": _("Figures of a period"),
}
ROUNDINGS: Words = {
    "half-up": _("rounded half up"),
    "half-even": _("rounded half to even"),
    "down": _("rounded down"),
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
    "hit-state": HIT_STATES,
    "decision": DECISIONS,
    "excuse": EXCUSES,
    "line-field": LINE_FIELDS,
    "batch-state": BATCH_STATES,
    "run-state": RUN_STATES,
    "resemblance": RESEMBLANCES,
    "deadline-end": DEADLINE_ENDS,
    "verification": VERIFICATIONS,
    "operation-state": OPERATION_STATES,
    "sent-state": SENT_STATES,
    "inbox-state": INBOX_STATES,
    "partner-state": PARTNER_STATES,
    "message-type": MESSAGE_TYPES,
    "rounding": ROUNDINGS,
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
