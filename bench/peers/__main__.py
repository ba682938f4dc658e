"""Run one peer over one file of lines and report what it cost.

    python -m bench.peers MATCHER --register R --declarations D --out HITS.jsonl
                          [--fold] [--stop] [--cue] [--stream STREAM]

Prints one JSON object: seconds to load and to run, peak memory, lines. Loading is everything before
the first line: packages, register, index, stop list.
"""

from __future__ import annotations

import time

STARTED_S = time.perf_counter()

import argparse  # noqa: E402 - the clock starts before the first import
import json  # noqa: E402
import resource  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from itertools import islice  # noqa: E402
from pathlib import Path  # noqa: E402

from bench.peers import exact, matchers, windows  # noqa: E402

TOP = 5
LINES_A_CALL = 500

Answers = Iterator[tuple[str, dict[str, float]]]


def main() -> None:
    args = _arguments()
    words = windows.read_words(args.register, args.fold)
    stop = windows.stop_list(args.stream, args.fold) if args.stop else frozenset()
    answer = _scan(args, words, stop) if args.matcher == "exact" else _match(args, words, stop)
    loaded_s, used_s = time.perf_counter(), time.process_time()
    lines = 0
    with args.out.open("w", encoding="utf-8") as out:
        for line, found in answer(windows.read_rows(args.declarations, args.fold)):
            lines += 1
            for right, score in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:TOP]:
                record = {"line_id": line, "right_id": right, "score": round(score, 4)}
                out.write(json.dumps(record) + "\n")
    report = {
        "lines": lines,
        "load_s": loaded_s - STARTED_S,
        "run_s": time.perf_counter() - loaded_s,
        "cpu_s": time.process_time() - used_s,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(report))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("matcher")
    for name in ("register", "declarations", "out", "stream"):
        parser.add_argument(f"--{name}", type=Path, required=name != "stream")
    for name in ("fold", "stop", "cue"):
        parser.add_argument(f"--{name}", action="store_true")
    return parser.parse_args()


def _scan(
    args: argparse.Namespace, words: dict[str, list[str]], stop: frozenset[str]
) -> Callable[[Iterator[windows.Row]], Answers]:
    scan = exact.automaton(words, stop, args.cue)
    return lambda rows: ((row.line, scan(row)) for row in rows)


def _match(
    args: argparse.Namespace, words: dict[str, list[str]], stop: frozenset[str]
) -> Callable[[Iterator[windows.Row]], Answers]:
    """Return what asks a matcher for every window once, however often it occurs."""
    texts = list(words)
    find = _matcher(args.matcher)(texts)
    known: dict[str, matchers.Found] = {}

    def wanted(window: windows.Window) -> bool:
        return window.text not in stop and (window.cued or not args.cue)

    def answers(rows: Iterator[windows.Row]) -> Answers:
        while chunk := list(islice(rows, LINES_A_CALL)):
            asked = [(row, [w for w in windows.windows(row) if wanted(w)]) for row in chunk]
            new = {w.text: w for _, found in asked for w in found if w.text not in known}
            known.update(zip(new, find(list(new.values())), strict=True))
            for row, found in asked:
                best: dict[str, float] = {}
                for window in found:
                    for at, score in known[window.text]:
                        for right in words[texts[at]]:
                            best[right] = max(best.get(right, 0.0), score)
                yield row.line, best

    return answers


def _matcher(name: str) -> Callable[[list[str]], matchers.Find]:
    if name == "pg_trgm":
        from bench.peers.postgres import pg_trgm  # noqa: PLC0415 - needs a PostgreSQL server

        return pg_trgm
    return getattr(matchers, name)


if __name__ == "__main__":
    main()
