"""Make a corpus with ../shared/bench/text, and read it as the product sees it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

from countermark.domain.matching.types import Line, RecordedMark

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / "bench"
TOOLS = ROOT.parent / "shared" / "bench" / "text"


def make_corpus(seed: str, *, marks: int, lines: int) -> Path:
    """Generate a corpus unless it is there, and return its folder.

    The public name lists it is made from are fetched into bench/data.
    """
    subprocess.run(["sh", TOOLS / "get-data.sh", BENCH], check=True)
    folder = BENCH / "out" / f"{seed}-{marks}-{lines}"
    if not (folder / "declarations.csv").exists():
        data = BENCH / "data"
        command = [sys.executable, "-B", TOOLS / "make_corpus.py", "--out", folder]
        command += ["--marks", str(marks), "--lines", str(lines), "--seed", seed]
        command += ["--nsi", data / "name-suggestion-index" / "package"]
        command += ["--icons", data / "simple-icons" / "package"]
        command += ["--words", data / "popular-english-words" / "package" / "words.js"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([sys.executable, "-B", TOOLS / "export.py", folder], check=True)
    return folder


def read_register(folder: Path) -> list[RecordedMark]:
    with (folder / "register.csv").open(newline="", encoding="utf-8") as file:
        return [
            RecordedMark(
                right_id=row["right_id"],
                kind=row["kind"],
                word=row["word"],
                word_zh_hans=row["word_zh_hans"],
                word_zh_hant=row["word_zh_hant"],
                nice_classes=tuple(map(int, row["nice_classes"].split())),
                holder=row["holder"],
                authorised_parties=tuple(row["authorised_parties"].split(";")),
            )
            for row in csv.DictReader(file)
        ]


def read_lines(folder: Path) -> list[Line]:
    with (folder / "declarations.csv").open(newline="", encoding="utf-8") as file:
        return [Line(**row) for row in csv.DictReader(file)]


def read_gold(folder: Path) -> dict[str, tuple[set[str], bool]]:
    """Return for every line the marks it names and whether naming them is an infringing use."""
    gold = {}
    with (folder / "gold.jsonl").open(encoding="utf-8") as file:
        for text in file:
            row = json.loads(text)
            gold[str(row["line"])] = ({str(mark) for mark in row["marks"]}, bool(row["label"]))
    return gold
