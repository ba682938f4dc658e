"""``countermark screen``: screen a table of declaration lines against a register.

    countermark screen --register REGISTER --declarations LINES --out HITS.jsonl
                       [--top 5] [--engine local|spark] [--workers N] [--staging DIR]
                       [--model FILE] [--rejects FILE]

Exit status: 0 finished, rejected rows or not; 2 the input as a whole cannot be used (a missing
column, an unreadable file, a wrong option); 130 interrupted, the hits written so far are whole.

This module imports no Django, so that it starts at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, TypeVar

from countermark.cli.screen_progress import ScreenProgress
from countermark.domain.errors import InvalidInput
from countermark.domain.matching import Context, Model, Screener
from countermark.domain.matching.weights import MODEL
from countermark.engines.batches import Batch, read_batches
from countermark.engines.local import learn_background, screen_stream
from countermark.engines.marks import (
    NEEDED_LINE_COLUMNS,
    NEEDED_REGISTER_COLUMNS,
    read_marks,
)
from countermark.engines.models import read_model
from countermark.engines.tables import (
    Reject,
    RejectWriter,
    Table,
    estimate_rows,
    read_table,
)
from countermark.engines.warming import is_compiled, warm

FINISHED, UNUSABLE, INTERRUPTED = 0, 2, 130

MESSAGES = {
    "missing-column": "{file} has no column “{field}”; its columns are: {found}",
    "duplicate-column": "{file} has two columns “{field}”",
    "empty-file": "{file} is empty",
    "unreadable-file": "{file} cannot be read as {format}: {detail}",
    "file-too-large": "{file} unpacks to {found} bytes, more than {limit}",
    "not-a-model": "{file} is not a model: {detail}",
}

COMPILING = "compiling the screener, once for this version"

T = TypeVar("T")


class Unusable(Exception):
    """The input as a whole cannot be used; the message says which file and why."""


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
    parser.add_argument("--register", required=True, metavar="FILE", help="recorded marks, or -")
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
    register = _open(args.register, NEEDED_REGISTER_COLUMNS, stack)
    table = _open(args.declarations, NEEDED_LINE_COLUMNS, stack)
    expected = None if args.declarations == "-" else estimate_rows(Path(args.declarations))
    out = _output(args.out, stack)
    progress = stack.enter_context(ScreenProgress(expected, sys.stderr))
    with progress.stage("reading the register"):
        marks = list(rejects.kept("register", read_marks(_guarded(args.register, register))))
    with progress.stage("loading the screener" if is_compiled() else COMPILING):
        warm()
    with progress.stage(f"indexing {len(marks):,} marks"):
        screener = Screener(marks)
    with progress.stage("learning word usage"):
        batches = rejects.without(_guarded(args.declarations, read_batches(table)))
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


def scorecard(path: Path | None) -> Model:
    """Return the scorecard in a file; without one, that of the program."""
    if path is None:
        return MODEL
    try:
        return read_model(path)
    except InvalidInput as refusal:
        raise unusable(str(path), refusal) from refusal


def _open(path: str, needed: Sequence[str], stack: ExitStack) -> Table:
    """Open a table at once; what is wrong with the file names the file."""
    try:
        source = sys.stdin.buffer if path == "-" else path
        return stack.enter_context(read_table(source, needed=needed))
    except InvalidInput as refusal:
        raise unusable(path, refusal) from refusal


def _guarded(path: str, items: Iterable[T]) -> Iterator[T]:
    try:
        yield from items
    except InvalidInput as refusal:
        raise unusable(path, refusal) from refusal


def unusable(path: str, refusal: InvalidInput) -> Unusable:
    """Return the message for a file that as a whole cannot be used."""
    file = "standard input" if path == "-" else path
    return Unusable(MESSAGES[refusal.code].format(file=file, **refusal.params))


def _output(path: str, stack: ExitStack) -> BinaryIO:
    if path == "-":
        return sys.stdout.buffer
    return stack.enter_context(Path(path).open("wb"))


class Rejects:
    """Where bad rows go: the reject file, or standard error if the hits go to standard output.

    Use as a context manager.
    """

    def __init__(self, args: argparse.Namespace) -> None:
        path = args.rejects or (None if args.out == "-" else Path(f"{args.out}.rejects"))
        self._writer = RejectWriter(path) if path else None
        self.count = 0

    def __enter__(self) -> Rejects:
        return self

    def __exit__(self, *exc_info: object) -> None:
        if self._writer:
            self._writer.close()

    def kept(self, table: str, items: Iterable[T | Reject]) -> Iterator[T]:
        """Yield what is good and put away what is not."""
        for item in items:
            if isinstance(item, Reject):
                self._put(table, item)
            else:
                yield item

    def without(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """Yield batches of lines and put away the rejects among them."""
        for batch in batches:
            for reject in batch.rejects:
                self._put("declarations", reject)
            yield batch

    def _put(self, table: str, reject: Reject) -> None:
        self.count += 1
        if self._writer:
            self._writer.write(reject, table)
        else:
            print(f"{table}, line {reject.number}: {reject.message}", file=sys.stderr)
