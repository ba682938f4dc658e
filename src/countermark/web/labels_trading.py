"""Words for the honest traders' lane: how words resemble a mark, what a trader may do, states.

``labels`` takes the tables in; nothing else reads them. They are read by people who have never seen
the workbench, so that they say what was found and never how it was scored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Words = dict[str, "StrPromise"]

PLAIN_RESEMBLANCES: Words = {
    "exact": _("The words are the same."),
    "joined": _("The words are the same, written together."),
    "split": _("The words are the same, written apart."),
    "spaced": _("The words are the same, with spaces between the letters."),
    "skeleton": _("The words look the same: some letters or digits look like others."),
    "typo": _("The words differ in a letter or two."),
    "phonetic": _("The words sound alike."),
    "truncated": _("The words are the beginning of the mark."),
    "affixed": _("The words are the mark with something added."),
    "pinyin": _("The words are how the Chinese mark reads in Mandarin."),
    "jyutping": _("The words are how the Chinese mark reads in Cantonese."),
    "han-homophone": _("The characters sound like those of the mark."),
    "han-variant": _("The characters differ from those of the mark in one."),
}
TRADER_ACTS: Words = {
    "trader-proves": _(
        "Prove to customs that the goods do not infringe. Customs then releases them."
    ),
    "hear-party": _("Ask to be heard before a penalty is decided."),
    "receive-claim": _(
        "Claim in writing that the goods are not liable to forfeiture, with your full name and an "
        "address in Hong Kong for service. Without a claim in time the goods are forfeited."
    ),
}
PERMISSION_STATES: Words = {
    "asked": pgettext_lazy("permission", "Waiting for an answer"),
    "in-force": pgettext_lazy("permission", "Confirmed"),
    "refused": pgettext_lazy("permission", "Not confirmed"),
    "revoked": pgettext_lazy("permission", "Ended before its last day"),
}
PERMISSION_VIEWS: Words = {
    "asked": pgettext_lazy("permissions", "To answer"),
    "in-force": pgettext_lazy("permissions", "In force"),
    "ended": pgettext_lazy("permissions", "Ended or refused"),
    "offers": pgettext_lazy("permissions", "Offered by partners"),
}
DECIDED_AS: Words = {
    "holder": pgettext_lazy("decided", "The right holder"),
    "officer": pgettext_lazy("decided", "A customs officer"),
}
OFFER_STATES: Words = {
    "open": pgettext_lazy("offer", "Waiting for an answer"),
    "accepted": pgettext_lazy("offer", "Accepted"),
    "declined": pgettext_lazy("offer", "Declined"),
    "withdrawn": pgettext_lazy("offer", "Withdrawn"),
    "ended": pgettext_lazy("offer", "Ended by the side that had accepted it"),
}

TRADING = {
    "plain-resemblance": PLAIN_RESEMBLANCES,
    "trader-act": TRADER_ACTS,
    "permission-state": PERMISSION_STATES,
    "permission-view": PERMISSION_VIEWS,
    "decided-as": DECIDED_AS,
    "offer-state": OFFER_STATES,
}
