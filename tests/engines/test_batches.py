"""Batches: the same lines and rejects as row by row, whatever the size of a batch."""

import io
import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countermark.domain.matching.core.columns import FIELDS, columns_of
from countermark.domain.matching.types import Line
from countermark.engines import batches
from countermark.engines.batches import batches_of, read_batches
from countermark.engines.marks import LINE_COLUMNS, read_lines
from countermark.engines.tables import Reject, TableFormat, read_table

HEADER = ",".join(LINE_COLUMNS) + "\n"
GOOD = '7,"SHOES, ""NIKE""",NIKE,6403,1,PR,CN,"A, B",C\n'
PLAIN = "8,鞋,,6403,1,PR,CN,A,B\r\n"

CELLS = st.text(alphabet='a7 ,"\n\r\té耐\x00\udc80', max_size=6)
LINES_OF_TEXT = st.lists(
    st.one_of(
        st.sampled_from([GOOD, PLAIN, "\n", "  \n", "too,few\n", ",no id,,,,,,,\n"]),
        st.sampled_from(['9,"open,,,,,,,\n', '9,"two\nlines",,,,,,,\n', "9,,,,,,,,,\n"]),
        st.lists(CELLS, min_size=9, max_size=9).map(lambda cells: ",".join(cells) + "\n"),
    ),
    max_size=12,
).map("".join)


def texts(line):
    return tuple(getattr(line, name) for name in FIELDS)


def by_row(data, table_format):
    with read_table(io.BytesIO(data), format=table_format) as table:
        items = list(read_lines(table))
    return (
        [texts(item) for item in items if not isinstance(item, Reject)],
        [item for item in items if isinstance(item, Reject)],
    )


def by_batch(data, table_format):
    lines, rejects = [], []
    with read_table(io.BytesIO(data), format=table_format) as table:
        for batch in read_batches(table):
            rejects += batch.rejects
            columns = batch.columns
            lines += [
                tuple(columns.text(line, field) for field in range(len(FIELDS)))
                for line in range(batch.lines)
            ]
    return lines, rejects


@pytest.fixture
def tiny(monkeypatch):
    monkeypatch.setattr(batches, "FIRST_BATCH", 2)
    monkeypatch.setattr(batches, "BATCH_LINES", 5)


@settings(deadline=None)
@given(LINES_OF_TEXT, st.integers(1, 4))
def test_a_delimited_text_is_read_in_batches_as_by_row(text, size):
    data = (HEADER + text).encode("utf-8", "surrogatepass")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "FIRST_BATCH", size)
        patch.setattr(batches, "BATCH_LINES", 2 * size)
        assert by_batch(data, TableFormat.CSV) == by_row(data, TableFormat.CSV)


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("ending", ["", "\n", "\r", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimiters_and_line_ends_of_all_kinds_are_read(delimiter, ending):
    rows = ["7,a b,,6403,1,PR,CN,A,B"] * 3
    text = (ending or "\n").join([HEADER.strip(), *rows]) + ending
    data = text.replace(",", delimiter).encode()
    lines, rejects = by_batch(data, TableFormat.CSV)
    assert lines == [("a b", "", "6403", "A", "B", "7")] * 3
    assert (lines, rejects) == by_row(data, TableFormat.CSV)


@pytest.mark.usefixtures("tiny")
def test_long_values_and_long_lines_are_rejected_as_by_row():
    long = "7," + "x" * 32_768 + ",,,,,,,\n"
    huge = "7," + "x" * (1 << 20) + "\n"
    data = (HEADER + GOOD + long + PLAIN + huge + GOOD).encode()
    lines, rejects = by_batch(data, TableFormat.CSV)
    assert (lines, rejects) == by_row(data, TableFormat.CSV)
    assert [reject.reason for reject in rejects] == ["field-too-long", "record-too-long"]


def parquet(columns):
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


@pytest.mark.usefixtures("tiny")
def test_parquet_and_json_are_read_in_batches_as_by_row():
    count = 12
    columns = {name: [f"{name} {n}" for n in range(count)] for name in LINE_COLUMNS}
    columns["hs_code"] = [None, *range(6403, 6403 + count - 1)]
    columns["line_id"][3] = " "
    columns["goods_description"][5] = "a\0b"
    columns["consignor"][6] = None
    data = parquet(columns)
    assert by_batch(data, TableFormat.PARQUET) == by_row(data, TableFormat.PARQUET)
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    text = "\n".join(map(json.dumps, rows)).encode() + b"\nbroken\n"
    assert by_batch(text, TableFormat.JSONL) == by_row(text, TableFormat.JSONL)


def test_lines_become_columns_and_are_read_back():
    lines = [Line("1", "Nike", "", consignor="A"), Line("2", "", "\ud800", "64", consignee="耐")]
    columns = columns_of(lines)
    for at, line in enumerate(lines):
        assert tuple(columns.text(at, field) for field in range(len(FIELDS))) == texts(line)
    assert columns.points.dtype == np.uint32
    assert [batch.lines for batch in batches_of(iter(lines))] == [2]
    assert columns_of([]).starts.shape == (0, len(FIELDS))
