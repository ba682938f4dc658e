"""Quality alone, on seeds of your choice, through ``countermark screen``: one table a corpus.

    python -m bench.quality SEED ... [--marks 50000] [--lines 25000] [--evasions shared|other]

Seeds that the model card names were learned from or calibrated on: take others.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from bench import costs, measures
from bench.corpora import make_corpus


def judged(corpus: Path, lines: int, *, floors: bool) -> Iterator[tuple[str, str]]:
    """Yield what is measured on a corpus and its figure; ``floors`` also names those missed."""
    hits = corpus / "quality.jsonl"
    costs.screen(corpus / "register.csv", corpus / "declarations.csv", hits, lines=lines)
    gold = measures.read_gold(corpus)
    scored = measures.line_scores(gold, hits)
    found = measures.quality(scored)
    alert = measures.line_scores(gold, hits, alert=True)
    precision, recall = measures.precision_at(alert, found.threshold)
    yield "F1", f"{found.f1:.3f}"
    yield "precision, recall", f"{found.precision:.3f}, {found.recall:.3f}"
    yield "recall at precision 0.8", f"{found.recall_at_precision_80:.3f}"
    yield "candidate recall", f"{found.candidate_recall:.3f}"
    yield "alert level: precision, recall", f"{precision:.3f}, {recall:.3f}"
    yield "calibration error", f"{measures.calibration_error(measures.calibration(gold, hits)):.3f}"
    yield "false alarms", str(sum(found.alarms_by_kind.values()))
    yield "share of the worst mark", f"{found.worst_mark_share:.3f}"
    if floors:
        typos, count = measures.typos_of_high_risk(corpus, gold, scored, found.threshold)
        yield "typos of marks at risk", f"{typos:.3f} of {count}"
        yield from _floors(found)


def _floors(found: measures.Quality) -> Iterator[tuple[str, str]]:
    for evasion, (recall, lines) in found.by_evasion.items():
        floor = measures.FLOORS.get(evasion, 0.0)
        missed = ", MISSED" if recall < floor else ""
        yield evasion, f"{recall:.3f} of {lines} (floor {floor:.2f}{missed})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("seeds", nargs="+", metavar="SEED")
    parser.add_argument("--marks", type=int, default=50_000)
    parser.add_argument("--lines", type=int, default=25_000)
    parser.add_argument("--evasions", choices=("shared", "other"), default="shared")
    args = parser.parse_args()
    for seed in args.seeds:
        corpus = make_corpus(seed, marks=args.marks, lines=args.lines, evasions=args.evasions)
        print(f"{corpus.name}:")
        for what, figure in judged(corpus, args.lines, floors=args.evasions == "shared"):
            print(f"  {what:32}{figure}", flush=True)


if __name__ == "__main__":
    main()
