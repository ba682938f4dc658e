"""One reader for every format: good rows come out, bad ones say why, formulas stay text."""

import io
import json
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.domain.errors import InvalidInput
from countermark.engines.tables import (
    Reject,
    RejectWriter,
    Row,
    TableFormat,
    estimate_rows,
    jsonl,
    read_table,
    safe_cell,
    sheets,
    sniff_format,
)
from countermark.engines.tables.formats import LENIENT
from countermark.engines.tables.rows import REASONS

CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)


def rows(data, **options):
    if isinstance(data, str):
        data = data.encode()
    return list(read_table(io.BytesIO(data), **options))


def values(data, **options):
    return [tuple(row.values.values()) for row in rows(data, **options) if isinstance(row, Row)]


def reasons(data, **options):
    return [(r.number, r.reason) for r in rows(data, **options) if isinstance(r, Reject)]


def workbook(*lines):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def parquet(columns):
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "number", "reason"),
    [
        ("a,b,c\n1,2\n7,8,9", 2, "column-count"),
        ("a,b,c\n1,2,3,4\n7,8,9", 2, "column-count"),
        (b"a,b,c\n1,\xff\xfe,3\n7,8,9", 2, "encoding"),
        ("a,b,c\n1,\0,3\n7,8,9", 2, "nul-character"),
        ('a,b,c\n1,"\0",3\n7,8,9', 2, "nul-character"),
        ("a,b,c\n1," + "x" * 32_768 + ",3\n7,8,9", 2, "field-too-long"),
        ('a,b,c\n1,"' + "x" * 200_000 + '",3\n7,8,9', 2, "field-too-long"),
        ("x" * 9 + ",b,c\n" + "y" * (1 << 21) + "\n7,8,9", 2, "record-too-long"),
        ('a,b,c\n1,"open,3\n7,8,9', 2, "quotes"),
        ('a,b,c\n1,"open,3\n7,"8",9', 2, "quotes"),
        ('a,b,c\n1,"x"y,3\n7,8,9', 2, "quotes"),
    ],
)
def test_a_bad_csv_row_costs_itself_only(data, number, reason):
    assert reasons(data) == [(number, reason)]
    assert values(data) == [("7", "8", "9")]


def test_every_reject_explains_itself_in_a_sentence():
    for reject in rows("a,b\n1\n\0,2\n" + "x" * 40_000 + ",2"):
        assert reject.message.endswith(".")
        assert "{" not in reject.message
    assert {code for code in REASONS if not code.islower()} == set()


def test_line_breaks_in_quotes_belong_to_the_value():
    data = 'a,b,c\n1,"two\nlines, and a comma",3\r\n4,"a ""quoted"" word",6\n'
    assert values(data) == [
        ("1", "two\nlines, and a comma", "3"),
        ("4", 'a "quoted" word', "6"),
    ]
    assert [row.number for row in rows(data)] == [2, 4]


def test_an_open_quotation_mark_at_the_end_is_one_reject():
    assert reasons('a,b,c\n1,2,3\n4,"5') == [(3, "quotes")]


def test_empty_cells_beyond_the_columns_and_blank_lines_are_forgiven():
    assert values("a,b\n\n1,2,,,\n   \n3,4\n") == [("1", "2"), ("3", "4")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_from_the_header(delimiter):
    assert values(f"a,b;c|d\te\n1{delimiter}2".replace(",b;c|d\te", f"{delimiter}b")) == [
        ("1", "2")
    ]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5"],
)
def test_encodings_are_told_apart(encoding):
    goods = "運動鞋 香港貨物 品牌" if encoding == "big5" else "运动鞋 香港货物 品牌"
    text = "line_id,goods\n" + "".join(f"{n},{goods}\n" for n in range(9))
    assert values(text.encode(encoding)) == [(str(n), goods) for n in range(9)]


def test_one_line_of_another_encoding_does_not_change_the_encoding_of_a_file():
    text = "a,b\n" + "运,动\n" * 5
    data = text.encode() + "鞋,子\n".encode("gb18030") + "完,了\n".encode()
    assert reasons(data) == [(7, "encoding")]
    assert values(data)[-1] == ("完", "了")


def test_a_header_that_cannot_be_read_is_refused():
    with pytest.raises(InvalidInput, match="unreadable-file"):
        rows('"a"b,c\n1,2')


def test_a_quoted_value_may_run_over_a_line_with_other_quotes():
    assert values('a,b\n1,"x ""y\nz"" w"\n') == [("1", 'x "y\nz" w')]


def test_a_quoted_value_does_not_run_over_an_endless_line():
    data = 'a,b,c\n1,"open,3\n' + "y" * (1 << 21) + "\n7,8,9"
    assert reasons(data) == [(2, "quotes"), (3, "record-too-long")]
    assert values(data) == [("7", "8", "9")]


