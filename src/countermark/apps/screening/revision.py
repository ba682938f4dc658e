"""Whether what screening looks for has changed: asked of the audit log, one row at a time.

Whatever changes the register or the mutes records an act in the same transaction, and the log
numbers its entries in the order of their commits. So the last entry says how much of it a screener
has seen, in every process and on every database, and asking for news costs one row.
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from countermark.apps.audit.selectors import audit_head, audit_holds, audit_since

RELEVANT = ("register.", "screening.mute.")


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

    def news(self) -> bool:
        """Tell whether anything relevant happened, or a new day began, since this was asked."""
        seen, head, today = self._head, audit_head(), timezone.localdate()
        if (head, today) == (seen, self._day):
            return False
        turned = today != self._day
        self._head, self._day = head, today
        if turned or not audit_holds(*seen):
            return True
        return bool(audit_since(seen[0], upto=head[0], prefixes=RELEVANT))
