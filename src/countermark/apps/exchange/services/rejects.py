"""Counting what was refused at the door."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from countermark.apps.exchange.models import WireReject
from countermark.domain.envelopes.canonical import sha256_hex


@transaction.atomic
def reject_count(reason: str, sent: bytes, partner: str = "") -> None:
    """Count a refusal under the partner it is known to come from, "" where nobody is known.

    Only a digest of what was sent is kept.
    """
    now = timezone.now()
    row, _ = WireReject.objects.get_or_create(
        partner_hint=partner, reason=reason, defaults={"first_at": now, "last_at": now}
    )
    WireReject.objects.filter(pk=row.pk).update(
        seen=F("seen") + 1, last_at=now, last_digest=sha256_hex(sent)
    )
