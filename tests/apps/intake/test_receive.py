"""Receiving a batch: kept once, under a name that does no harm, or refused with a reason."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from tests.trade import received, row, table

from countermark.apps.audit.models import Entry
from countermark.apps.intake.models import Batch
from countermark.apps.intake.selectors import batch_find, batch_get, batch_list
from countermark.apps.intake.services import batch_load, batch_receive
from countermark.apps.register.uploads import safe_filename
from countermark.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted

pytestmark = pytest.mark.django_db


def kept_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_batch_is_kept_as_it_came_and_audited(chan):
    content = table([row()]).getvalue()
    batch = batch_receive(by=chan, stream=io.BytesIO(content), filename="lines.csv")
    assert (batch.number, batch.format, batch.state) == ("B-000001", "csv", "received")
    assert batch.office == chan.office
    with default_storage.open(batch.file.name) as file:
        assert file.read() == content
    entry = Entry.objects.get(act="intake.batch.received")
    assert (entry.subject, entry.actor) == ("B-000001", "chan")


def test_the_same_content_is_received_once_whatever_it_is_called(chan, ho):
    first = received(chan, [row()])
    with pytest.raises(Conflict) as refused:
        received(ho, [row()], name="other.csv")
    assert refused.value.params["batch"] == first.number
    assert Batch.objects.count() == 1


def test_a_file_that_failed_may_be_received_again(chan):
    broken = b"PK\x03\x04"
    batch = received(chan, [row()])
    Batch.objects.filter(pk=batch.pk).update(state="failed")
    assert received(chan, [row()]).number == "B-000002"
    with pytest.raises(InvalidInput):
        batch_receive(by=chan, stream=io.BytesIO(broken), filename="a.xlsx")


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.csv", "empty-file"),
        (b"PK\x03\x04 nothing", "a.xlsx", "unreadable-file"),
        (b"PAR1", "a.parquet", "unreadable-file"),
        (b"number,goods description\n1,bags\n", "a.csv", "columns-missing"),
        (b"\x00\x01\x02\x03", "a.bin", "columns-missing"),
    ],
)
def test_a_file_that_cannot_be_loaded_is_refused_and_not_kept(chan, var_dir, content, name, code):
    with pytest.raises(InvalidInput) as refused:
        batch_receive(by=chan, stream=io.BytesIO(content), filename=name)
    assert refused.value.code == code
    assert not Batch.objects.exists()
    assert kept_files(var_dir / "files") == []


def test_missing_columns_are_named_and_may_be_given_for_all_rows(chan):
    rows = [{name: text for name, text in row().items() if name not in {"direction", "channel"}}]
    with pytest.raises(InvalidInput) as refused:
        received(chan, rows)
    assert refused.value.params["fields"] == ["direction", "channel"]
    mapping = {"direction": "=export", "channel": "=post"}
    batch = batch_receive(by=chan, stream=table(rows), filename="a.csv", mapping=mapping)
    assert batch.mapping["direction"] == "=export"
    line = batch_load(batch=batch).lines.get()
    assert (line.declaration.direction, line.declaration.channel) == ("export", "post")


def test_a_file_that_is_too_large_is_refused(chan, monkeypatch):
    monkeypatch.setattr(
        "countermark.apps.register.uploads.measure.__kwdefaults__", {"most_bytes": 9}
    )
    with pytest.raises(InvalidInput) as refused:
        received(chan, [row()])
    assert refused.value.code == "file-too-large"


def test_when_the_last_write_fails_neither_batch_nor_file_is_kept(chan, var_dir, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("countermark.apps.intake.services.receive.audit_record", fails)
    with pytest.raises(RuntimeError):
        received(chan, [row()])
    assert not Batch.objects.exists()
    assert kept_files(var_dir / "files") == []


def test_only_those_who_may_receive_batches_do(lin):
    with pytest.raises(NotPermitted):
        received(lin, [row()])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\lists\\十月 lines.csv", "十月_lines.csv"),
        ("a\x00\r\nb;|.csv", "a_b_.csv"),
        (".htaccess", "htaccess"),
        ("", "file"),
        ("x" * 300 + ".xlsx", "x" * 115 + ".xlsx"),
    ],
)
def test_a_file_name_keeps_nothing_that_could_do_harm(given, kept):
    assert safe_filename(given) == kept


def test_officers_see_the_batches_of_their_office(chan, ho, wu, kwok, django_assert_num_queries):
    batch = received(chan, [row()])
    received(chan, [row(2)])
    with django_assert_num_queries(1):
        names = [(b.office.name, b.received_by.display_name) for b in batch_list(visible_to=wu)]
    assert len(names) == 2
    assert batch_list(visible_to=chan).count() == 2
    assert not batch_list(visible_to=ho).exists()
    assert not batch_list(visible_to=kwok).exists()
    assert batch_get(number=batch.number, visible_to=chan) == batch
    assert batch_find(number=batch.number) == batch
    with pytest.raises(NotFound):
        batch_get(number=batch.number, visible_to=ho)
    with pytest.raises(NotFound):
        batch_find(number="B-999999")
