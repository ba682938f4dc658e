"""Batches: the same lines and rejects as row by row, whatever the size of a batch."""

import io
import json
from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countermark.domain.matching.core.columns import FIELDS, columns_of
from countermark.domain.matching.types import Line
from countermark.engines import arrow_lines, batches
from countermark.engines.batches import batches_of, read_batches
from countermark.engines.marks import LINE_COLUMNS, read_lines
from countermark.engines.tables import Reject, TableFormat, delimited, read_table

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


VALUES = st.one_of(
    st.sampled_from(["NIKE", "耐克 é", "", " ", "x" * 32_768, "a\0b", "\ud800", "\u3000"]),
    st.text(max_size=3),
)
OTHER_VALUES = st.one_of(VALUES, st.none(), st.integers(), st.floats(), st.booleans())
ODD_TEXTS = [b"", b"  ", b"[1]", b"broken", b"\xef\xbb\xbf{}", b'{"line_id": "1", "unit": "\xff"}']
ODD_TEXTS += [b'{"line_id": "7", "hs_code": "\\ud83d\\ude00"}', b'{"line_id": [1, [2]], "x": {}}']


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(
            st.dictionaries(st.sampled_from([*LINE_COLUMNS, "else"]), OTHER_VALUES).map(
                lambda values: json.dumps({"line_id": "7"} | values).encode()
            ),
            st.sampled_from(ODD_TEXTS),
        ),
        max_size=8,
    )
)
def test_json_is_read_in_batches_as_by_row(rows):
    data = b"\n".join([json.dumps(dict.fromkeys(LINE_COLUMNS, "1")).encode(), *rows])
    assert by_batch(data, TableFormat.JSONL) == by_row(data, TableFormat.JSONL)


ARROW_COLUMNS = st.one_of(
    st.tuples(st.just(pa.string()), st.one_of(st.none(), st.text("aé耐 ", max_size=3))),
    st.tuples(st.just(pa.large_string()), st.sampled_from(["NIKE", "", "x" * 32_768, "a\0", " "])),
    st.tuples(st.just(pa.binary()), st.sampled_from([b"NIKE", b"\xff", None])),
    st.tuples(st.just(pa.int64()), st.one_of(st.none(), st.integers(-9, 9))),
    st.tuples(st.just(pa.float64()), st.sampled_from([1.0, 0.5, None, float("nan")])),
    st.tuples(st.just(pa.list_(pa.string())), st.sampled_from([["a", "b"], [], None])),
    st.tuples(st.just(pa.dictionary(pa.int8(), pa.string())), st.sampled_from(["a", "耐", None])),
    st.tuples(st.just(pa.date32()), st.sampled_from([date(2026, 11, 23), None])),
    st.tuples(st.just(pa.decimal128(9, 2)), st.sampled_from([Decimal("1.50"), None])),
)


@settings(deadline=None)
@given(st.data(), st.integers(0, 70))
def test_parquet_is_read_in_batches_as_by_row(data, count):
    columns = {"line_id": pa.array([f"l{n}" for n in range(count)], pa.string())}
    for name in [*LINE_COLUMNS[data.draw(st.integers(0, 1)) :], "else"]:
        kind, one = data.draw(ARROW_COLUMNS, label=name)
        rest = [one] * max(count - 2, 0)
        columns[name] = pa.array([None, *rest, one][:count], kind)
    file = parquet(columns)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrow_lines, "FEW_ROWS", data.draw(st.sampled_from([1, 8])))
        patch.setattr(arrow_lines, "MOST_BYTES", data.draw(st.sampled_from([0, 1 << 20])))
        assert by_batch(file, TableFormat.PARQUET) == by_row(file, TableFormat.PARQUET)


def test_a_part_with_bytes_that_are_no_text_is_narrowed_down():
    names = pa.array([b"fine"] * 99 + [b"\xff\xfe"], pa.binary()).view(pa.string())
    batch = pa.RecordBatch.from_pydict(
        {"line_id": list(map(str, range(100))), "goods_description": names}
    )
    parts = list(arrow_lines.arrow_lines(batch, np.arange(1, 101)))
    assert [(at, reject.reason) for part in parts for at, reject in part.rejects] == [
        (99, "encoding")
    ]
    assert [at for part in parts for at in part.positions] == list(range(99))
    assert len(parts) == 3


def test_batches_of_long_lines_have_fewer_of_them(monkeypatch):
    monkeypatch.setattr(batches, "LONGEST_BLOCK", 1_000)
    monkeypatch.setattr(delimited, "LONGEST_BLOCK", 1_000)
    row = "7," + "x" * 600 + ",,6403,1,PR,CN,A,B\n"
    with read_table(io.BytesIO((HEADER + row * 9).encode()), format=TableFormat.CSV) as table:
        assert [batch.lines for batch in read_batches(table)] == [2, 2, 2, 2, 1]
    lines = [Line("7", "x" * 600, "")] * 9
    assert [batch.lines for batch in batches_of(lines)] == [2, 2, 2, 2, 1]


def test_lines_become_columns_and_are_read_back():
    lines = [Line("1", "Nike", "", consignor="A"), Line("2", "", "\ud800", "64", consignee="耐")]
    columns = columns_of(lines)
    for at, line in enumerate(lines):
        assert tuple(columns.text(at, field) for field in range(len(FIELDS))) == texts(line)
    assert columns.points.dtype == np.uint32
    assert [batch.lines for batch in batches_of(iter(lines))] == [2]
    assert columns_of([]).starts.shape == (0, len(FIELDS))
