"""The command line of screening: its contract, its refusals, its partial files."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from types import SimpleNamespace

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from countermark.cli import screen, screen_progress
from countermark.cli.screen import main
from countermark.domain.matching.model import Model, packed
from countermark.domain.matching.weights import MODEL
from countermark.engines.marks import LINE_COLUMNS, REGISTER_COLUMNS

REGISTER = [
    ("1", "trade-mark", "Nike", "耐克", "", "25", "Meridian", "Meridian Trading"),
    ("2", "trade-mark", "Samsung", "三星", "", "9", "Meridian", ""),
]
LINES = [
    ("a", "SHOES, BRAND: N1KE", "", "64039900", "1", "PR", "CN", "X", "Y"),
    ("b", "棉制男袜", "无品牌", "61159500", "1", "PR", "CN", "X", "Y"),
    ("c", "COVER FOR SAMSUNG", "SAMSUNG", "85177900", "1", "PC", "CN", "X", "Y"),
    ("d", "SHOES", "NIKE", "64039900", "1", "PR", "CN", "MERIDIAN TRADING", "Y"),
]
KEYS = [
    "line_id",
    "right_id",
    "score",
    "resemblance",
    "span",
    "field",
    "matched",
    "contributions",
    "excused",
    "register_version",
    "rules_version",
]


def as_csv(columns, table):
    stream = io.StringIO()
    csv.writer(stream).writerows([columns, *table])
    return stream.getvalue()


@pytest.fixture
def run(tmp_path):
    """Run the command on files in a folder of its own; the register is there already."""
    (tmp_path / "register.csv").write_text(as_csv(REGISTER_COLUMNS, REGISTER), encoding="utf-8")
    (tmp_path / "lines.csv").write_text(as_csv(LINE_COLUMNS, LINES), encoding="utf-8")

    def command(*options, declarations="lines.csv", register="register.csv", out="hits.jsonl"):
        paths = [p if p == "-" else str(tmp_path / p) for p in (register, declarations, out)]
        return main(
            ["--register", paths[0], "--declarations", paths[1], "--out", paths[2], *options]
        )

    command.folder = tmp_path
    command.hits = lambda: [
        json.loads(text)
        for text in (tmp_path / "hits.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    command.rejects = lambda: [
        json.loads(text)
        for text in (tmp_path / "hits.jsonl.rejects").read_text(encoding="utf-8").splitlines()
    ]
    return command


def test_hits_have_the_form_of_the_contract(run):
    assert run() == 0
    hits = run.hits()
    assert [list(hit) for hit in hits] == [KEYS] * len(hits)
    assert {hit["line_id"]: hit["right_id"] for hit in hits} == {"a": "1", "c": "2", "d": "1"}
    first = hits[0]
    assert (first["resemblance"], first["matched"]) == ("skeleton", "N1KE")
    assert LINES[0][1][slice(*first["span"])] == "N1KE"
    total = sum(part["points"] for part in first["contributions"])
    assert round(total, 4) == first["score"]
    assert hits[-1]["excused"] == "authorised"
    assert not (run.folder / "hits.jsonl.rejects").exists()


@pytest.mark.parametrize("extension", ["csv", "jsonl", "parquet", "xlsx"])
def test_every_format_gives_the_same_hits(run, extension):
    run()
    expected = run.hits()
    path = run.folder / f"lines2.{extension}"
    if extension == "csv":
        path.write_bytes(as_csv(LINE_COLUMNS, LINES).encode("gb18030"))
    elif extension == "jsonl":
        records = (dict(zip(LINE_COLUMNS, line, strict=True)) for line in LINES)
        path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    elif extension == "parquet":
        columns = zip(LINE_COLUMNS, zip(*LINES, strict=True), strict=True)
        pq.write_table(pa.table({name: list(cells) for name, cells in columns}), path)
    else:
        book = openpyxl.Workbook()
        for row in (LINE_COLUMNS, *LINES):
            book.active.append(row)
        book.save(path)
    assert run(declarations=path.name) == 0
    assert run.hits() == expected


def test_standard_input_and_output_can_take_the_place_of_files(run, monkeypatch, capsys):
    run()
    expected = (run.folder / "hits.jsonl").read_text(encoding="utf-8")
    capsys.readouterr()
    stdin = io.BytesIO((run.folder / "lines.csv").read_bytes() + b"broken\n")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stdin))
    assert run(declarations="-", out="-") == 0
    printed = capsys.readouterr()
    assert printed.out == expected
    assert "declarations, line 6: The row has 1 columns, not 9." in printed.err


def test_unknown_columns_are_ignored_and_unused_ones_may_be_missing(run):
    columns = ("extra", *LINE_COLUMNS[:4], *LINE_COLUMNS[7:])
    table = [("x", *line[:4], *line[7:]) for line in LINES]
    (run.folder / "lines.csv").write_text(as_csv(columns, table), encoding="utf-8")
    assert run() == 0
    assert len(run.hits()) == 3


@pytest.mark.parametrize("missing", ["goods_description", "declared_brand", "hs_code"])
def test_a_missing_column_is_named(run, capsys, missing):
    text = as_csv(LINE_COLUMNS, LINES).replace(missing, "other", 1)
    (run.folder / "lines.csv").write_text(text, encoding="utf-8")
    assert run() == 2
    error = capsys.readouterr().err
    assert f"lines.csv has no column “{missing}”" in error


def test_a_missing_column_of_the_register_is_named(run, capsys):
    text = as_csv(REGISTER_COLUMNS, REGISTER).replace("holder", "owner", 1)
    (run.folder / "register.csv").write_text(text, encoding="utf-8")
    assert run() == 2
    assert "register.csv has no column “holder”" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("none.csv", None, "No such file"),
        ("empty.csv", b"", "is empty"),
        ("bad.parquet", b"PAR1bad", "cannot be read as parquet"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(run, capsys, name, data, message):
    if data is not None:
        (run.folder / name).write_bytes(data)
    assert run(declarations=name) == 2
    error = capsys.readouterr().err
    assert name in error
    assert message in error


def test_bad_rows_go_to_the_reject_file_with_line_and_reason(run):
    lines = as_csv(LINE_COLUMNS, LINES).encode().splitlines(keepends=True)
    lines[2:2] = [b"too,few\n", b"\xff\xfe,,,,,,,,\n", b",no id,,,,,,,\n"]
    (run.folder / "lines.csv").write_bytes(b"".join(lines))
    with (run.folder / "register.csv").open("a", encoding="utf-8") as file:
        file.write("3,trade-mark,Word,,,shoes,,\n")
    assert run() == 0
    assert [(r["table"], r["line"], r["reason"]) for r in run.rejects()] == [
        ("register", 4, "invalid-value"),
        ("declarations", 3, "column-count"),
        ("declarations", 4, "encoding"),
        ("declarations", 5, "missing-value"),
    ]
    assert len(run.hits()) == 3


def test_rejects_can_go_elsewhere(run):
    with (run.folder / "lines.csv").open("a", encoding="utf-8") as file:
        file.write("x\n")
    assert run("--rejects", str(run.folder / "bad.jsonl")) == 0
    assert (run.folder / "bad.jsonl").exists()
    assert not (run.folder / "hits.jsonl.rejects").exists()


def test_top_limits_the_hits_of_a_line(run):
    text = as_csv(LINE_COLUMNS, [("a", "BRAND: NIKE SAMSUNG", "", "", "", "", "", "", "")])
    (run.folder / "lines.csv").write_text(text, encoding="utf-8")
    assert run("--top", "1") == 0
    assert len(run.hits()) == 1


def test_two_workers_write_the_same_file(run):
    run()
    expected = run.hits()
    assert run("--workers", "2") == 0
    assert run.hits() == expected


def test_another_model_can_be_used(run, capsys):
    path = run.folder / "model.json"
    flat = Model("flat", 0, 0, 0, (-1, 0, 0, 0), (0,))
    path.write_text(json.dumps({"packed": packed(flat)}), encoding="utf-8")
    assert run("--model", str(path)) == 0
    assert {hit["score"] for hit in run.hits()} == {0.5}
    path.write_text("{}", encoding="utf-8")
    assert run("--model", str(path)) == 2
    assert "model.json is not a model" in capsys.readouterr().err
    assert MODEL.name != "flat"


def test_without_pyspark_the_message_names_the_extra(run, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert run("--engine", "spark") == 2
    assert "countermark[spark]" in capsys.readouterr().err


@pytest.mark.parametrize("changed", [{"declarations": "-"}, {"register": "-"}, {"out": "-"}])
def test_the_spark_engine_reads_and_writes_files_only(run, capsys, changed):
    assert run("--engine", "spark", **changed) == 2
    assert "local engine" in capsys.readouterr().err


def test_the_spark_engine_names_a_missing_column_before_spark_is_started(run, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    (run.folder / "bad.csv").write_text("line_id,goods_description\n1,x\n", encoding="utf-8")
    assert run("--engine", "spark", declarations="bad.csv") == 2
    assert "bad.csv has no column “declared_brand”" in capsys.readouterr().err


@pytest.mark.parametrize("options", [["--top", "0"], ["--workers", "x"], ["--engine", "other"]])
def test_wrong_options_are_refused(run, options):
    with pytest.raises(SystemExit) as caught:
        run(*options)
    assert caught.value.code == 2


def test_an_interrupted_run_leaves_whole_lines(run, monkeypatch, capsys):
    def interrupted(*args, **options):
        yield next(original(*args, **options))
        raise KeyboardInterrupt

    original = screen.screen_stream
    monkeypatch.setattr(screen, "screen_stream", interrupted)
    assert run() == 130
    assert len(run.hits()) == 3
    assert "interrupted" in capsys.readouterr().err


def happens(what, within_s=120):
    """Return whether something comes true in time."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if what():
            return True
    return False


