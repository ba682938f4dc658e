"""Make a corpus with ../shared/bench/text or with our own evasions, read it, and draw samples."""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from countermark.domain.matching.types import Line, RecordedMark

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / "bench"
TOOLS = ROOT.parent / "shared" / "bench" / "text"
NAMES = {
    "--nsi": Path("name-suggestion-index/package"),
    "--icons": Path("simple-icons/package"),
    "--words": Path("popular-english-words/package/words.js"),
}
"""Options of the generators and where in a folder of name lists their data lie."""


def make_corpus(
    seed: str,
    *,
    marks: int,
    lines: int,
    evasions: str = "shared",
    data: Path | None = None,
    out: Path = BENCH / "out",
) -> Path:
    """Generate a corpus unless it is there, and return its folder.

    Args:
        seed: Any text; the same seed and sizes give the same bytes.
        marks: Recorded marks in the register.
        lines: Declaration lines.
        evasions: ``shared`` for the generator of the design, ``other`` for bench/evasions.
        data: Folder of name lists; by default three public ones are fetched into bench/data.
        out: Where the folder is made.
    """
    name = seed if evasions == "shared" else f"{seed}-{evasions}"
    folder = out / f"{name}-{marks}-{lines}"
    if (folder / "declarations.csv").exists():
        return folder
    if data is None:
        data = BENCH / "data"
        subprocess.run(["sh", TOOLS / "get-data.sh", BENCH], check=True)
    script = [TOOLS / "make_corpus.py"] if evasions == "shared" else ["-m", "bench.evasions"]
    command = [sys.executable, "-B", *script, "--out", folder, "--seed", seed]
    command += ["--marks", str(marks), "--lines", str(lines)]
    for option, place in NAMES.items():
        command += [option, data / place]
    path = os.pathsep.join(map(str, (ROOT / "src", ROOT, TOOLS)))
    env = {**os.environ, "PYTHONPATH": path}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=env, cwd=ROOT)
    subprocess.run([sys.executable, "-B", TOOLS / "export.py", folder], check=True)
    return folder


def read_register(folder: Path) -> list[RecordedMark]:
    """Return the marks of a corpus."""
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
    """Return the lines of a corpus."""
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


def draw_sample(
    corpus: Path, labels: Sequence[bool], *, positives: int, negatives: int
) -> tuple[Path, list[int], list[float]]:
    """Write a stratified sample of a corpus for slow peers.

    Returns:
        The CSV file, the numbers of the lines in it, and for each the number of lines of the
        corpus that it stands for.
    """
    draw = random.Random(f"{corpus.name}/sample")
    chosen: dict[int, float] = {}
    for label, wanted in ((True, positives), (False, negatives)):
        there = [number for number, known in enumerate(labels) if known == label]
        taken = draw.sample(there, min(wanted, len(there)))
        chosen.update(dict.fromkeys(taken, len(there) / max(len(taken), 1)))
    numbers = sorted(chosen)
    path = corpus / f"sample-{positives}-{negatives}.csv"
    declarations = (corpus / "declarations.csv").open(newline="", encoding="utf-8")
    with declarations as source, path.open("w", newline="", encoding="utf-8") as target:
        rows = csv.reader(source)
        out = csv.writer(target)
        out.writerow(next(rows))
        out.writerows(row for number, row in enumerate(rows) if number in chosen)
    return path, numbers, [chosen[number] for number in numbers]
