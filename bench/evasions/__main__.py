"""Write a corpus of the second kind: register.jsonl, lines.jsonl, gold.jsonl, meta.json.

    python -m bench.evasions --out FOLDER [--marks 50000] [--lines 30000] [--seed other]

The folder ../shared/bench/text must be on the path of modules; bench.corpora sees to that.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import make_corpus as shared

from bench.corpora import BENCH, NAMES
from bench.evasions.lines import LineMaker


def main() -> None:
    args = _arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    marks, held = shared.build_register(args)
    words = [word for word in shared.load_words(args.words)[:12_000] if word.isalpha()]
    maker = LineMaker(marks, held, words, args.seed)
    made = [maker.line(number, args.prevalence) for number in range(args.lines)]
    _write(args.out / "register.jsonl", marks)
    _write(args.out / "lines.jsonl", [line for line, _ in made])
    _write(args.out / "gold.jsonl", [gold for _, gold in made])
    counts = {
        "kinds": dict(sorted(Counter(gold["kind"] for _, gold in made).items())),
        "evasions": dict(sorted(Counter(gold["evasion"] for _, gold in made).items())),
    }
    (args.out / "meta.json").write_text(json.dumps(counts, indent=1), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--marks", type=int, default=50_000)
    parser.add_argument("--lines", type=int, default=30_000)
    parser.add_argument("--seed", default="other")
    parser.add_argument("--prevalence", type=float, default=0.03)
    parser.add_argument("--heldout-brands", type=float, default=0.15)
    for option, place in NAMES.items():
        parser.add_argument(option, default=str(BENCH / "data" / place))
    return parser.parse_args()


def _write(path: Path, rows: list[Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