def test_the_error_handler_is_for_reading_only():
    with pytest.raises(UnicodeEncodeError):
        "\ud800".encode("utf-8", LENIENT)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8))
def test_what_the_csv_module_writes_is_read_back(table):
    import csv  # noqa: PLC0415 - only here, as the independent writer

    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerows([("a", "b", "c"), *table])
    assert values(stream.getvalue()) == table


@given(st.binary(max_size=400))
def test_no_bytes_whatever_break_the_reader(data):
    try:
        table = read_table(io.BytesIO(b"a,b\n1,2\n" + data))
    except InvalidInput:
        return
    for row in table:
        if isinstance(row, Row):
            "".join(row.values.values()).encode()  # would fail on broken Unicode


def test_a_thousand_broken_rows_lose_no_good_row():
    broken = [
        b"1,2",
        b"1,2,3,4",
        b"1,\xff\xfe\xfa,3",
        b"1,\x00,3",
        b'1,"open,3',
        b'1,"x"y,3',
        b"1," + b"z" * 50_000 + b",3",
        b'"',
    ]
    lines, good = [b"line_id,goods,brand"], []
    for n in range(2_000):
        if n % 2:
            lines.append(broken[n // 2 % len(broken)])
        else:
            good.append((str(n), f"=1+{n}" if n % 100 == 0 else f"鞋 {n}, wide", "a\nb"))
            lines.append(f'{n},"{good[-1][1]}","a\nb"'.encode())
    data = b"\n".join(lines)
    assert values(data) == good
    assert len(reasons(data)) == 1_000


def test_formulas_are_text_and_are_not_evaluated():
    assert values("a,b\n=1+1,@SUM(A1)") == [("=1+1", "@SUM(A1)")]
    assert values(workbook(("a", "b"), ("=1+1", "x"))) == [("=1+1", "x")]


def test_xlsx_cells_become_plain_text():
    import datetime  # noqa: PLC0415

    day = datetime.date(2026, 11, 23)
    noon = datetime.datetime(2026, 11, 23, 12)
    data = workbook(
        (), ("id", "hs", "on", "ok", ""), (1, 85171200.0, day, True, None), (), (2, 0.5, noon)
    )
    assert values(data) == [
        ("1", "85171200", "2026-11-23", "true"),
        ("2", "0.5", "2026-11-23T12:00:00", ""),
    ]
    assert [row.number for row in rows(data)] == [3, 5]


def test_jsonl_numbers_keep_their_digits_and_lists_are_joined():
    data = '{"a": 0.10, "b": 12345678901234567890, "c": [1, "x"], "d": null}\n'
    assert values(data, name="x.jsonl") == [("0.10", "12345678901234567890", "1;x", "")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "not-json"),
        ("[1]", "not-an-object"),
        ("[" * 100_000, "not-json"),
        ('{"a": {"b": 1}}', "nested-value"),
        ('{"a": [[1]]}', "nested-value"),
        ('{"a": "\\u0000"}', "nul-character"),
        ('{"a": "\\ud800"}', "encoding"),
    ],
)
def test_a_bad_json_line_costs_itself_only(text, reason):
    data = '{"a": "1"}\n' + text + '\n\n{"a": "2", "z": "late"}\n'
    assert reasons(data, needed=["a"]) == [(2, reason)]
    assert [row.values["a"] for row in rows(data, needed=["a"]) if isinstance(row, Row)] == [
        "1",
        "2",
    ]


def test_a_value_that_a_json_line_does_not_name_is_empty():
    assert values('{"a": 1, "b": 2}\n{"b": 3}\n') == [("1", "2"), ("", "3")]


def test_a_json_line_that_is_not_utf_8_is_rejected():
    data = b'{"a": "1"}\n{"a": "\xff"}\n'
    assert reasons(data, name="x.jsonl") == [(2, "encoding")]


def test_a_json_line_without_end_costs_itself_only():
    data = '{"a": "1"}\n{"a": "' + "x" * (1 << 23) + '"}\n{"a": "2"}\n'
    assert reasons(data) == [(2, "record-too-long")]
    assert values(data) == [("1",), ("2",)]


def test_json_lines_without_a_good_one_have_no_columns(monkeypatch):
    assert reasons("{\n[]\n", name="x.jsonl") == [(1, "not-json"), (2, "not-an-object")]
    monkeypatch.setattr(jsonl, "MOST_BAD_AT_START", 1)
    with pytest.raises(InvalidInput, match="missing-column"):
        rows('{\n{"a": 1}\n', name="x.jsonl", needed=["a"])


def test_parquet_values_become_plain_text():
    columns = {"id": [1, 2], "hs": ["8517", None], "tags": [["a", "b"], []]}
    data = parquet(columns | {"kind": pa.array(["x", "y"]).dictionary_encode()})
    assert values(data) == [("1", "8517", "a;b", "x"), ("2", "", "", "y")]


