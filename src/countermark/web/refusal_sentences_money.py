"""The sentence of every refusal of securities and costs."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MONEY: dict[str, Promise] = {
    "amount-not-above-zero": _("Write an amount above zero."),
    "security-unknown": _("There is no such security, or it belongs to another office."),
    "security-not-asked": _("The law of this side asks for no such security."),
    "counter-security-needs-patent": _(
        "Only in a case about a patent, a utility model or a design may the trader give security "
        "for the release of the goods."
    ),
    "security-more-than-asked": _("This is more than was asked for. Check the amount."),
    "security-more-than-held": _("This is more than is held. Check the amount."),
    "security-more-than-owed": _("This is more than the costs still owed. Check the amount."),
    "security-of-another-case": _("This security was given for another case."),
    "security-case-open": _(
        "Case %(number)s is open still. What the holder gave is returned after it is closed."
    ),
    "security-costs-owed": _(
        "Costs of case %(number)s are owed still. Draw them or record their payment first."
    ),
    "cost-more-than-owed": _("This is more than is owed. Check the amount."),
    "cost-unknown": _("The case has no such cost."),
    "cost-not-reversible": _("This row is taken back already, or is a payment itself."),
    "cost-paid-already": _("A part of this cost is paid already. It cannot be taken back."),
}
