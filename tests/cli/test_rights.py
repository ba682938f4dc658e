"""``countermark rights``: files from standard input, XML, exports and where rejects go."""

from __future__ import annotations

import csv
import io
import json
from types import SimpleNamespace

import pytest
from django.core.management import CommandError
from tests.cli.test_trade_commands import RIGHT, said
from tests.trade import recorded, table

from countermark.apps.register.models import Right
from countermark.cli import rights_files
from countermark.cli.rights_files import Progress

pytestmark = pytest.mark.django_db
BAD = RIGHT | {"registration_number": "300000002", "nice_classes": "99"}


@pytest.fixture
def piped(monkeypatch):
    def pipe(content: bytes) -> None:
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(content)))

    return pipe


def test_a_dash_reads_standard_input(lau, piped):
    piped(table([RIGHT]).getvalue())
    out, _ = said("rights", "import", "-", "--as", "lau", "--json")
    [shown] = [json.loads(line) for line in out.splitlines()]
    assert shown["right"]["holder"]["name"] == "Meridian Ltd"
    assert Right.objects.count() == 1


def test_standard_input_beyond_the_limit_is_refused(lau, piped, monkeypatch):
    monkeypatch.setattr(rights_files, "MOST_BYTES", 10)
    piped(b"x" * 11)
    with pytest.raises(CommandError, match="file-too-large"):
        said("rights", "import", "-", "--as", "lau")


def test_an_export_imports_again_to_the_same(lau, hongkong, tmp_path):
    recorded(lau, hongkong)
    for file_format in ("st96", "csv"):
        path = tmp_path / f"rights.{file_format}"
        _, err = said("rights", "export", str(path), "--as", "lau", "--format", file_format)
        assert err == "1 rights written\n"
        _, err = said("rights", "import", str(path), "--as", "lau")
        assert err == "0 new, 0 changed, 1 unchanged, 0 rejected\n"


def test_an_export_holds_what_matches_only(lau, hongkong, tmp_path):
    recorded(lau, hongkong)
    recorded(lau, hongkong, registration_number="300000002", word="ORLIVANE")
    path = tmp_path / "rights.csv"
    said("rights", "export", str(path), "--as", "lau", "--format", "csv", "--query", "orlivane")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [row["word"] for row in csv.DictReader(file)] == ["ORLIVANE"]


def test_rejected_rows_are_copied_where_they_are_asked_for(lau, tmp_path):
    path, rejects = tmp_path / "rights.csv", tmp_path / "rejects.csv"
    path.write_bytes(table([RIGHT, BAD]).getvalue())
    with pytest.raises(CommandError) as ended:
        said("rights", "import", str(path), "--as", "lau", "--rejects", str(rejects))
    assert ended.value.returncode == 3
    [row] = csv.DictReader(io.StringIO(rejects.read_text(encoding="utf-8-sig")))
    assert (row["registration_number"], row["reject_reason"]) == ("300000002", "class-out-of-range")


def test_a_hostile_file_ends_with_status_1_and_the_line(lau, tmp_path):
    path = tmp_path / "rights.csv"
    path.write_text('<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(CommandError, match=r"xml-dtd .*line=2") as ended:
        said("rights", "import", str(path), "--as", "lau")
    assert ended.value.returncode == 1


def test_who_may_not_export_is_refused(chan, tmp_path):
    with pytest.raises(CommandError):
        said("rights", "export", str(tmp_path / "x"), "--as", "chan")


def test_progress_is_told_after_two_seconds_and_not_before(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    told = io.StringIO()
    progress = Progress(told.write)
    for now[0], rows in ((1.0, 500), (2.0, 1000), (3.0, 1500)):
        progress(rows)
    assert told.getvalue() == "1,000 rows read\n"
