from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.audit.models import Entry, Head
from countermark.domain import ledger

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Act:
    """An act to be recorded: its dotted name, its object and plain details."""

    act: str
    subject: str
    detail: Mapping[str, object] = field(default_factory=dict)


@transaction.atomic
def audit_record(act: str, *, subject: str, by: Officer | None = None, **detail: object) -> Entry:
    """Append one act to the log, inside the transaction of the act itself.

    Args:
        act: ``<app>.<entity>.<past participle>``.
        subject: The object as an officer names it.
        by: The officer, or None where the node itself acts.
        **detail: Plain values worth keeping; never a secret, never a password.
    """
    return audit_record_all([Act(act, subject, detail)], by=by)[0]


@transaction.atomic
def audit_record_all(acts: Iterable[Act], *, by: Officer | None = None) -> list[Entry]:
    """Append many acts in order, locking the end of the chain once."""
    Head.objects.get_or_create(pk=1, defaults={"seq": 0, "entry_hash": ledger.GENESIS})
    head = Head.objects.select_for_update().get(pk=1)
    actor = by.username if by else SYSTEM
    entries = []
    for act in acts:
        entry = _entry(act, actor, head)
        head.seq, head.entry_hash = entry.seq, entry.entry_hash
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=500)
    head.save(update_fields=["seq", "entry_hash"])
    return entries


def _entry(act: Act, actor: str, head: Head) -> Entry:
    detail = json.loads(json.dumps(dict(act.detail), cls=DjangoJSONEncoder))
    said = {
        "seq": head.seq + 1,
        "at": timezone.now(),
        "act": act.act,
        "actor": actor,
        "subject": act.subject,
        "detail": detail,
        "previous_hash": head.entry_hash,
    }
    return Entry(**said, entry_hash=ledger.entry_hash(**said))
