"""The log is complete, ordered and cannot be rewritten unseen."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from countermark.apps.audit.models import Entry
from countermark.apps.audit.selectors import audit_list, audit_verify
from countermark.apps.audit.services import Act, audit_record, audit_record_all

pytestmark = pytest.mark.django_db


def unguarded(statement: str, *params: object) -> None:
    """Do what an intruder with the database's password would do."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER IF EXISTS audit_entry_no_UPDATE")
            cursor.execute("DROP TRIGGER IF EXISTS audit_entry_no_DELETE")
        else:
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        cursor.execute(statement, params)


def three_acts(chan):
    return audit_record_all([Act("cases.case.opened", f"HK-2026-{n}") for n in range(3)], by=chan)


def test_an_empty_log_is_sound():
    assert audit_verify().sound


def test_entries_are_numbered_without_gap_and_chained(chan):
    entries = three_acts(chan)
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert entries[1].previous_hash == entries[0].entry_hash
    assert audit_verify().sound
    assert audit_verify().entries == 3


def test_the_actor_is_the_officer_or_the_system(chan):
    assert audit_record("cases.case.opened", subject="HK-1", by=chan).actor == "chan"
    assert audit_record("exchange.message.settled", subject="m").actor == "system"


@pytest.mark.parametrize(
    ("statement", "broken_at", "reason"),
    [
        ("UPDATE audit_entry SET subject = 'HK-2026-9' WHERE seq = 2", 2, "entry-hash"),
        ("UPDATE audit_entry SET previous_hash = entry_hash WHERE seq = 2", 2, "previous-hash"),
        ("DELETE FROM audit_entry WHERE seq = 2", 2, "gap"),
        ("DELETE FROM audit_entry WHERE seq = 3", 3, "head"),
    ],
)
def test_a_rewritten_log_is_noticed_where_it_breaks(chan, statement, broken_at, reason):
    three_acts(chan)
    unguarded(statement)
    verdict = audit_verify()
    assert (verdict.broken_at, verdict.reason) == (broken_at, reason)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_itself_refuses_to_change_an_entry(chan, verb):
    three_acts(chan)
    rows = Entry.objects.filter(seq=2)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.delete() if verb == "delete" else rows.update(subject="other")
    assert audit_verify().sound


def test_an_act_that_fails_leaves_no_entry(chan):
    def fail() -> None:
        audit_record("cases.case.opened", subject="HK-1", by=chan)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        transaction.atomic(fail)()
    assert not Entry.objects.exists()


def test_values_survive_the_database_unchanged():
    audit_record(
        "x.y.done", subject="s", amount="138000.00", share=0.1, names=["錢包", "a"], n=None
    )
    assert audit_verify().sound


def test_only_those_who_may_read_the_log_see_it(chan, mak, kwok):
    three_acts(chan)
    assert audit_list(visible_to=mak).count() == audit_list(visible_to=kwok).count() == 3
    assert not audit_list(visible_to=chan).exists()


def test_the_log_is_searched_by_subject_act_and_actor(chan, mak):
    three_acts(chan)
    assert audit_list(visible_to=mak, query="2026-1").count() == 1
    assert audit_list(visible_to=mak, query="cases.case").count() == 3
    assert not audit_list(visible_to=mak, query="nobody").exists()