def gone(group):
    """Return whether no process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def feed(process, text):
    """Go on writing to the standard input of a process until it ends."""
    with suppress(BrokenPipeError):
        while True:
            process.stdin.write(text)


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_leaves_whole_lines_and_no_child(run, workers):
    header, *lines = as_csv(LINE_COLUMNS, LINES).splitlines(keepends=True)
    out = run.folder / "hits.jsonl"
    # Word usage from the first hundred lines, so that hits come while input is still open.
    code = (
        "import sys; from countermark.engines import local; local.BACKGROUND_LINES = 100;"
        "from countermark.cli.screen import main; sys.exit(main())"
    )
    options = ["--declarations", "-", "--out", str(out), "--workers", workers]
    process = subprocess.Popen(
        [sys.executable, "-c", code, "--register", str(run.folder / "register.csv"), *options],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        start_new_session=True,
    )
    process.stdin.write(header.encode())
    feeder = threading.Thread(target=feed, args=(process, "".join(lines * 100).encode()))
    feeder.start()
    try:
        assert happens(lambda: process.poll() is not None or (out.exists() and out.stat().st_size))
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=60) == 130
        assert happens(lambda: gone(process.pid), within_s=10)
    finally:
        # The whole group: a child left behind would hold the feeder's pipe open for ever.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        feeder.join()
        process.stdin.close()
    assert run.hits()


def test_progress_on_a_plain_stream_tells_rate_and_time_left(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(screen_progress.time, "monotonic", lambda: now[0])
    stream = io.StringIO()
    with screen_progress.ScreenProgress(100_000, stream) as progress:
        for lines in (0, 10_000, 1_000, 69_000):
            now[0] += 4.0
            progress.advance(lines, lines // 10)
        progress.finish(3)
    assert stream.getvalue().splitlines() == [
        "10,000 lines, 1,250 lines/s, 72 s left",
        "80,000 lines, 5,000 lines/s, 4 s left",
        "80,000 lines, 8,000 hits, 3 rejected rows, 5,000 lines/s",
    ]


def test_progress_names_the_stages_before_the_first_line(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(screen_progress.time, "monotonic", lambda: now[0])
    stream = io.StringIO()
    with screen_progress.ScreenProgress(None, stream) as progress:
        with progress.stage("reading the register"):
            now[0] += 2.0
        progress.advance(10, 1)
        now[0] += 1.0
        progress.finish(0)
    assert stream.getvalue().splitlines() == [
        "reading the register ... 2.0 s",
        "10 lines, 1 hits, 0 rejected rows, 10 lines/s",
    ]


def test_progress_without_an_expectation_says_so(monkeypatch):
    monkeypatch.setattr(screen_progress, "PLAIN_EVERY_S", 0.0)
    stream = io.StringIO()
    with screen_progress.ScreenProgress(None, stream) as progress:
        progress.advance(5, 0)
    assert "time left unknown" in stream.getvalue()


def test_progress_on_a_terminal_is_a_bar_that_goes_away():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    stream = Terminal()
    with screen_progress.ScreenProgress(10, stream) as progress:
        progress.advance(5, 1)
        progress.finish(0)
    assert "5 lines, 1 hits, 0 rejected rows" in stream.getvalue()


def test_the_command_starts_without_django():
    code = "import sys, countermark.cli.screen; sys.exit('django' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert (
        subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
    )
