"""The sentences of refusals about traders' links, permissions and offers of partners."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TRADING: dict[str, Promise] = {
    # the link
    "link-unknown": _(
        "This link does not exist, has expired or was closed. Ask the customs office for a new one."
    ),
    "link-locked": _(
        "Too many wrong numbers were written. Try again in %(minutes)s minutes, or ask the customs"
        " office."
    ),
    "link-closed-already": _("This link is closed already."),
    "number-wrong": _("This is not the number of the declaration. Check it and write it again."),
    "too-many-views": _("This page was opened very often. Try again in %(minutes)s minutes."),
    "too-many-questions": _(
        "You have sent %(limit)s requests under this link. Speak to the customs office."
    ),
    "hit-holds-nothing": _("Nothing is held because of this hit, so there is nothing to explain."),
    "party-not-named": _("The declaration does not name this party."),
    # what a trader may do
    "permission-unknown": _("There is no such permission, or it is not yours to see."),
    "permission-asked-already": _("You have sent a request already. Wait for the answer."),
    "permission-settled-already": _("This request has been answered already."),
    "permission-not-in-force": _("This permission is not in force."),
    "permission-too-long": _("Choose a last day within %(days)s days from today."),
    "later-than-asked": _("This is later than what was asked for. Choose an earlier day."),
    # the partner
    "trader-keeps-it-here": _("The trader did not agree that a partner is told."),
    "permission-from-partner": _("A partner offered this permission to us. It is theirs to offer."),
    "permission-offered-already": _("This permission was offered to this partner already."),
    "offer-unknown": _("There is no such offer."),
    "offer-not-open": _("This offer has been answered or withdrawn."),
    "offer-differs": _("The partner said something else about this offer before."),
}
