"""``countermark screen``: screen a table of declaration lines against a register.

    countermark screen --register REGISTER --declarations LINES --out HITS.jsonl
                       [--index FILE] [--top 5] [--engine local|spark] [--workers N]
                       [--staging DIR] [--model FILE] [--rejects FILE]

Exit status: 0 finished, rejected rows or not; 2 the input as a whole cannot be used (a missing
column, an unreadable file, a wrong option); 130 interrupted, the hits written so far are whole.

This module imports no Django, so that it starts at once.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path

from countermark.cli.screen_files import (
    Rejects,
    Unusable,
    guarded,
    open_output,
    open_table,
    scorecard,
)
from countermark.cli.screen_progress import ScreenProgress
from countermark.cli.screen_register import RegisterFile
from countermark.domain.matching import Context
from countermark.engines.batches import read_batches
from countermark.engines.local import learn_background, screen_stream
from countermark.engines.marks import NEEDED_LINE_COLUMNS
from countermark.engines.tables import estimate_rows

FINISHED, UNUSABLE, INTERRUPTED = 0, 2, 130


def main(argv: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    args = _parser().parse_args(argv)
    try:
        if args.engine == "spark":
            _on_spark(args)
            return FINISHED
        with ExitStack() as stack:
            _screen(args, stack)
    except (Unusable, OSError) as error:
        print(f"countermark screen: {error}", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        print("countermark screen: interrupted; the hits so far are written", file=sys.stderr)
        return INTERRUPTED
    return FINISHED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="countermark screen",
        description="Screen declaration lines against a register of recorded marks.",
        epilog="Tables are .csv, .xlsx, .jsonl or .parquet; “-” is standard input or output.",
    )
    parser.add_argument("--register", metavar="FILE", help="recorded marks, or -")
    parser.add_argument("--index", type=Path, metavar="FILE", help="keep the register's index here")
    parser.add_argument("--declarations", required=True, metavar="FILE", help="lines, or -")
    parser.add_argument("--out", required=True, metavar="FILE", help="hits as JSON lines, or -")
    parser.add_argument("--top", type=_positive, default=5, metavar="N", help="hits per line (5)")
    parser.add_argument("--engine", choices=("local", "spark"), default="local")
    parser.add_argument("--workers", type=_positive, default=1, metavar="N", help="processes (1)")
    parser.add_argument("--model", type=Path, metavar="FILE", help="another model (JSON)")
    parser.add_argument("--rejects", type=Path, metavar="FILE", help="bad rows (OUT.rejects)")
    parser.add_argument("--staging", metavar="DIR", help="folder that all executors see (spark)")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _screen(args: argparse.Namespace, stack: ExitStack) -> None:
    """Read the register, learn word usage, screen, and write as it goes."""
    model = scorecard(args.model)
    rejects = stack.enter_context(Rejects(args))
    register = RegisterFile(args, stack)
    table = open_table(args.declarations, NEEDED_LINE_COLUMNS, stack)
    expected = None if args.declarations == "-" else estimate_rows(Path(args.declarations))
    out = open_output(args.out, stack)
    progress = stack.enter_context(ScreenProgress(expected, sys.stderr))
    screener = register.screener(rejects, progress)
    with progress.stage("learning word usage"):
        batches = rejects.without(guarded(args.declarations, read_batches(table)))
        background, batches = learn_background(batches)
    screener = screener.knowing(Context(background, model))
    for screened in screen_stream(batches, screener=screener, top=args.top, workers=args.workers):
        out.write(screened.records)
        out.flush()
        progress.advance(screened.lines, screened.hits)
    progress.finish(rejects.count)


def _on_spark(args: argparse.Namespace) -> None:
    # Loaded when asked for: a file is read a moment after Enter, and Spark takes its time.
    from countermark.cli.screen_spark import screen  # noqa: PLC0415

    screen(args)
