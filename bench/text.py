"""Text benchmark: Countermark and its peers side by side in one run, into bench/RESULTS.md.

    python -m bench.text [--quick] [--marks 50000] [--lines 200000] [--seed report-2026]

Makes corpora (public name lists, fetched into bench/data from npm), runs ``countermark screen`` and
every peer on them, and writes quality and speed as ratios within this run. Needs
bench/requirements.txt and PostgreSQL for pg_trgm; a peer that cannot run is named with its reason.
The scorecard's training seeds are named in its model card; use others here.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench import costs, measures
from bench.corpora import BENCH, draw_sample, make_corpus

PEERS: tuple[tuple[str, str, str], ...] = (
    ("rapidfuzz+/stop", "rapidfuzz", "--fold --stop"),
    ("rapidfuzz/stop", "rapidfuzz", "--stop"),
    ("tfidf+/stop", "tfidf", "--fold --stop"),
    ("tfidf/stop", "tfidf", "--stop"),
    ("pg_trgm+/stop", "pg_trgm", "--fold --stop"),
    ("tantivy+/stop", "tantivy", "--fold --stop"),
    ("fts5+/stop", "fts5", "--fold --stop"),
    ("duckdb+/stop", "duckdb", "--fold --stop"),
    ("logic-v2+/stop", "logic_v2", "--fold --stop"),
    ("logic-v1+/stop", "logic_v1", "--fold --stop"),
    ("rapidfuzz+/stop/cue", "rapidfuzz", "--fold --stop --cue"),
    ("duckdb+/stop/cue", "duckdb", "--fold --stop --cue"),
)
"""Fuzzy peers: name in the tables, matcher, what it is given. They run on a sample."""
SCANS: tuple[tuple[str, str, str], ...] = (
    ("exact+", "exact", "--fold"),
    ("exact+/stop", "exact", "--fold --stop"),
    ("exact", "exact", ""),
    ("exact+/stop/cue", "exact", "--fold --stop --cue"),
)
"""Exact scans; they run on all lines, the first of them cold beside Countermark for the ratio."""
OTHER_PEERS = ("rapidfuzz+/stop", "tantivy+/stop", "duckdb+/stop", "logic-v2+/stop")
REPEATS = 2
"""Runs of what is compared by the clock; the better one counts, for the machine is shared."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large everything is."""

    marks: int
    lines: int
    positives: int
    negatives: int
    other_lines: int
    large_marks: int
    million: int

    @classmethod
    def of(cls, args: argparse.Namespace) -> Sizes:
        """Return the sizes that the options ask for; quick ones leave the largest runs out."""
        if args.quick:
            return cls(min(args.marks, 10_000), min(args.lines, 40_000), 400, 600, 15_000, 0, 0)
        return cls(args.marks, args.lines, 1_000, 2_000, 40_000, 4 * args.marks, args.million)


@dataclass
class Results:
    """Everything measured, as plain values: what bench.report turns into pages."""

    about: dict[str, Any] = field(default_factory=dict)
    contenders: dict[str, dict[str, Any]] = field(default_factory=dict)
    other: dict[str, dict[str, Any]] = field(default_factory=dict)
    quality: dict[str, Any] = field(default_factory=dict)
    costs: dict[str, Any] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)


