"""Where the time of ``countermark screen`` goes, stage by stage and function by function.

    python -m bench.stages [--marks 50000] [--lines 100000] [--seed profile] [--workers 1]

Samples the command with py-spy (bench/requirements.txt) while it screens a generated corpus. Code
that numba compiled has no Python frames: its time is the line's that called it, which is enough to
tell the stages apart.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.corpora import ROOT, make_corpus
from bench.costs import SCREEN

SAMPLES_A_SECOND = 200
STAGES: tuple[tuple[str, str], ...] = (
    ("start, imports", r"<frozen importlib|importlib/|site\.py"),
    ("writing hits", r"engines/writing|screen\.py:HitWriter|json/(?:encoder|__init__)"),
    ("word usage", r"matching/(?:core/)?(?:background|usage)|learn_background"),
    ("reading the register, index", r"core/(?:build|register|marks|readings|memo)|engines/marks"),
    (
        "reading the register, index",
        r"engines/index_file|matching/(?:forms|index)\.py.*(?:_table|init)",
    ),
    ("reading lines", r"engines/(?:batches|tables|text_formats)|domain/matching/columns|csv\.py"),
    ("screening", r"matching/(?:core/screen|screener)|engines/local"),
    ("compiling, loading compiled code", r"numba/|llvmlite/"),
)
"""Stages and the frames that tell them; the first stage that any frame of a stack fits."""
FUNCTIONS = 20


def main() -> None:
    args = _arguments()
    corpus = make_corpus(args.seed, marks=args.marks, lines=args.lines)
    with tempfile.TemporaryDirectory() as folder:
        stacks = Path(folder) / "stacks.txt"
        _record(corpus, args.workers, stacks, Path(folder) / "hits.jsonl")
        print(report(stacks.read_text(encoding="utf-8").splitlines(), args.lines))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--marks", type=int, default=50_000)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", default="profile")
    return parser.parse_args()


def _record(corpus: Path, workers: int, stacks: Path, hits: Path) -> None:
    beside = Path(sys.executable).parent / "py-spy"
    program = str(beside) if beside.exists() else shutil.which("py-spy")
    if not program:
        raise SystemExit("py-spy is missing: install bench/requirements.txt")
    command: list[object] = [
        program,
        "record",
        "--format",
        "raw",
        "--output",
        stacks,
        "--subprocesses",
    ]
    command += ["--full-filenames", "--rate", SAMPLES_A_SECOND, "--", sys.executable, "-c", SCREEN]
    command += ["--register", corpus / "register.csv", "--out", hits, "--workers", workers]
    command += ["--declarations", corpus / "declarations.csv"]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run(list(map(str, command)), check=True, env=env, stdout=subprocess.DEVNULL)


def report(stacks: Sequence[str], lines: int) -> str:
    """Return the table of stages and functions for py-spy's raw stacks.

    Args:
        stacks: Lines such as ``main (a.py:1);inner (b.py:2) 37``: frames and samples.
        lines: Declaration lines that were screened.
    """
    stages, functions = Counter[str](), Counter[str]()
    for row in stacks:
        frames, _, count = row.rpartition(" ")
        samples = int(count)
        stages[stage_of(frames)] += samples
        functions[_short(frames.split(";")[-1])] += samples
    out = ["stage                                    seconds   share   us a line"]
    total = sum(stages.values())
    for name, samples in stages.most_common():
        seconds = samples / SAMPLES_A_SECOND
        share = samples / max(total, 1)
        out.append(f"{name:<40}{seconds:8.2f}{share:8.1%}{1e6 * seconds / lines:12.2f}")
    out += ["", "function                                                       seconds   share"]
    for name, samples in functions.most_common(FUNCTIONS):
        share = samples / max(total, 1)
        out.append(f"{name:<62}{samples / SAMPLES_A_SECOND:8.2f}{share:8.1%}")
    return "\n".join(out)


def stage_of(frames: str) -> str:
    """Return the stage that a stack of frames belongs to."""
    return next((name for name, frame in STAGES if re.search(frame, frames)), "everything else")


def _short(frame: str) -> str:
    """Return a frame without the folders before the package and without the line number."""
    name, _, place = frame.partition(" (")
    file = re.sub(r"^.*/(?:src|site-packages|lib/python[\d.]+)/", "", place.rstrip(")"))
    return f"{file.partition(':')[0]} {name}"[:60]


if __name__ == "__main__":
    main()
