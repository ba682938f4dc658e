"""What has changed of what screening looks for: asked of the audit log, one row at a time.

Whatever changes the register or the mutes records an act in the same transaction, and the log
numbers its entries in the order of their commits. So the last entry says how much of it a screener
has seen, in every process and on every database, and asking for news costs one row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone

from countermark.apps.audit.selectors import audit_head, audit_holds, audit_since

REGISTER: Final = "register."
MUTES: Final = "screening.mute."

UNSCREENED: Final = (
    "register.access.",
    "register.alarm.",
    "register.document.",
    "register.examiner.",
    "register.filing.",
    "register.guide.",
    "register.holder.completed",
    "register.infringer.",
    "register.permission-offer.",
    "register.permission.asked",
    "register.permission.refused",
    "register.representative.",
    "register.rights.",
)
"""Acts that change no mark; an import records one act more for each right it brings or changes."""


@dataclass(frozen=True, slots=True)
class News:
    """What has happened since it was asked last.

    Attributes:
        acts: Acts that may have changed marks, and what each was about.
        whole: Whether the log cannot tell, so that the whole register is to be read.
    """

    acts: list[tuple[str, str]]
    whole: bool = False


class Lookout:
    """Remembers up to which act the register and the mutes are known, and as of which day.

    Make it before reading the register: what changes while it is read is news afterwards.
    """

    def __init__(self) -> None:
        self._head = audit_head()
        self._day = timezone.localdate()

    @property
    def day(self) -> date:
        """The day as of which things are known."""
        return self._day

    def news(self) -> News | None:
        """Return what has happened since this was asked, or None if it is of no concern.

        A new day is news without acts: mutes end, and the register of another day counts.
        """
        seen, head, today = self._head, audit_head(), timezone.localdate()
        if (head, today) == (seen, self._day):
            return None
        turned = today != self._day
        self._head, self._day = head, today
        if not audit_holds(*seen):
            return News([], whole=True)
        acts = audit_since(seen[0], upto=head[0], prefixes=(REGISTER, MUTES))
        relevant = [(act, subject) for act, subject in acts if not act.startswith(UNSCREENED)]
        if not relevant and not turned:
            return None
        return News([pair for pair in relevant if pair[0].startswith(REGISTER)])
