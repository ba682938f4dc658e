"""Screening a stream: the same hits whatever the number of workers, nothing read far ahead."""

import io
import json
import threading
from dataclasses import asdict

import pytest
from tests.domain.matching.strategies import line, mark

from countermark.domain.errors import InvalidInput
from countermark.domain.matching import (
    RULES_VERSION,
    Background,
    Context,
    RecordedMark,
    Screener,
)
from countermark.domain.matching.core.columns import FIELDS, columns_of
from countermark.domain.matching.model import packed
from countermark.domain.matching.weights import MODEL
from countermark.engines import batches, local
from countermark.engines.batches import batches_of, compact, read_batches
from countermark.engines.local import learn_background, screen_stream
from countermark.engines.marks import line_of, mark_of, read_lines, read_marks
from countermark.engines.models import read_model
from countermark.engines.screeners import open_screener, save_screener
from countermark.engines.tables import Reject, Row, TableFormat, read_table
from countermark.engines.writing import json_lines

MARKS = [mark("Nike", "耐克", right_id="1"), mark("Samsung", right_id="2")]
LINES = [line(f"shoes BRAND: {w} {n}", line_id=str(n)) for n, w in enumerate(["NIKE", "x"] * 700)]
REGISTER_ROW = {
    "right_id": "7",
    "kind": "",
    "word": " Nike ",
    "word_zh_hans": "",
    "word_zh_hant": "",
    "nice_classes": "18 25",
    "holder": "Meridian",
    "authorised_parties": "A Ltd; ;B Ltd",
}


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(batches, "FIRST_BATCH", 100)
    monkeypatch.setattr(batches, "BATCH_LINES", 300)


def screened(**options):
    return list(screen_stream(batches_of(iter(LINES)), screener=Screener(MARKS), **options))


def records(**options):
    return b"".join(batch.records for batch in screened(**options))


def test_hits_come_in_the_order_of_the_lines_and_every_line_counts():
    found = screened()
    assert sum(batch.lines for batch in found) == len(LINES)
    ids = [int(json.loads(text)["line_id"]) for text in records().splitlines()]
    assert ids == sorted(ids)
    assert len(ids) == sum(batch.hits for batch in found) == 700


def test_the_size_of_a_batch_does_not_matter(monkeypatch):
    whole = records()
    monkeypatch.setattr(batches, "FIRST_BATCH", 7)
    monkeypatch.setattr(batches, "BATCH_LINES", 7)
    assert records() == whole


@pytest.mark.slow
@pytest.mark.parametrize("forked", [True, False])
def test_two_workers_find_what_one_finds(monkeypatch, forked):
    monkeypatch.setattr(local, "_may_fork", lambda: forked)
    assert records(workers=2) == records()
    assert local._worker is None


def test_a_process_with_threads_is_not_forked():
    waiting = threading.Event()
    other = threading.Thread(target=waiting.wait)
    other.start()
    assert not local._may_fork()
    waiting.set()
    other.join()


def test_lines_are_not_read_far_ahead():
    read = []

    def stream():
        for one in LINES:
            read.append(one)
            yield one

    next(screen_stream(batches_of(stream()), screener=Screener(MARKS)))
    assert len(read) == batches.FIRST_BATCH


def test_word_usage_is_learned_from_the_beginning_and_no_line_is_lost(monkeypatch):
    monkeypatch.setattr(local, "BACKGROUND_LINES", 110)
    background, stream = learn_background(batches_of(iter(LINES)))
    assert background == Background.of(LINES[:110])
    assert sum(batch.lines for batch in stream) == len(LINES)


@pytest.mark.parametrize(("size", "counted"), [(7, 4), (100, 4), (2, 4)])
def test_word_usage_is_learned_from_fewer_lines_where_they_are_long(monkeypatch, size, counted):
    monkeypatch.setattr(batches, "FIRST_BATCH", size)
    monkeypatch.setattr(local, "BACKGROUND_CHARACTERS", 700)
    lines = [line("x" * 200, line_id="7")] * 9
    background, stream = learn_background(batches_of(iter(lines)))
    assert background == Background.of(lines[:counted])
    assert sum(batch.lines for batch in stream) == 9


