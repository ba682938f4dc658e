"""The way of a message in sentences: what is known, since when, and what happens next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from countermark.web.refusals import sentence_of

if TYPE_CHECKING:
    from datetime import datetime

    from countermark.apps.exchange.selectors import DeliveryTrace

HOPS: dict[str, Promise] = {
    "enqueued": _("Written and signed here."),
    "sent": _("Sent to %(partner)s."),
    "received": _("%(partner)s has it and signed a receipt for exactly this message."),
    "applied": _("%(partner)s has put it on record."),
    "refused": _("%(partner)s refused it."),
    "quarantined": _("%(partner)s set it aside until an officer there decides."),
    "skipped": _("%(partner)s passed it over."),
    "waiting": _("It waits here and is sent again by itself."),
    "partner-away": _(
        "%(partner)s does not answer. Nothing is lost: it waits here and is sent again by itself."
    ),
    "lane-forked": _(
        "Held back: %(partner)s has seen another history of this record. "
        "A liaison officer must settle it with %(partner)s."
    ),
}
TROUBLE = frozenset({"refused", "quarantined", "lane-forked"})
WAITS = frozenset({"waiting", "partner-away", "lane-forked"})
WIRE: dict[str, Promise] = {
    "no-connection": _("No connection to the other node."),
    "no-answer": _("The other node did not answer."),
    "answer-too-large": _("The answer was too large and was not read."),
    "partner-busy": _("The other node is busy."),
}
SENT_KINDS = {
    "ready": "warn",
    "received": "info",
    "applied": "ok",
    "refused": "crit",
    "quarantined": "crit",
}
INBOX_KINDS = {"held": "warn", "applied": "ok", "refused": "crit", "quarantined": "crit"}
PARTNER_KINDS = {"proposed": "warn", "verified": "ok", "suspended": "crit"}


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of a message's way; ``kind`` colours it, ``why`` gives the reason if any."""

    code: str
    at: datetime | None
    text: str
    why: str
    kind: str


def steps(trace: DeliveryTrace, partner: str) -> list[Step]:
    """Return the way of a message in sentences, oldest first; ``partner`` is a short name."""
    return [
        Step(
            hop.code,
            hop.at,
            str(HOPS[hop.code]) % {"partner": partner},
            why(hop.detail),
            "crit" if hop.code in TROUBLE else "warn" if hop.code in WAITS else "ok",
        )
        for hop in trace.hops
    ]


def why(reason: str) -> str:
    """Return the sentence of a reason code that came over the wire; nothing for none."""
    if not reason:
        return ""
    return str(WIRE[reason]) if reason in WIRE else sentence_of(reason, {})
