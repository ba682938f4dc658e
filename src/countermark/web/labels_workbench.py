"""Words for the codes of triage, batches, the register and the audit log.

``labels`` takes them in; nothing else reads this table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Words = dict[str, "StrPromise"]

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
    "muted": _("Muted phrase"),
}
LINE_FIELDS: Words = {
    "goods_description": _("Goods description"),
    "declared_brand": _("Declared mark"),
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
    "lettering": _("How the letters follow one another"),
}
SIGNALS: Words = {
    "place": pgettext_lazy("signal", "Position"),
    "goods": pgettext_lazy("signal", "Goods class"),
    "usage": pgettext_lazy("signal", "Rare words"),
    "declared": pgettext_lazy("signal", "Mark field"),
    "writing": pgettext_lazy("signal", "Disguised"),
    "corroboration": pgettext_lazy("signal", "Both fields"),
}
BATCH_FIELDS: Words = {
    "number": _("Declaration number"),
    "declared_on": _("Declared on"),
    "direction": _("Direction"),
    "channel": _("Channel"),
    "transport_mode": _("Mode of transport"),
    "line_no": _("Line number"),
    "goods_description": _("Goods description"),
    "quantity": _("Quantity"),
    "unit": _("Unit"),
    "office": _("Office"),
    "control_point": _("Control point"),
    "departure": _("Departure"),
    "destination": _("Destination"),
    "consignor": _("Consignor"),
    "consignor_identifier": _("Consignor's identifier"),
    "consignor_country": _("Consignor's country"),
    "consignor_address": _("Consignor's address"),
    "consignee": _("Consignee"),
    "consignee_identifier": _("Consignee's identifier"),
    "consignee_country": _("Consignee's country"),
    "consignee_address": _("Consignee's address"),
    "domestic_party": _("Domestic consignee or consignor"),
    "domestic_identifier": _("Domestic party's identifier"),
    "declarant": _("Declarant"),
    "declarant_identifier": _("Declarant's identifier"),
    "specification": _("Specification and model"),
    "declared_brand": _("Declared mark"),
    "hs_code": _("HS code"),
    "origin": _("Origin"),
    "value": _("Value"),
    "currency": _("Currency"),
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
RIGHT_FIELDS: Words = {
    "jurisdiction": _("Registered in"),
    "right_type": _("Type of right"),
    "registration_number": _("Registration number"),
    "word": _("Word in Latin letters"),
    "word_zh_hant": _("Word in Traditional characters"),
    "word_zh_hans": _("Word in Simplified characters"),
    "nice_classes": _("Nice classes"),
    "goods": _("Goods"),
    "valid_from": _("Valid from"),
    "valid_until": _("Valid until"),
    "holder_name": _("Right holder"),
    "holder_name_zh_hant": _("Holder's name in Traditional characters"),
    "holder_name_zh_hans": _("Holder's name in Simplified characters"),
    "holder_country": _("Holder's country"),
    "holder_email": _("Holder's e-mail"),
    "holder_phone": _("Holder's telephone"),
    "holder_address": _("Holder's address"),
    "representative_name": _("Representative"),
    "representative_email": _("Representative's e-mail"),
    "representative_phone": _("Representative's telephone"),
    "recordation_number": _("Recordation number"),
    "recorded_on": _("Recorded on"),
    "expires_on": _("Recordation expires on"),
    "authorised_parties": _("Authorised parties"),
    "application_number": _("Application number"),
    "applied_on": _("Applied for on"),
    "status": _("Status at the office"),
    "mark_feature": _("Kind of mark"),
    "mark_description": _("Description of the mark"),
    "translation": _("Translation of the mark"),
    "transliteration": _("Transliteration of the mark"),
    "vienna_codes": _("Vienna classes of the picture"),
    "image_file": _("File name of the picture"),
    "international_number": _("International registration number"),
    # details of the acts in a right's history
    "number": _("Number"),
    "reason": _("Reason"),
    "first_day": _("First day"),
    "last_day": _("Last day"),
    "rights": _("Rights looked for"),
    "lines": _("Lines"),
    "hits": _("New hits"),
    "phrase": _("Phrase"),
    "mute": pgettext_lazy("noun", "Mute"),
    "held_back": _("Hits held back"),
    "released": _("Hits returned to the queue"),
    "run": _("Run"),
    "cause": _("Cause"),
}
IMPORT_STATUSES: Words = {
    "new": pgettext_lazy("import", "New"),
    "changed": pgettext_lazy("import", "Changed"),
    "unchanged": pgettext_lazy("import", "Unchanged"),
    "rejected": pgettext_lazy("import", "Rejected"),
}
REGISTER_ACTS: Words = {
    "register.right.recorded": _("Right recorded"),
    "register.right.revised": _("Right changed"),
    "register.right.withdrawn": _("Right withdrawn"),
    "register.access.asked": _("Access asked for"),
    "register.access.approved": _("Access approved"),
    "register.access.refused": _("Access refused"),
    "register.access.ended": _("Access ended"),
    "register.document.added": _("File added"),
    "register.document.removed": _("File taken out"),
    "register.recordation.amended": _("Recordation changed"),
    "register.recordation.granted": _("Recordation granted"),
    "register.recordation.lapsed": _("Recordation lapsed"),
    "register.recordation.moved": _("Recordation moved on"),
    "register.recordation.renewed": _("Recordation renewed"),
    "register.right.transferred": _("Right transferred"),
    "register.recordation.recorded": _("Recordation recorded"),
    "register.recordation.withdrawn": _("Recordation withdrawn"),
    "register.authorised-party.added": _("Authorised party added"),
    "register.guide.written": _("Guide changed"),
    "register.infringer.reported": _("Known infringer reported"),
    "register.infringer.erased": _("Known infringer erased"),
    "screening.retro-hunt.started": _("Retro-hunt started"),
    "screening.retro-hunt.finished": _("Retro-hunt finished"),
    "screening.mute.added": _("Phrase muted"),
    "screening.mute.lifted": _("Mute lifted"),
}
CAUSES: Words = {
    "recorded": _("Right recorded"),
    "revised": _("Right changed"),
    "unmuted": _("Mute lifted"),
    "by-hand": _("Started by hand"),
}
MUTE_STATES: Words = {
    "in-force": pgettext_lazy("mute", "In force"),
    "expired": pgettext_lazy("mute", "Expired"),
    "lifted": pgettext_lazy("mute", "Lifted"),
    "all": pgettext_lazy("mute", "All"),
}
MARK_SORTS: Words = {
    "false-alarms": _("Most false alarms"),
    "hits": _("Most hits"),
    "open": _("Most to decide"),
    "confirmed": _("Most confirmed"),
    "precision": _("Least precise"),
    "mark": _("By mark"),
}
CHAIN_FAULTS: Words = {
    "gap": _("an entry is missing before it."),
    "previous-hash": _("it does not follow the entry before it."),
    "entry-hash": _("what it says was changed."),
    "head": _("the end of the log was cut off or replaced."),
}

WORKBENCH: dict[str, Words] = {
    "view": VIEWS,
    "hit-state": HIT_STATES,
    "decision": DECISIONS,
    "excuse": EXCUSES,
    "line-field": LINE_FIELDS,
    "right-field": RIGHT_FIELDS,
    "batch-field": BATCH_FIELDS,
    "batch-state": BATCH_STATES,
    "run-state": RUN_STATES,
    "resemblance": RESEMBLANCES,
    "contribution": CONTRIBUTIONS,
    "signal": SIGNALS,
    "import-status": IMPORT_STATUSES,
    "register-act": REGISTER_ACTS,
    "cause": CAUSES,
    "mute-state": MUTE_STATES,
    "mark-sort": MARK_SORTS,
    "chain-fault": CHAIN_FAULTS,
}
