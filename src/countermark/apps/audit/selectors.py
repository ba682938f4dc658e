from __future__ import annotations

from django.db.models import Q, QuerySet

from countermark.apps.accounts.models import Officer
from countermark.apps.audit.convert import link_from_entry
from countermark.apps.audit.models import Entry, Head
from countermark.domain import ledger


def audit_verify() -> ledger.Verdict:
    """Walk the whole chain and say whether it is sound; reads row by row, holds one in memory."""
    head = Head.objects.filter(pk=1).first()
    entries = Entry.objects.order_by("seq").iterator(chunk_size=2000)
    return ledger.check(
        map(link_from_entry, entries),
        head.seq if head else 0,
        head.entry_hash if head else ledger.GENESIS,
    )


def audit_list(*, visible_to: Officer, query: str = "") -> QuerySet[Entry]:
    """Return the log, newest first, to those who may read it.

    Args:
        visible_to: Without ``audit.read`` the list is empty.
        query: Part of an act, an actor or a subject; empty for all.
    """
    if not visible_to.may("audit.read"):
        return Entry.objects.none()
    entries = Entry.objects.order_by("-seq")
    if query:
        entries = entries.filter(
            Q(act__icontains=query) | Q(actor__icontains=query) | Q(subject__icontains=query)
        )
    return entries


def audit_trail(*, subject: str) -> QuerySet[Entry]:
    """Return what was done to one object, oldest first; the caller already holds the object."""
    return Entry.objects.filter(subject=subject).order_by("seq")
