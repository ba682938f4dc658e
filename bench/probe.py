"""What needs the product inside one process: its index, and the wait for a single line.

    python -m bench.probe index REGISTER      seconds and bytes to build, save and open an index
    python -m bench.probe latency CORPUS      milliseconds to screen one line after loading

Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from bench.corpora import read_lines, read_register
from countermark.domain.matching import Background, Context, Screener

T = TypeVar("T")
STREAM_LINES = 50_000
ASKED_LINES = 3_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("index", "latency"))
    parser.add_argument("corpus", type=Path)
    args = parser.parse_args()
    print(json.dumps((index_costs if args.what == "index" else latency)(args.corpus)))


def timed(act: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds an act takes and what it gives."""
    started = time.perf_counter()
    given = act()
    return time.perf_counter() - started, given


def index_costs(corpus: Path) -> dict[str, Any]:
    """Return what building, saving and opening the index of a register cost."""
    from countermark.domain.matching.core.registered import Index  # noqa: PLC0415
    from countermark.engines.index_file import open_index, save_index  # noqa: PLC0415

    marks = read_register(corpus)
    Index.of(marks[:100])  # what is loaded or compiled once is not the index's
    build_s, index = timed(lambda: Index.of(marks))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.index"
        save_s, _ = timed(lambda: save_index(index, path))
        open_s, _ = timed(lambda: open_index(path))
        size = path.stat().st_size
    return {
        "marks": len(marks),
        "build_s": build_s,
        "save_s": save_s,
        "open_s": open_s,
        "bytes": size,
    }


def latency(corpus: Path) -> dict[str, Any]:
    """Return how long single lines wait, lines that the screener has not seen before."""
    lines = read_lines(corpus)
    known, asked = lines[:STREAM_LINES], lines[-ASKED_LINES:]
    screener = Screener(read_register(corpus), Context(Background.of(known)))
    for line in known[:200]:
        screener.screen(line)
    waits = sorted(1000 * timed(lambda line=line: screener.screen(line))[0] for line in asked)
    cuts = statistics.quantiles(waits, n=1000)
    return {
        "lines": len(waits),
        "p50_ms": cuts[499],
        "p99_ms": cuts[989],
        "p999_ms": cuts[998],
        "worst_ms": waits[-1],
    }


if __name__ == "__main__":
    main()
