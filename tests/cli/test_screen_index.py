"""An index kept in a file: made once, used again, never trusted blindly, never over other files."""

import csv

import pytest

from countermark.cli.screen import main
from countermark.engines.marks import LINE_COLUMNS, REGISTER_COLUMNS

MARK = ("1", "trade-mark", "Velundra", "薇伦卓", "", "25", "Meridian", "")
OTHER = ("2", "trade-mark", "Tormex", "", "", "9", "Meridian", "")
LINES = [
    ("a", "SHOES, BRAND: VE1UNDRA", "", "64039900", "1", "PR", "CN", "X", "Y"),
    ("b", "COVER TORMEX", "", "85177900", "1", "PC", "CN", "X", "Y"),
]


def write(path, columns, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([columns, *rows])


@pytest.fixture
def run(tmp_path):
    """Run the command with these options; returns its status and the bytes of the hits."""
    write(tmp_path / "register.csv", REGISTER_COLUMNS, [MARK])
    write(tmp_path / "lines.csv", LINE_COLUMNS, LINES)

    def command(*options, register="register.csv"):
        out = tmp_path / "hits.jsonl"
        out.unlink(missing_ok=True)
        named = ["--register", str(tmp_path / register)] if register else []
        lines = ["--declarations", str(tmp_path / "lines.csv"), "--out", str(out)]
        status = main([*named, *lines, *map(str, options)])
        return status, out.read_bytes() if out.exists() else b""

    return command


@pytest.fixture
def index(tmp_path):
    return tmp_path / "register.index"


def test_the_index_gives_the_hits_of_the_register(run, index):
    plain = run()
    assert plain[1].count(b"\n") == 1
    assert run("--index", index) == plain
    assert run("--index", index) == plain
    assert run("--index", index, register=None) == plain


def test_an_index_that_is_of_this_register_is_not_made_again(run, index, capsys):
    run("--index", index)
    written = index.stat()
    capsys.readouterr()
    run("--index", index)
    assert (index.stat().st_ino, index.stat().st_mtime_ns) == (written.st_ino, written.st_mtime_ns)
    assert "opening the index" in capsys.readouterr().err


def test_a_changed_register_is_indexed_anew(run, index, tmp_path):
    run("--index", index)
    write(tmp_path / "register.csv", REGISTER_COLUMNS, [MARK, OTHER])
    status, hits = run("--index", index)
    assert (status, hits.count(b"\n")) == (0, 2)
    assert run("--index", index, register=None) == (status, hits)


def test_a_file_that_is_no_index_is_left_as_it_is(run, index, capsys):
    index.write_bytes(b"a customer's spreadsheet")
    assert run("--index", index) == (2, b"")
    assert index.read_bytes() == b"a customer's spreadsheet"
    assert "no index of Countermark" in capsys.readouterr().err


def test_a_damaged_index_is_refused_by_name(run, index, capsys):
    run("--index", index)
    damaged = bytearray(index.read_bytes())
    damaged[-100] ^= 1
    index.write_bytes(damaged)
    assert run("--index", index, register=None) == (2, b"")
    assert str(index) in capsys.readouterr().err


def test_an_index_of_older_rules_is_made_again(run, index):
    plain = run("--index", index)
    older = index.read_bytes().replace(b'"rules":"', b'"rules":"0', 1)
    index.write_bytes(older)
    assert run("--index", index) == plain
    assert index.read_bytes() != older


@pytest.mark.parametrize(
    ("options", "register", "message"),
    [
        ((), None, "either --register or --index"),
        (("--index", "no-such.index"), None, "no-such.index"),
        (("--index", "some.index"), "no-such.csv", "no-such.csv"),
        (("--engine", "spark", "--index", "some.index"), "register.csv", "--index"),
    ],
)
def test_options_that_do_not_go_together_are_named(run, capsys, options, register, message):
    assert run(*options, register=register) == (2, b"")
    assert message in capsys.readouterr().err


def test_a_register_from_standard_input_has_no_index(run, index, tmp_path, capsys):
    lines = ["--declarations", str(tmp_path / "lines.csv"), "--out", str(tmp_path / "hits.jsonl")]
    assert main(["--register", "-", "--index", str(index), *lines]) == 2
    assert "a register in a file" in capsys.readouterr().err
    assert not index.exists()
