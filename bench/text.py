"""Text benchmark: Countermark and two peers side by side on a generated corpus.

    python -m bench.text [--marks 10000] [--lines 30000] [--seed report] [--peer-lines 5000]

Fetches three public name lists into bench/data (npm; never committed), makes a corpus with
../shared/bench/text/make_corpus.py, runs ``countermark screen`` and the peers on it, scores them
with ../shared/bench/text/score.py and writes bench/RESULTS.md. Needs bench/requirements.txt.

The scorecard was trained on the seeds named in src/countermark/domain/matching/weights.py; use
others here.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench import peers
from bench.corpora import BENCH, ROOT, TOOLS, make_corpus
from countermark.domain.matching import RULES_VERSION
from countermark.domain.matching.weights import MODEL

sys.path.insert(0, str(TOOLS))

import score

RESULTS = BENCH / "RESULTS.md"
SCREEN = "import sys; from countermark.cli.screen import main; sys.exit(main())"


def screen(corpus: Path, lines: int, *, workers: int) -> peers.Run:
    """Run ``countermark screen`` as a user would; its time includes start, index and word usage."""
    out = corpus / f"countermark-{workers}.jsonl"
    command = [sys.executable, "-c", SCREEN, "--register", corpus / "register.csv"]
    command += ["--declarations", corpus / "declarations.csv", "--out", out]
    command += ["--workers", str(workers)]
    before, started = children_cpu_s(), time.perf_counter()
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    elapsed = time.perf_counter() - started
    name = f"countermark screen, {workers} process{'es' if workers > 1 else ''}"
    return peers.Run(name, lines, elapsed, children_cpu_s() - before, out)


def children_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def quality(corpus: Path, run: peers.Run, *, alert: bool = False) -> dict[str, Any]:
    """Return the scorer's report on the lines the contender saw."""
    gold = list(score.read_jsonl(corpus / "gold.jsonl"))[: run.lines]
    return score.report(score.line_scores(gold, score.load_hits(run.hits, 5, alert), alert))


def calibration(corpus: Path, run: peers.Run) -> list[tuple[str, int, float, float]]:
    """Return bands of score: hits in it, mean score, share that name an accepted mark.

    Correct mentions on authorised and referential lines count neither way, as in matching quality.
    """
    gold = {row["line"]: row for row in score.read_jsonl(corpus / "gold.jsonl")}
    bands: dict[int, list[tuple[float, bool]]] = {}
    for hit in score.read_jsonl(run.hits):
        row = gold[int(hit["line_id"])]
        right = int(hit["right_id"]) in row["marks"]
        if row["label"] or not right:
            bands.setdefault(min(int(5 * hit["score"]), 4), []).append((hit["score"], right))
    return [
        (
            f"{band / 5:.1f}-{(band + 1) / 5:.1f}",
            len(found),
            sum(value for value, _ in found) / len(found),
            sum(right for _, right in found) / len(found),
        )
        for band, found in sorted(bands.items())
    ]


def table(header: str, rows: list[list[object]]) -> list[str]:
    columns = header.split(" | ")
    lines = [f"| {header} |", "|" + "---|" * len(columns)]
    return [*lines, *(f"| {' | '.join(map(str, row))} |" for row in rows), ""]


def render(args: argparse.Namespace, corpus: Path, runs: list[peers.Run]) -> str:
    first = runs[0]
    scored = {run.name: quality(corpus, run) for run in runs}
    alert = quality(corpus, first, alert=True)
    exact = next(run for run in runs if run.name.startswith("exact"))
    best = scored[first.name]
    lines = [
        "# Text benchmark",
        "",
        f"`python -m bench.text --marks {args.marks} --lines {args.lines} --seed {args.seed}"
        f" --peer-lines {args.peer_lines}`",
        "",
        f"{args.marks:,} marks, {args.lines:,} lines, 3 % prevalence, default mix, seed"
        f" “{args.seed}” (not one the scorecard was trained on). Rules {RULES_VERSION}, scorecard"
        f" {MODEL.name}. {os.cpu_count()} cores, {platform.machine()}, Python"
        f" {platform.python_version()}. Written by bench/text.py; do not edit.",
        "",
        "Lines per second run from the CSV file to the hits file; lines per CPU second are what one"
        " core does when it has nothing else to do. For Countermark both include its start, the"
        " index and the pass that learns word usage; for the peers the index is built before. Peers"
        " have its folding and no stop list. The fuzzy peer ran and is scored on the first"
        f" {args.peer_lines:,} lines.",
        "",
    ]
    header = "contender | lines/s | lines/CPU s | against exact scan | precision | recall | best F1"
    header += " | recall at P ≥ 0.8 | found at any score"
    rows: list[list[object]] = []
    for run in runs:
        r = scored[run.name]
        rows.append(
            [run.name, f"{run.rate:,.0f}", f"{run.cpu_rate:,.0f}"]
            + [f"{run.cpu_rate / exact.cpu_rate:.3f}"]
            + [r.get(key, 0.0) for key in ("precision", "recall", "f1")]
            + [r.get("recall_at_precision_0.8", 0.0), r.get("candidate_recall", 0.0)]
        )
    lines += table(header, rows)
    lines += [
        "Alert level (excused hits held back): precision"
        f" {alert['precision']}, recall {alert['recall']}, F1 {alert['f1']}; false alarms by kind"
        f" {json.dumps(alert['false_alarms_by_kind'])}. The worst mark causes"
        f" {best['worst_mark_share_of_false_alarms']:.1%} of false alarms.",
        "",
        "## Recall by evasion at the best threshold",
        "",
    ]
    evasions = sorted(best["recall_by_evasion"])
    names = [run.name for run in runs if "2 processes" not in run.name]
    rows = [
        [evasion, *(scored[name].get("recall_by_evasion", {}).get(evasion, "-") for name in names)]
        for evasion in evasions
    ]
    lines += table(" | ".join(["evasion", *names]), rows)
    lines += ["## Calibration", ""]
    bands = [
        [b, n, f"{mean:.3f}", f"{share:.3f}"] for b, n, mean, share in calibration(corpus, first)
    ]
    lines += table("score | hits | mean score | share that is right", bands)
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--marks", type=int, default=10_000)
    parser.add_argument("--lines", type=int, default=30_000)
    parser.add_argument("--peer-lines", type=int, default=5_000)
    parser.add_argument("--seed", default="report")
    args = parser.parse_args()
    if not all(
        map(importlib.util.find_spec, ("ToJyutping", "ahocorasick_rs", "opencc", "pypinyin"))
    ):
        raise SystemExit(f"first: {sys.executable} -m pip install -r bench/requirements.txt")
    corpus = make_corpus(args.seed, marks=args.marks, lines=args.lines)
    runs = [screen(corpus, args.lines, workers=1), screen(corpus, args.lines, workers=2)]
    exact, fuzzy = corpus / "exact.jsonl", corpus / "fuzzy.jsonl"
    runs.append(
        peers.run("exact scan with folding", corpus, peers.exact_scan, lines=args.lines, out=exact)
    )
    runs.append(
        peers.run(
            "rapidfuzz with folding", corpus, peers.fuzzy_matcher, lines=args.peer_lines, out=fuzzy
        )
    )
    if runs[0].hits.read_bytes() != runs[1].hits.read_bytes():
        raise SystemExit("two processes found other hits than one")
    RESULTS.write_text(render(args, corpus, runs), encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
