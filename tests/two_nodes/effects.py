"""An effect that would show if it happened twice, out of order, or not at all.

``probe_effect`` has no unique constraint on purpose: nothing but the exchange keeps it right.
"""

from __future__ import annotations

from django.db import connection

TABLES = (
    "CREATE TABLE IF NOT EXISTS probe_effect"
    " (id INTEGER PRIMARY KEY, partner TEXT, lane TEXT, n INTEGER, message_id TEXT)",
    "CREATE TABLE IF NOT EXISTS probe_business (id INTEGER PRIMARY KEY, lane TEXT, n INTEGER)",
)


def count(*, administration, data, message_id):
    """Add one row, whatever is there already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO probe_effect (partner, lane, n, message_id) VALUES (%s, %s, %s, %s)",
            [administration.code, data["lane"], data["n"], message_id],
        )


HANDLERS = {"case.referral/1": count}
