"""A corpus of 300 marks and 500 lines, made without any list of names from outside."""

from __future__ import annotations

import json
import random
import subprocess
import sys

import pytest
from bench.corpora import TOOLS

sys.path.insert(0, str(TOOLS))

from bench.evasions.lines import LineMaker

SYLLABLES = ("ka", "lo", "mi", "ren", "tos", "vel", "dur", "ban", "fi", "gra", "sel", "nor", "zam")
WORDS = ["apple", "orange", "galaxy", "target", "champion"]


def invented_marks(count):
    draw = random.Random("names")
    names = dict.fromkeys(WORDS)
    while len(names) < count:
        word = "".join(draw.choices(SYLLABLES, k=draw.choice([2, 3, 3, 4])))
        names[word if draw.random() < 0.8 else f"{word} {draw.choice(SYLLABLES)}sen"] = None
    return [
        {
            "id": at,
            "latin": name.title(),
            "hans": "",
            "hant": "",
            "classes": [draw.choice([3, 9, 14, 18, 25])],
            "tier": 0 if at < 20 else 1,
            "holder": f"{name.upper()} HOLDINGS",
            "authorised": [f"{name.upper()} LOGISTICS LTD"],
        }
        for at, name in enumerate(names)
    ]


def made_lines(seed, lines):
    marks = invented_marks(400)
    maker = LineMaker(marks[:300], marks[300:], WORDS, seed)
    return marks[:300], [maker.line(number, 0.2) for number in range(lines)]


@pytest.fixture(scope="session")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    marks, lines = made_lines("tests", 500)
    columns = {
        "register": marks,
        "lines": [line for line, _ in lines],
        "gold": [gold for _, gold in lines],
    }
    for name, rows in columns.items():
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, "-B", TOOLS / "export.py", folder], check=True)
    return folder
