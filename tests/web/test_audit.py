"""The audit log on the screen, and what it says about its own chain."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.web.reading import read, text

from countermark.apps.audit.models import Entry
from countermark.apps.audit.services import audit_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(chan, wu):
    audit_record("cases.case.opened", subject="HK-2014-000009", by=chan, title="Purses")
    audit_record("register.right.revised", subject="hk/1", by=wu, word=["OLD", "NEW"])


def test_the_newest_act_stands_first_with_its_details(client, mak, entries):
    _, soup = read(client, mak, "/audit/")
    first, second = soup.select("tbody tr")
    assert "register.right.revised" in text(first)
    assert "OLD → NEW" in text(first)
    assert "HK-2014-000009" in text(second)


@pytest.mark.parametrize("query", ["cases.case", "chan", "2014-000009"])
def test_the_log_is_searched_by_act_officer_and_record(client, mak, entries, query):
    assert len(read(client, mak, "/audit/", {"q": query})[1].select("tbody tr")) == 1


def test_a_sound_chain_is_said_to_hold(client, kwok, entries):
    _, soup = read(client, kwok, "/audit/", {"check": "1"})
    assert "The chain holds: 2 entries" in text(soup.select_one(".alert.ok"))


def test_a_changed_entry_is_named_and_what_to_do(client, mak, entries):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name=%s",
                [Entry._meta.db_table],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute(f"ALTER TABLE {Entry._meta.db_table} DISABLE TRIGGER USER")
    Entry.objects.filter(subject="hk/1").update(actor="nobody")
    _, soup = read(client, mak, "/audit/", {"check": "1"})
    said = text(soup.select_one(".alert.crit"))
    assert "broken at entry 2: what it says was changed." in said
    assert "keep the database as it is" in said


@pytest.mark.parametrize("officer", ["chan", "wu", "lau", "lin"])
def test_nobody_else_reads_the_log(client, request, officer):
    assert read(client, request.getfixturevalue(officer), "/audit/")[0].status_code == 403
