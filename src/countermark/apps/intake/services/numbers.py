"""Numbers that never repeat: each series has one row, locked while numbers are taken."""

from __future__ import annotations

from django.db import transaction

from countermark.apps.intake.models import Serial


@transaction.atomic
def serial_take(*, name: str, count: int = 1) -> range:
    """Return the next ``count`` numbers of a series, which begins with 1.

    The row stays locked until the caller's transaction ends; if that is undone, so are the
    numbers, and the series has no gap.
    """
    serial = serial_lock(name)
    first = serial.last + 1
    serial.last += count
    serial.save(update_fields=["last"])
    return range(first, first + count)


def serial_lock(name: str) -> Serial:
    """Return the row of a series, locked until the transaction ends."""
    Serial.objects.get_or_create(name=name)
    return Serial.objects.select_for_update().get(name=name)
