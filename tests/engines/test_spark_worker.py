"""What an executor does, without a cluster: the rows, hits and rejects of the local engine."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest
from tests.domain.matching.strategies import line, mark

from countermark.domain.matching import Background, Context, Screener
from countermark.engines.lines import hit_lines
from countermark.engines.marks import LINE_COLUMNS
from countermark.engines.spark_worker import (
    FILE,
    NUMBER,
    reject_read,
    screen_batches,
    screener_write,
)
from countermark.engines.tables import Reject

MARKS = (mark("Nike", "耐克", right_id="1"), mark("Nikes", right_id="2"))
LINES = [
    line("SHOES", "N1KE", line_id="a"),
    line("boxes", line_id="b"),
    line("耐克", "NIKES", line_id="c"),
]
CONTEXT = Context(Background.of(LINES))


@pytest.fixture
def work(tmp_path):
    """Screen rows as an executor does, and return what it hands back, row by row."""

    def screen(*batches, top=5):
        job = screener_write(tmp_path, Screener(MARKS, CONTEXT), top)
        found = screen_batches(batches, job, lambda name: str(tmp_path / name))
        return [row for batch in found for row in batch.to_pylist()]

    return screen


def batch_of(lines, numbers, **changed):
    columns = {name: [getattr(one, name) for one in lines] for name in LINE_COLUMNS} | changed
    return pa.RecordBatch.from_pydict({FILE: ["f"] * len(lines), NUMBER: numbers} | columns)


def test_hits_are_the_lines_of_the_local_engine_with_their_places(work):
    found = work(batch_of(LINES, [7, 8, 9]))
    local = list(hit_lines(Screener(MARKS, CONTEXT), LINES, 5))
    assert [row["hit"] for row in found] == [text for _, _, text in local]
    assert [(row[NUMBER], row["place"]) for row in found] == [(7 + i, p) for i, p, _ in local]
    assert len(local) >= 3


def test_batches_of_any_size_give_the_same(work):
    whole = work(batch_of(LINES, [1, 2, 3]))
    parts = work(*(batch_of([one], [at]) for at, one in enumerate(LINES, 1)))
    assert whole == parts


def test_an_empty_batch_gives_an_empty_batch(work):
    assert work(batch_of([], [])) == []


def test_a_bad_row_is_handed_back_and_costs_no_other(work):
    broken = pa.array([b"fine", b"\xff\xfe", b"fine"], pa.binary())
    found = work(batch_of(LINES, [1, 2, 3], consignee=broken, line_id=["a", "b", " "]))
    rejects = [reject_read(row["reject"]) for row in found if row["reject"]]
    assert [(r.number, r.reason) for r in rejects] == [(2, "encoding"), (3, "missing-value")]
    assert {json.loads(row["hit"])["line_id"] for row in found if row["hit"]} == {"a"}


def test_a_reject_survives_its_journey_whatever_its_text(work):
    batch = batch_of(LINES[:1], [4], consignor=pa.array([b"\xffx"], pa.binary()))
    (row,) = work(batch)
    reject = reject_read(row["reject"])
    assert isinstance(reject, Reject)
    assert "\udcffx" in reject.raw


def test_numbers_and_missing_values_are_read_as_everywhere(work):
    batch = batch_of(LINES[:1], [1], hs_code=[64039900], consignee=pa.array([None], pa.string()))
    assert work(batch) == work(batch_of(LINES[:1], [1]))


def test_top_bounds_the_hits_of_a_line(work):
    assert len(work(batch_of(LINES[:1], [1]), top=1)) == 1
