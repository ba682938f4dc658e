"""What the database must promise before a receipt may be signed over it."""

from __future__ import annotations

from django.db import connection

_SQLITE_FULL = 2


def durability_faults() -> list[str]:
    """Return, in English for the log, why a commit of this database could be lost; empty if not.

    SQLite must synchronise fully; PostgreSQL must have fsync and synchronous commit on. Popular
    presets weaken both, and a receipt for a lost message is worse than no receipt.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            level = cursor.fetchone()[0]
            return [] if level >= _SQLITE_FULL else [f"PRAGMA synchronous is {level}, not FULL"]
        faults = []
        for name in ("fsync", "synchronous_commit"):
            cursor.execute("SELECT current_setting(%s)", [name])
            if cursor.fetchone()[0] == "off":
                faults.append(f"{name} is off")
        return faults