class Bench:
    """One run of the benchmark."""

    def __init__(self, sizes: Sizes, seed: str, say: Callable[[str], None]) -> None:
        self.sizes, self.seed, self.say = sizes, seed, say
        self.results = Results(about={"seed": seed, **asdict(sizes)})

    def run(self) -> Results:
        """Measure everything and return it."""
        corpus = self._corpus(self.seed, self.sizes.marks, self.sizes.lines)
        self._warm(corpus)
        self._product(corpus)
        self._scans(corpus)
        self._peers(corpus, PEERS, self.results.contenders)
        self._other()
        self._probes(corpus)
        if self.sizes.large_marks:
            self._large_register()
        if self.sizes.million:
            self._million()
        return self.results

    def _corpus(self, seed: str, marks: int, lines: int, evasions: str = "shared") -> Path:
        self.say(f"corpus {seed}: {marks:,} marks, {lines:,} lines, {evasions} evasions")
        return make_corpus(seed, marks=marks, lines=lines, evasions=evasions)

    def _screen(self, corpus: Path, lines: int, workers: int = 1) -> tuple[costs.Cost, Path]:
        self.say(f"countermark screen: {lines:,} lines, {workers} process(es)")
        out = corpus / f"countermark-{workers}.jsonl"
        register, declarations = corpus / "register.csv", corpus / "declarations.csv"
        return costs.screen(register, declarations, out, lines=lines, workers=workers), out

    def _warm(self, corpus: Path) -> None:
        """Let the core compile once, as the installation does."""
        few = corpus / "few.csv"
        with (corpus / "declarations.csv").open(encoding="utf-8") as source:
            few.write_text("".join(source.readline() for _ in range(50)), encoding="utf-8")
        self.say("compile once")
        out = corpus / "few.jsonl"
        cost = costs.screen(corpus / "register.csv", few, out, lines=49)
        self.results.costs["first_start_s"] = cost.elapsed_s

    def _product(self, corpus: Path) -> None:
        """Run Countermark and the exact scan by turns, both cold, and judge Countermark's hits."""
        ours, scans = [], []
        for _ in range(REPEATS):
            ours.append(self._screen(corpus, self.sizes.lines))
            self.say("exact+ on all lines, cold")
            scans.append(
                costs.peer(
                    "exact", "--fold", corpus, corpus / "declarations.csv", corpus / "exact+.jsonl"
                )
            )
        one, hits = min(ours, key=lambda pair: pair[0].elapsed_s)
        exact = min((cost for cost, _ in scans), key=lambda cost: cost.elapsed_s)
        two, hits_of_two = self._screen(corpus, self.sizes.lines, workers=2)
        self.results.costs |= {
            "one": asdict(one),
            "indexed": asdict(self._indexed(corpus)),
            "two": asdict(two),
            "exact": asdict(exact),
            "same_hits": hits.read_bytes() == hits_of_two.read_bytes(),
        }
        gold = measures.read_gold(corpus)
        scored = measures.line_scores(gold, hits)
        quality = measures.quality(scored)
        self.results.contenders["countermark"] = _row(quality, one.rate, one.peak_mb, 0.0)
        self.results.quality = self._judged(corpus, gold, hits, scored, quality)

    def _indexed(self, corpus: Path) -> costs.Cost:
        """Screen with an index that an earlier run has kept."""
        self.say("countermark screen --index")
        paths = (corpus / "register.csv", corpus / "declarations.csv", corpus / "indexed.jsonl")
        index, lines = corpus / "register.index", self.sizes.lines
        costs.screen(paths[0], corpus / "few.csv", corpus / "few.jsonl", lines=49, index=index)
        runs = (costs.screen(*paths, lines=lines, index=index) for _ in range(REPEATS))
        return min(runs, key=lambda cost: cost.elapsed_s)

    def _judged(
        self, corpus: Path, gold: measures.Gold, hits: Path, scored: Any, quality: Any
    ) -> dict[str, Any]:
        alert = measures.line_scores(gold, hits, alert=True)
        bands = measures.calibration(gold, hits)
        return {
            "alert": measures.precision_at(alert, quality.threshold),
            "alert_best": asdict(measures.quality(alert)),
            "high_risk_typos": measures.typos_of_high_risk(corpus, gold, scored, quality.threshold),
            "bands": [asdict(band) for band in bands],
            "calibration_error": measures.calibration_error(bands),
            "calibration_error_from_10": measures.calibration_error(bands, 0.1),
        }

    def _scans(self, corpus: Path) -> None:
        gold = measures.read_gold(corpus)
        for name, matcher, switches in SCANS:
            self.say(name)
            out = corpus / f"{name.replace('/', '-')}.jsonl"
            cost, report = costs.peer(matcher, switches, corpus, corpus / "declarations.csv", out)
            quality = measures.quality(measures.line_scores(gold, out))
            rate = report["lines"] / report["run_s"]
            self.results.contenders[name] = _row(quality, rate, cost.peak_mb, report["load_s"])

    def _peers(self, corpus: Path, peers: Any, table: dict[str, dict[str, Any]]) -> None:
        """Run fuzzy peers on a stratified sample, re-weighted to the corpus."""
        gold = measures.read_gold(corpus)
        path, numbers, weights = draw_sample(
            corpus,
            [bool(row["label"]) for row in gold],
            positives=self.sizes.positives,
            negatives=self.sizes.negatives,
        )
        known = [gold[number] for number in numbers]
        for name, matcher, switches in peers:
            self.say(f"{name} on {len(known):,} sampled lines")
            out = corpus / f"{name.replace('/', '-')}.jsonl"
            try:
                cost, report = costs.peer(matcher, switches, corpus, path, out)
            except RuntimeError as error:
                self.results.skipped[name] = str(error).strip().splitlines()[-1]
                continue
            quality = measures.quality(measures.line_scores(known, out), weights)
            rate = report["lines"] / report["run_s"]
            table[name] = _row(quality, rate, cost.peak_mb, report["load_s"])

    def _other(self) -> None:
        """Measure what generalises: evasions and layouts that nobody tuned on."""
        corpus = self._corpus(self.seed, self.sizes.marks, self.sizes.other_lines, "other")
        cost, hits = self._screen(corpus, self.sizes.other_lines)
        gold = measures.read_gold(corpus)
        quality = measures.quality(measures.line_scores(gold, hits))
        self.results.other["countermark"] = _row(quality, cost.rate, cost.peak_mb, 0.0)
        known = tuple(peer for peer in (*SCANS[:1], *PEERS) if peer[0] in {"exact+", *OTHER_PEERS})
        self._peers(corpus, known, self.results.other)

    def _probes(self, corpus: Path) -> None:
        for what in ("index", "latency"):
            self.say(what)
            _, said = costs.run(["-m", "bench.probe", what, corpus], lines=0)
            self.results.costs[what] = json.loads(said.splitlines()[-1])

    def _large_register(self) -> None:
        """Screen the same lines against a register four times as large."""
        large = self._corpus(f"{self.seed}-large", self.sizes.large_marks, self.sizes.lines)
        small = large / "small.csv"
        with (large / "register.csv").open(encoding="utf-8") as source:
            rows = (source.readline() for _ in range(self.sizes.marks + 1))
            small.write_text("".join(rows), encoding="utf-8")
        lines, out = self.sizes.lines, large / "countermark.jsonl"
        for name, register in (
            ("small_register", small),
            ("large_register", large / "register.csv"),
        ):
            self.say(f"countermark screen, {name.replace('_', ' ')}")
            cost = costs.screen(register, large / "declarations.csv", out, lines=lines)
            self.results.costs[name] = asdict(cost)
        _, said = costs.run(["-m", "bench.probe", "index", large], lines=0)
        self.results.costs["large_index"] = json.loads(said.splitlines()[-1])

    def _million(self) -> None:
        """Screen a million lines in one process and in two; then throw them away."""
        lines = self.sizes.million
        corpus = self._corpus(f"{self.seed}-million", self.sizes.marks, lines)
        one, hits = self._screen(corpus, lines)
        two, hits_of_two = self._screen(corpus, lines, workers=2)
        same = hits.read_bytes() == hits_of_two.read_bytes()
        self.results.costs["million"] = {"one": asdict(one), "two": asdict(two), "same_hits": same}


def _row(quality: measures.Quality, rate: float, peak_mb: float, load_s: float) -> dict[str, Any]:
    return {**asdict(quality), "rate": rate, "peak_mb": peak_mb, "load_s": load_s}


def main() -> None:
    from bench.report import render  # noqa: PLC0415 - only where there is something to write

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--marks", type=int, default=50_000)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--million", type=int, default=1_000_000, help="lines of the longest run")
    parser.add_argument("--seed", default="report-2026")
    parser.add_argument("--quick", action="store_true", help="small sizes, three or four minutes")
    parser.add_argument("--out", type=Path, default=BENCH / "RESULTS.md")
    args = parser.parse_args()
    started = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {text}", file=sys.stderr, flush=True)

    results = Bench(Sizes.of(args), args.seed, say).run()
    results.about |= {"command": " ".join(["python -m bench.text", *sys.argv[1:]])}
    results.about |= {"minutes": (time.monotonic() - started) / 60}
    (BENCH / "out" / "results.json").write_text(json.dumps(asdict(results)), encoding="utf-8")
    args.out.write_text(render(asdict(results)), encoding="utf-8")
    print(args.out.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
