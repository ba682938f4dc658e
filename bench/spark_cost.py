"""What a billion lines cost on a Spark cluster, computed from rates measured here.

    python -m bench.spark_cost --register R.csv --declarations L.csv [--lines 20000] [--passing]

Measured in one process: the function that executors run, Arrow batches in and hits out, in seconds
of processor time a line; what each Python worker needs to open the register; what the driver does
once. ``--passing`` starts a real Spark session on one core and measures what Spark itself adds a
line: reading Parquet and moving batches to Python and back. The page in the documentation shows
the output; the formula is printed with it.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from countermark.domain.matching import Background, Context, Line, RecordedMark, Screener
from countermark.engines.local import BACKGROUND_LINES
from countermark.engines.marks import LINE_COLUMNS, read_lines, read_marks
from countermark.engines.spark import session_get
from countermark.engines.spark_worker import FILE, NUMBER, screen_batches, screener_write
from countermark.engines.tables import read_table
from countermark.engines.warming import warm

BATCH = 16_000
TOP = 5
BILLION = 1_000_000_000
CORES = (8, 64, 256)
FORMULA = "hours = ((lines x (screening + passing) + cores x opening) / cores + driver) / 3600"


@dataclass(frozen=True, slots=True)
class Rates:
    """What was measured; seconds of processor time, ``passing`` of the clock on one core."""

    marks: int
    lines: int
    screening_s: float
    passing_s: float
    opening_s: float
    driver_s: float
    file_mb: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--register", type=Path, required=True)
    parser.add_argument("--declarations", type=Path, required=True)
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--passing", action="store_true")
    args = parser.parse_args()
    marks = [m for m in _read(args.register, read_marks) if isinstance(m, RecordedMark)]
    read = (line for line in _read(args.declarations, read_lines) if isinstance(line, Line))
    lines = list(islice(read, max(args.lines, BACKGROUND_LINES)))
    print(report(measured(marks, lines, args.lines, passing=args.passing)))


def _read(path: Path, reader: Any) -> Iterator[Any]:
    with read_table(path) as table:
        yield from reader(table)


def measured(
    marks: Sequence[RecordedMark], lines: Sequence[Line], count: int, *, passing: bool
) -> Rates:
    """Return the rates of this machine on these marks and lines."""
    with tempfile.TemporaryDirectory() as folder:
        warm()
        started = time.process_time()
        background = Background.of(lines[:BACKGROUND_LINES])
        job = screener_write(Path(folder), Screener(marks, Context(background)), TOP)
        driver = time.process_time() - started
        batches = _batches(lines[:count])
        started = time.process_time()
        list(screen_batches(batches[:1], job, lambda name: f"{folder}/{name}"))
        first = time.process_time() - started
        started = time.process_time()
        list(screen_batches(batches, job, lambda name: f"{folder}/{name}"))
        screening = (time.process_time() - started) / min(count, len(lines))
        return Rates(
            marks=len(marks),
            lines=min(count, len(lines)),
            screening_s=screening,
            passing_s=_passing(batches, Path(folder)) if passing else 0.0,
            opening_s=max(first - screening * batches[0].num_rows, 0.0),
            driver_s=driver,
            file_mb=(Path(folder) / job.register).stat().st_size / 1e6,
        )


def _batches(lines: Sequence[Line]) -> list[Any]:
    columns = {name: [getattr(line, name) for line in lines] for name in LINE_COLUMNS}
    numbers = {FILE: [""] * len(lines), NUMBER: list(range(1, len(lines) + 1))}
    return list(pa.table(numbers | columns).to_batches(max_chunksize=BATCH))


def _passing(batches: Sequence[Any], folder: Path) -> float:
    """Return what Spark adds a line: rows go to Python and none come back."""
    path = folder / "passing.parquet"
    copies = max(1, 1_000_000 // sum(batch.num_rows for batch in batches))
    table = pa.Table.from_batches([*batches] * copies)
    pq.write_table(table, path, row_group_size=BATCH * 8)
    session = session_get(1)
    try:
        frame = session.read.parquet(str(path))
        seconds = [_passed(frame) for _ in range(2)]
        return seconds[-1] / table.num_rows
    finally:
        session.stop()


def _passed(frame: Any) -> float:
    def swallow(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            yield batch.slice(0, 0)

    started = time.perf_counter()
    frame.mapInArrow(swallow, frame.schema).count()
    return time.perf_counter() - started


def report(rates: Rates) -> str:
    """Return the rates, the formula, and what a billion lines cost, as Markdown."""
    a_line = rates.screening_s + rates.passing_s
    lines = [
        f"Measured with {rates.marks:,} marks on {rates.lines:,} lines:",
        "",
        "| what | seconds |",
        "|---|---|",
        f"| screening, a line | {rates.screening_s:.7f} |",
        f"| passing through Spark, a line | {rates.passing_s:.7f} |",
        f"| opening the register, a worker | {rates.opening_s:.2f} |",
        f"| driver, once | {rates.driver_s:.1f} |",
        "",
        f"The file sent to every executor has {rates.file_mb:.1f} MB.",
        "",
        f"    {FORMULA}",
        "",
        "| cores | hours for a billion lines | core hours |",
        "|---|---|---|",
    ]
    for cores in CORES:
        seconds = (BILLION * a_line + cores * rates.opening_s) / cores + rates.driver_s
        lines.append(f"| {cores} | {seconds / 3600:,.1f} | {seconds / 3600 * cores:,.0f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
