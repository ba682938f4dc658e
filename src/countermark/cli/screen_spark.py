"""``countermark screen --engine spark``: the same command on a cluster, with the same output."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from countermark.cli.screen_files import Unusable, scorecard, unusable
from countermark.cli.screen_register import COMPILING
from countermark.domain.errors import InvalidInput
from countermark.domain.matching import Context, RecordedMark, Screener
from countermark.engines.local import learn_background
from countermark.engines.marks import NEEDED_REGISTER_COLUMNS, read_marks
from countermark.engines.spark import (
    SparkMissing,
    found_write,
    hits_in_order,
    hits_parquet,
    lines_open,
    lines_read,
    rejects_in_order,
    session_get,
)
from countermark.engines.tables import Reject, RejectWriter, read_table
from countermark.engines.warming import is_compiled, warm

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def screen(args: argparse.Namespace) -> None:
    """Screen as the parsed options say.

    Raises:
        Unusable: PySpark is missing, or a file or an option is of no use on a cluster.
    """
    if args.index or not args.register:
        raise Unusable("the spark engine indexes the register itself: name it, and no --index")
    if "-" in {args.register, args.declarations, args.out}:
        raise Unusable("the spark engine reads and writes files; “-” is for the local engine")
    model = scorecard(args.model)
    with (
        RejectWriter(args.rejects or Path(f"{args.out}.rejects")) as rejects,
        _staging(args) as staging,
    ):
        marks = list(_marks(args.register, rejects))
        with _named(args.declarations):
            background, _ = learn_background(lines_read(args.declarations))
        _warm()
        screener = Screener(marks, Context(background, model))
        with _session(args.workers) as session, _named(args.declarations):
            lines = lines_open(session, args.declarations, staging)
            found = found_write(session, lines, screener=screener, top=args.top, staging=staging)
            hits = _write(found, args.out)
            for reject in rejects_in_order(lines, found):
                rejects.write(reject, "declarations")
            print(f"{hits:,} hits, {rejects.count:,} rejected rows", file=sys.stderr)


def _write(found: DataFrame, out: str) -> int:
    """Write the hits in the form that the name of the file asks for, and return their number."""
    if out.endswith(".parquet"):
        return hits_parquet(found, out)
    hits = 0
    with Path(out).open("w", encoding="utf-8") as file:
        for hit in hits_in_order(found):
            file.write(f"{hit}\n")
            hits += 1
    return hits


def _warm() -> None:
    """Compile before all workers of this machine do; the nodes of a cluster are warmed before."""
    if not is_compiled():
        print(f"{COMPILING} ...", file=sys.stderr)
    warm()


@contextmanager
def _session(workers: int) -> Iterator[SparkSession]:
    try:
        session = session_get(workers)
    except SparkMissing as error:
        raise Unusable(str(error)) from error
    try:
        yield session
    finally:
        session.stop()


@contextmanager
def _staging(args: argparse.Namespace) -> Iterator[Path]:
    """Make a folder for what is staged, and remove it in the end."""
    parent = Path(args.staging or Path(args.out).absolute().parent)
    folder = Path(tempfile.mkdtemp(prefix="countermark-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _marks(path: str, rejects: RejectWriter) -> Iterator[RecordedMark]:
    with _named(path), read_table(path, needed=NEEDED_REGISTER_COLUMNS) as table:
        for item in read_marks(table):
            if isinstance(item, Reject):
                rejects.write(item, "register")
            else:
                yield item


@contextmanager
def _named(path: str) -> Iterator[None]:
    """Say of a file that cannot be used which it is."""
    try:
        yield
    except InvalidInput as refusal:
        raise unusable(path, refusal) from refusal