def test_a_parquet_value_that_is_not_text_costs_its_row_only():
    broken = pa.Array.from_buffers(
        pa.string(), 2, [None, pa.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0"), pa.py_buffer(b"\xffa")]
    )
    data = parquet({"a": broken, "b": [{"x": 1}, {"x": 2}]})
    assert reasons(data) == [(1, "nested-value"), (2, "nested-value")]
    assert reasons(parquet({"a": broken})) == [(1, "encoding")]
    assert values(parquet({"a": broken})) == [("a",)]


@pytest.mark.parametrize("data", [b"PK\x03\x04 not a workbook", b"PAR1 not parquet"])
def test_a_damaged_file_is_refused_as_a_whole(data):
    with pytest.raises(InvalidInput, match="unreadable-file"):
        rows(data)


def test_damage_further_down_is_refused_when_it_is_met():
    good = workbook(("a",), (1,), (2,))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[:-60] if "sheet1.xml" in name else data)
    with pytest.raises(InvalidInput, match="unreadable-file"):
        rows(stream.getvalue())
    pages = bytearray(parquet({"a": ["x" * 50, "y" * 50]}))
    pages[4:60] = bytes(56)
    with pytest.raises(InvalidInput, match="unreadable-file"):
        rows(bytes(pages))


def test_a_workbook_that_unpacks_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_UNPACKED_BYTES", 100)
    with pytest.raises(InvalidInput, match="file-too-large"):
        rows(workbook(("a",), (1,)))


def test_an_empty_workbook_has_no_columns():
    with pytest.raises(InvalidInput, match="missing-column"):
        rows(workbook(), needed=["a"])


def test_an_empty_file_is_refused():
    with pytest.raises(InvalidInput, match="empty-file"):
        rows(b"")


@pytest.mark.parametrize("data", [b"a,b\n1,2", b'{"a": 1, "b": 2}', workbook(("a", "b"), (1, 2))])
def test_a_missing_needed_column_is_refused_and_named(data):
    with pytest.raises(InvalidInput) as caught:
        rows(data, needed=["a", "goods"])
    assert (caught.value.code, caught.value.params["field"]) == ("missing-column", "goods")


def test_a_column_that_occurs_twice_is_refused_if_it_matters():
    assert values("a,x,x\n1,2,3", needed=["a"])
    with pytest.raises(InvalidInput, match="duplicate-column"):
        rows("a,a\n1,2", needed=["a"])


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("x.csv", b"a,b", TableFormat.CSV),
        ("x.csv", b"PAR1", TableFormat.PARQUET),
        ("x", b"PK\x03\x04", TableFormat.XLSX),
        ("x.jsonl", b"", TableFormat.JSONL),
        ("", b'\xef\xbb\xbf {"a": 1}', TableFormat.JSONL),
        ("", b"a;b", TableFormat.CSV),
    ],
)
def test_the_format_is_told_from_the_bytes_then_the_name(name, head, expected):
    assert sniff_format(name, head) is expected


def test_a_stream_that_cannot_go_back_is_read_all_the_same():
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

    assert list(read_table(Pipe(parquet({"a": ["1"]})))) == [Row(1, {"a": "1"})]


def test_a_stream_of_the_caller_stays_open_and_a_file_is_closed(tmp_path):
    stream = io.BytesIO(b"a\n1\n")
    list(read_table(stream))
    assert not stream.closed
    path = tmp_path / "x.csv"
    path.write_bytes(b"a\n1\n")
    with read_table(path) as table:
        assert table.columns == ("a",)
        assert table.format is TableFormat.CSV
    with pytest.raises(InvalidInput):
        read_table(path, needed=["b"])


def test_rows_are_estimated_without_reading_them_as_rows(tmp_path):
    for name, data, expected in [
        ("x.csv", b"a\n1\n2\n", 3),
        ("x.parquet", parquet({"a": [1, 2]}), 2),
        ("x.xlsx", workbook(("a",)), None),
    ]:
        (tmp_path / name).write_bytes(data)
        assert estimate_rows(tmp_path / name) == expected


def test_the_reject_file_speaks_of_this_run_only(tmp_path):
    path = tmp_path / "hits.rejects"
    path.write_text("old")
    with RejectWriter(path) as writer:
        assert not path.exists()
        writer.write(Reject(3, "encoding", "raw \udcff"), "declarations")
    record = json.loads(path.read_text(encoding="utf-8"))
    assert (record["table"], record["line"], record["reason"]) == ("declarations", 3, "encoding")
    assert record["raw"] == "raw \udcff"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_cells_that_a_spreadsheet_would_run_are_neutralised(start):
    assert safe_cell(f"{start}cmd|'/c calc'!A1").startswith("'")


def test_other_cells_stay_as_they_are():
    assert safe_cell("NIKE = shoes") == "NIKE = shoes"
