"""Read a generated corpus as the product sees it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from countermark.domain.matching.types import Line, RecordedMark


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
