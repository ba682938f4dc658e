"""A real Spark session on this machine: the same bytes as the local engine."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from countermark.cli.screen import main
from countermark.engines.marks import LINE_COLUMNS, REGISTER_COLUMNS

pytestmark = pytest.mark.slow

REGISTER = [
    ("1", "trade-mark", "Velundra", "薇伦卓", "薇倫卓", "18 25", "Meridian", "Meridian Trading"),
    ("2", "trade-mark", "Tormex", "", "", "9", "Meridian", ""),
    ("3", "trade-mark", "", "", "", "9", "Nobody", ""),
]
WORDS = ["SHOES", "BRAND:", "VELUNDRA", "VE1UNDRA", "velundro", "cover", "for", "TORMEX", "tormx"]
WORDS += ["薇伦卓", "薇 倫 卓", "棉制", "男袜", "red", "bag", "/", ","]


def made_lines(count):
    chance = random.Random(7)
    for number in range(count):
        text = " ".join(chance.choices(WORDS, k=7)) + ("\0" if number % 97 == 3 else "")
        brand = chance.choice(["", "VELUNDRA", "NO BRAND", "TORMEKS"])
        party = chance.choice(["X", "MERIDIAN TRADING"])
        line_id = "" if number % 71 == 5 else f"l{number}"
        yield (line_id, text, brand, "64039900", "1", "PR", "CN", party, "Y")


def write_csv(path, columns, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([columns, *rows])


def write_parquet(path, rows):
    columns = list(zip(*rows, strict=True))
    table = pa.table(dict(zip(LINE_COLUMNS, columns, strict=True)))
    pq.write_table(table, path, row_group_size=70)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a register and the same lines as CSV, as Parquet and as a folder of Parquet."""
    folder = tmp_path_factory.mktemp("spark")
    rows = list(made_lines(400))
    write_csv(folder / "register.csv", REGISTER_COLUMNS, REGISTER)
    write_csv(folder / "lines.csv", LINE_COLUMNS, rows)
    write_parquet(folder / "lines.parquet", rows)
    (folder / "parts").mkdir()
    write_parquet(folder / "parts" / "a.parquet", rows[:150])
    write_parquet(folder / "parts" / "b.parquet", rows[150:])
    return folder


def command(folder, declarations, out, *options):
    files = {"--register": "register.csv", "--declarations": declarations, "--out": out}
    named = [word for option, name in files.items() for word in (option, str(folder / name))]
    return [*named, *options]


def on_spark(folder, declarations, out):
    """Run the command in a process of its own, as an analyst does."""
    if shutil.which("java") is None:
        pytest.fail("Spark needs Java: apt install default-jre-headless")
    options = command(folder, declarations, out, "--engine", "spark", "--workers", "2")
    program = [sys.executable, "-m", "countermark.cli", "screen", *options]
    environment = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1"}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    done = subprocess.run(program, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.parametrize("declarations", ["lines.csv", "lines.parquet"])
def test_hits_and_rejects_are_those_of_the_local_engine_byte_for_byte(folder, declarations):
    main(command(folder, declarations, "local.jsonl"))
    on_spark(folder, declarations, "spark.jsonl")
    for name in ("jsonl", "jsonl.rejects"):
        local = (folder / f"local.{name}").read_bytes()
        assert len(local.splitlines()) > 5
        assert (folder / f"spark.{name}").read_bytes() == local
    assert list(folder.glob("countermark-*")) == []


def test_a_folder_of_parquet_becomes_a_folder_of_parquet(folder):
    main(command(folder, "lines.csv", "local.jsonl"))
    on_spark(folder, "parts", "hits.parquet")
    hits = pq.read_table(folder / "hits.parquet").to_pylist()
    local = [json.loads(line) for line in (folder / "local.jsonl").read_text("utf-8").splitlines()]
    assert hits == local
