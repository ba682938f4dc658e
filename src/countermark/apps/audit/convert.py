from countermark.apps.audit.models import Entry
from countermark.domain.ledger import Link


def link_from_entry(entry: Entry) -> Link:
    """Return an entry as the domain's chain reads it."""
    return Link(
        seq=entry.seq,
        at=entry.at,
        act=entry.act,
        actor=entry.actor,
        subject=entry.subject,
        detail=entry.detail,
        previous_hash=entry.previous_hash,
        entry_hash=entry.entry_hash,
    )
