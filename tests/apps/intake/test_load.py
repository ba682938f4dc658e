"""Loading: every row is settled once, whatever stands in it and whenever the process dies."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.trade import loaded, received, row, table

from countermark.apps.audit.models import Entry
from countermark.apps.intake.models import (
    Batch,
    Declaration,
    DeclarationLine,
    Party,
    RejectedRow,
)
from countermark.apps.intake.selectors import (
    batch_unloaded_list,
    declaration_get,
    line_get,
    rejected_row_list,
)
from countermark.apps.intake.services import batch_load, batch_receive, load
from countermark.domain.errors import Conflict, NotFound

pytestmark = pytest.mark.django_db
ROW_GOODS = row()["goods_description"]
DATA = Path(__file__).resolve().parents[2] / "data"


class Killed(BaseException):
    """The process dies here."""


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(load, "CHUNK", 2)


def counts(batch: Batch) -> tuple[int, int, int]:
    return batch.rows_loaded, batch.rows_duplicate, batch.rows_rejected


def reject_rows(batch: Batch) -> list[dict[str, str]]:
    if not batch.rejects:
        return []
    with default_storage.open(batch.rejects.name) as file:
        return list(csv.DictReader(io.StringIO(file.read().decode("utf-8-sig"))))


def killed_at(monkeypatch, name: str, calls: int) -> None:
    """Let a step of loading die at its n-th call."""
    real = getattr(load, name)
    left = iter(range(calls - 1))

    def dies(*args, **kwargs):
        if next(left, None) is None:
            raise Killed
        return real(*args, **kwargs)

    monkeypatch.setattr(load, name, dies)


def test_a_batch_becomes_declarations_lines_and_parties(chan):
    batch = loaded(chan, [row(1), row(2, goods_description="purses")])
    assert (batch.state, counts(batch), batch.rejects.name) == ("loaded", (2, 0, 0), "")
    declaration = Declaration.objects.get()
    assert (declaration.number, declaration.declared_on) == ("HK131022-0001", date(2013, 10, 22))
    assert (declaration.office, declaration.batch) == (chan.office, batch)
    assert [line.line_no for line in declaration.lines.all()] == [1, 2]
    assert Party.objects.count() == 2
    detail = Entry.objects.get(act="intake.batch.loaded").detail
    assert detail == {"rows": 2, "loaded": 2, "duplicate": 0, "rejected": 0}


@pytest.mark.parametrize(
    "name",
    [
        "declarations-gb18030.csv",
        "declarations-utf8.csv",
        "declarations.jsonl",
        "declarations.xlsx",
        "declarations.parquet",
    ],
)
def test_every_format_gives_the_same_lines(chan, name):
    with (DATA / name).open("rb") as stream:
        batch = batch_load(batch=batch_receive(by=chan, stream=stream, filename=name))
    assert counts(batch) == (2, 1, 1)
    assert [(r.field, r.reason) for r in rejected_row_list(batch=batch)] == [
        ("goods_description", "missing")
    ]
    first = batch.lines.get(line_no=1)
    assert (first.goods_description, first.declared_brand) == ("女式手提包", "薇伦卓")
    assert (first.value_minor, first.currency, first.unit) == (864_000, "CNY", "H87")
    assert (first.declaration.transport_mode, first.declaration.channel) == ("road", "express")


def test_the_same_line_in_any_later_batch_is_a_duplicate(chan):
    loaded(chan, [row(1), row(2)])
    later = loaded(chan, [row(2), row(1), row(3)])
    assert counts(later) == (1, 2, 0)
    assert DeclarationLine.objects.count() == 3
    assert later.lines.get().declaration.batch != later


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"goods_description": "purses"}, "line_no", "line-differs"),
        ({"quantity": "121"}, "line_no", "line-differs"),
        ({"declared_on": "2013-10-23"}, "declared_on", "declaration-differs"),
        ({"consignor": "Crane Ltd"}, "consignor", "declaration-differs"),
        ({"line_no": "2", "direction": "export"}, "direction", "declaration-differs"),
    ],
)
@pytest.mark.parametrize("same_file", [True, False])
def test_other_content_under_a_known_number_is_rejected(chan, changes, field, reason, same_file):
    second = row(1) | changes
    if same_file:
        batch = loaded(chan, [row(1), second])
    else:
        loaded(chan, [row(1)])
        batch = loaded(chan, [second])
    rejected = reject_rows(batch)
    assert [(r["reject_field"], r["reject_reason"]) for r in rejected] == [(field, reason)]
    assert DeclarationLine.objects.get().goods_description == ROW_GOODS


def test_parties_that_differ_in_case_or_script_only_are_one(chan):
    loaded(
        chan,
        [
            row(number="A", consignor="东莞鹈鹕贸易", consignee="Harbour Light Ltd"),
            row(number="B", consignor="東莞鵜鶘貿易", consignee="HARBOUR LIGHT LTD."),
        ],
    )
    assert Party.objects.count() == 2


def test_an_office_named_in_the_file_gets_the_declaration(chan, airport):
    loaded(chan, [row(office="airport")])
    assert Declaration.objects.get().office == airport


def test_a_rejected_row_can_be_mended_and_sent_again(chan):
    batch = loaded(chan, [row(1, quantity="=1+1"), row(2)])
    rejected = reject_rows(batch)[0]
    assert (rejected["reject_line"], rejected["reject_field"]) == ("2", "quantity")
    assert rejected["quantity"] == "'=1+1"
    assert counts(loaded(chan, [rejected | {"quantity": "120"}])) == (1, 0, 0)


def test_a_mended_reject_file_is_read_by_its_own_titles_and_not_by_those_added(chan):
    with (DATA / "declarations-utf8.csv").open("rb") as stream:
        batch = batch_load(batch=batch_receive(by=chan, stream=stream, filename="a.csv"))
    [rejected] = reject_rows(batch)
    again = loaded(chan, [rejected])
    assert [list(r)[:4] for r in reject_rows(again)] == [list(rejected)[:4]]
    mended = loaded(chan, [rejected | {"商品名称及规格型号": "女式手提包"}])
    assert (counts(mended), mended.lines.get().line_no) == ((1, 0, 0), 3)


def test_a_thousand_broken_rows_cost_no_good_one(chan):
    good = [",".join(f'"{cell}"' for cell in row(n, number=f"N{n}").values()) for n in range(1, 51)]
    header = ",".join(row())
    bad = [
        "too,few",
        '"' + "x" * 40_000 + '"' + "," * 18,
        "a\x00b" + "," * 18,
        '"never closed' + "," * 18,
        "=cmd|' /C calc'!A0" + "," * 18,
    ]
    lines = [header]
    for n, sound in enumerate(good):
        lines += [sound, *[bad[(n + k) % len(bad)] for k in range(20)]]
    content = "\n".join(lines).encode() + b"\n\xff\xfe,\xff" + b"," * 17 + b"\n"
    batch = batch_receive(by=chan, stream=io.BytesIO(content), filename="broken.csv")
    batch = batch_load(batch=batch)
    assert batch.rows_loaded == 50
    assert batch.rows_rejected == 1001
    assert len(reject_rows(batch)) == 1001


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("step", ["settle", "_write", "rejects_write"])
@pytest.mark.parametrize("calls", [1, 2, 3])
def test_a_load_killed_anywhere_goes_on_and_ends_the_same(chan, monkeypatch, step, calls):
    batch = received(chan, [row(1), row(2), row(2), row(3, quantity="x"), row(4), row(5)])
    with monkeypatch.context() as dying:
        killed_at(dying, step, calls)
        if step == "rejects_write" and calls > 1:
            batch_load(batch=batch)
        else:
            with pytest.raises(Killed):
                batch_load(batch=batch)
            assert list(batch_unloaded_list()) == [batch]
    batch = batch_load(batch=batch)
    assert (batch.state, counts(batch)) == ("loaded", (4, 1, 1))
    assert DeclarationLine.objects.count() == 4
    assert [r["reject_line"] for r in reject_rows(batch)] == ["5"]
    assert Entry.objects.filter(act="intake.batch.loaded").count() == 1
    assert not batch_unloaded_list().exists()


@pytest.mark.usefixtures("small_chunks")
def test_a_chunk_whose_last_write_fails_leaves_no_trace(chan, monkeypatch):
    batch = received(chan, [row(1), row(2, quantity="x"), row(3)])

    def fails(self, *args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(Batch, "save", fails)
    with pytest.raises(DatabaseError), transaction.atomic():
        load._load_chunk(batch, list(_rows_of(batch)), load._reader(batch))
    assert not Declaration.objects.exists()
    assert not Party.objects.exists()
    assert not RejectedRow.objects.exists()


def _rows_of(batch: Batch):
    with load.table_open(str(batch.file), batch.format) as rows:
        yield from rows


def test_two_workers_on_one_batch_do_not_load_a_row_twice(chan, monkeypatch):
    batch = received(chan, [row(1), row(2)])
    outdated = Batch.objects.get(pk=batch.pk)
    batch_load(batch=batch)
    with pytest.raises(Conflict) as refused:
        load._load_chunk(outdated, list(_rows_of(outdated)), load._reader(outdated))
    assert refused.value.code == "batch-loading-elsewhere"
    with pytest.raises(Conflict):
        load._finish(batch)
    assert DeclarationLine.objects.count() == 2


def test_loading_a_loaded_batch_again_changes_nothing(chan):
    batch = loaded(chan, [row(1)])
    before = Entry.objects.count()
    assert counts(batch_load(batch=batch)) == (1, 0, 0)
    assert Entry.objects.count() == before


def test_a_file_damaged_after_it_was_received_fails_as_a_whole(chan):
    with (DATA / "declarations.parquet").open("rb") as stream:
        batch = batch_receive(by=chan, stream=stream, filename="a.parquet")
    path = Path(default_storage.path(batch.file.name))
    path.write_bytes(path.read_bytes()[:400])
    batch = batch_load(batch=batch)
    assert (batch.state, batch.failure) == ("failed", "unreadable-file")
    assert not DeclarationLine.objects.exists()
    assert Entry.objects.get(act="intake.batch.failed").subject == batch.number
    assert batch_load(batch=batch).state == "failed"


def test_a_declaration_may_not_be_dated_after_today(chan):
    with time_machine.travel("2013-10-21T12:00:00+08:00", tick=False):
        batch = loaded(chan, [row()])
    assert [r.reason for r in batch.rejected_rows.all()] == ["date-in-the-future"]


def test_progress_is_counted_in_per_cent(chan):
    batch = received(chan, [row()])
    assert batch.per_cent_done == 0
    batch.rows_total, batch.rows_loaded = 200, 150
    assert (batch.rows_done, batch.per_cent_done) == (150, 75)
    assert batch_load(batch=received(chan, [row(2)])).per_cent_done == 100


CELLS = st.sampled_from(["", "1", "2", "x", "=1", "2013-10-22", "import", "\x00", '"', "é", "a,b"])
ROWS = st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(row(), CELLS)), min_size=1)


@settings(max_examples=30)
@given(rows=ROWS)
def test_good_rows_duplicates_and_rejects_add_up_to_the_rows_of_the_file(chan, rows):
    content = table([row(1 + n % 3) | cells for n, cells in enumerate(rows)]).getvalue()
    with transaction.atomic():
        batch = batch_receive(by=chan, stream=io.BytesIO(content), filename="any.csv")
        batch = batch_load(batch=batch)
        lines = DeclarationLine.objects.count()
        rejected = len(reject_rows(batch))
        transaction.set_rollback(True)
    assert batch.state == "loaded"
    assert sum(counts(batch)) == batch.rows_total
    assert (batch.rows_loaded, batch.rows_rejected) == (lines, rejected)


def test_officers_see_the_declarations_of_their_office(chan, ho, wu, django_assert_num_queries):
    batch = loaded(chan, [row()])
    line = batch.lines.get()
    with django_assert_num_queries(1):
        seen = line_get(pk=line.pk, visible_to=wu)
        assert seen.declaration.consignor.name.startswith("Pelican")
        assert seen.declaration.office == chan.office
    assert declaration_get(number="HK131022-0001", visible_to=chan).lines.count() == 1
    with pytest.raises(NotFound):
        declaration_get(number="HK131022-0001", visible_to=ho)
    with pytest.raises(NotFound):
        line_get(pk=line.pk, visible_to=ho)


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Declaration, {"direction": "sideways"}),
        (Declaration, {"channel": "pigeon"}),
        (Declaration, {"transport_mode": "balloon"}),
        (DeclarationLine, {"quantity": -1}),
        (DeclarationLine, {"currency": ""}),
        (DeclarationLine, {"value_minor": -1}),
        (DeclarationLine, {"line_no": 0}),
        (Batch, {"rows_loaded": 7}),
        (Batch, {"state": "lost"}),
        (Batch, {"format": "pdf"}),
    ],
)
def test_the_database_itself_refuses_what_cannot_be(chan, model, change):
    loaded(chan, [row()])
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)
