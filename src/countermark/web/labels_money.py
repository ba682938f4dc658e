"""Words for the codes of securities and costs."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MONEY: Mapping[str, Mapping[str, Promise]] = {
    "security-kind": {
        "holder": _("Right holder's security"),
        "general": _("General security"),
        "counter": _("Trader's counter-security"),
    },
    "security-form": {
        "cash": _("Cash deposit"),
        "guarantee": _("Letter of guarantee"),
    },
    "security-move": {
        "received": pgettext_lazy("security", "Received"),
        "drawn": pgettext_lazy("security", "Drawn"),
        "returned": pgettext_lazy("security", "Returned"),
    },
    "drawn-for": {
        "costs": _("Costs of the case"),
        "compensation": _("Damage found by a court"),
    },
    "cost-kind": {
        "storage": _("Storage"),
        "custody": _("Keeping"),
        "transport": pgettext_lazy("cost", "Transport"),
        "destruction": _("Destruction"),
        "other": pgettext_lazy("cost", "Other"),
        "paid": _("Paid by the holder"),
        "reversed": _("Taken back"),
    },
    "held-why": {
        "case-open": _("The case is open."),
        "costs-owed": _("Costs are owed."),
        "still-valid": _("It is still valid."),
        "return-due": _("To be returned."),
    },
}
