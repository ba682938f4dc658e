"""Database triggers that refuse to change or remove rows of append-only tables."""

from __future__ import annotations

from collections.abc import Callable

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Step = Callable[[Apps, BaseDatabaseSchemaEditor], None]

_SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""

_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION countermark_append_only() RETURNS trigger AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION countermark_append_only()""",
)


def append_only(table: str) -> migrations.RunPython:
    """Return the migration step that makes a table append-only in the database itself."""

    def guard(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                editor.execute(_SQLITE.format(table=table, verb=verb))
        else:
            for statement in _POSTGRESQL:
                editor.execute(statement.format(table=table), params=None)

    def release(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                editor.execute(f"DROP TRIGGER {table}_no_{verb}")
        else:
            editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")

    return migrations.RunPython(guard, release)