def test_columns_that_are_not_read_are_not_kept():
    text = "line_id,goods_description,rest\n1,NIKE,%s\n2,耐克,\n" % ("x" * 5_000)
    with read_table(io.BytesIO(text.encode()), format=TableFormat.CSV) as table:
        (batch,) = read_batches(table)
    kept = compact(batch.columns)
    assert len(kept.points) < 20
    for at in range(2):
        for field in range(len(FIELDS)):
            assert kept.text(at, field) == batch.columns.text(at, field)
    assert compact(kept) is kept


def test_records_are_what_a_json_writer_would_write():
    odd = [line('shoes "NIKE"\\ \t\x01 耐克 é', line_id='a"b'), line("\x7f", "NIKE")]
    screener = Screener([mark("Nike", "耐克", right_id='"1"')])
    columns = columns_of(odd)
    found = screener.screen_columns(columns)
    expected = [
        json.dumps(
            asdict(hit) | {"register_version": screener.version, "rules_version": RULES_VERSION},
            ensure_ascii=False,
        )
        for hit in screener.hits_of(columns, found)
    ]
    assert json_lines(screener, columns, found).decode().splitlines() == expected


def test_a_worker_that_was_not_started_says_so():
    with pytest.raises(RuntimeError, match="not started"):
        local._work(columns_of([]), 5)


def test_a_worker_screens_like_the_parent(monkeypatch, tmp_path):
    monkeypatch.setattr(local.signal, "signal", lambda *_: None)
    monkeypatch.setattr(local, "_worker", None)
    context = Context(Background.of(LINES))
    save_screener(Screener(MARKS), tmp_path / "index")
    local._start_worker(tmp_path / "index", context)
    columns = columns_of(LINES[:3])
    expected = Screener(MARKS, context)
    found = expected.screen_columns(columns)
    assert local._work(columns, 5).records == json_lines(expected, columns, found)


def test_a_saved_screener_gives_the_same_hits(tmp_path):
    screener = Screener(MARKS)
    save_screener(screener, tmp_path / "index")
    opened = open_screener(tmp_path / "index")
    assert opened.version == screener.version
    assert opened.screen_lines(LINES[:5]) == screener.screen_lines(LINES[:5])


def test_a_row_of_the_register_is_a_mark():
    assert mark_of(Row(2, REGISTER_ROW)) == RecordedMark(
        "7", "trade-mark", "Nike", "", "", (18, 25), "Meridian", ("A Ltd", "B Ltd")
    )


@pytest.mark.parametrize(
    ("changed", "reason", "field"),
    [
        ({"right_id": " "}, "missing-value", "right_id"),
        ({"word": ""}, "missing-value", "word"),
        ({"nice_classes": "25 shoes"}, "invalid-value", "nice_classes"),
    ],
)
def test_a_row_that_is_no_mark_says_which_value_is_wrong(changed, reason, field):
    reject = mark_of(Row(2, REGISTER_ROW | changed))
    assert (reject.reason, reject.params["field"]) == (reason, field)


def test_a_right_that_occurs_twice_counts_once():
    found = list(read_marks([Row(2, REGISTER_ROW), Row(3, REGISTER_ROW), Reject(4, "quotes", "")]))
    assert isinstance(found[0], RecordedMark)
    assert [reject.reason for reject in found[1:]] == ["duplicate-id", "quotes"]


def test_a_row_of_declarations_is_a_line_as_written():
    row = Row(2, {"line_id": "9", "goods_description": " NIKE ", "unknown": "x"})
    assert line_of(row).goods_description == " NIKE "
    bad = Row(3, {"line_id": " "})
    assert [getattr(r, "reason", "line") for r in read_lines([row, bad])] == [
        "line",
        "missing-value",
    ]


def test_a_model_is_read_back_from_its_file(tmp_path):
    path = tmp_path / "model.json"
    path.write_text(json.dumps({"packed": packed(MODEL)}), encoding="utf-8")
    assert read_model(path) == MODEL


@pytest.mark.parametrize(
    "text", ["", "[]", '{"name": "x"}', '{"packed": 1}', '{"packed": "x"}', '{"packed": "¼"}']
)
def test_what_is_not_a_model_is_refused(tmp_path, text):
    path = tmp_path / "model.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match="not-a-model"):
        read_model(path)
