from __future__ import annotations

from collections.abc import Sequence

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


def audit_head() -> tuple[int, str]:
    """Return number and hash of the last act on record; one row is read."""
    head = Head.objects.filter(pk=1).values_list("seq", "entry_hash").first()
    return head or (0, ledger.GENESIS)


def audit_holds(seq: int, entry_hash: str) -> bool:
    """Tell whether the log holds an entry as somebody saw it; a restored one may not."""
    if seq == 0:
        return entry_hash == ledger.GENESIS
    return Entry.objects.filter(seq=seq, entry_hash=entry_hash).exists()


def audit_since(seq: int, *, upto: int, prefixes: Sequence[str]) -> list[tuple[str, str]]:
    """Return act and subject of what was recorded after an entry and up to another, in order.

    Every change of a row records its act in the same transaction, and entries are numbered in the
    order of their commits: whoever has seen an entry has seen all that it tells of.

    Args:
        seq: Entries up to this number are left out.
        upto: The last entry looked at, usually the one of ``audit_head()``.
        prefixes: Only acts that begin with one of these, such as ``register.``.
    """
    wanted = Q()
    for prefix in prefixes:
        wanted |= Q(act__startswith=prefix)
    entries = Entry.objects.filter(wanted, seq__gt=seq, seq__lte=upto).order_by("seq")
    return list(entries.values_list("act", "subject"))
