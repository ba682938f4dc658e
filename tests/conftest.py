"""The cast and the stage.

Two administrations meet in every test that needs a database: the node under test is Hong Kong's,
Guangdong is the partner. The cast is one line each: Officer Chan works at Tuen Mun, Officer Ho is
an outsider from another office, and each role has one person (``tests/cast.py``).
"""

from __future__ import annotations

import os
import signal

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.cast"]

settings.register_profile(
    "default", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.register_profile("props", parent=settings.get_profile("default"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_configure() -> None:
    """Let Ctrl-C reach the programs that tests start, also where the tests run in the background.

    A shell lets what it starts with ``&`` ignore it, and every child inherits that.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def english():
    """Begin every test in English; a page shown in Chinese leaves its language behind."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path):
    """Give every test its own folder for keys, files and reject files."""
    settings.VAR_DIR = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        }
    }
    return tmp_path


@pytest.fixture(autouse=True)
def forgotten():
    """Begin every test as a new process does: without a register read from another database."""
    from countermark.apps.screening.services import standing_forget  # noqa: PLC0415 - as below

    standing_forget()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Let SQLite empty append-only tables between tests that commit for real."""
    from django.db import connection  # noqa: PLC0415 - settings are not ready before

    if connection.vendor != "sqlite":
        return
    flush = connection.ops.sql_flush

    def flush_past_triggers(style, tables, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        drop = [f"DROP TRIGGER {name}" for name, _ in triggers]
        return [*drop, *flush(style, tables, **options), *[sql for _, sql in triggers]]

    connection.ops.sql_flush = flush_past_triggers
