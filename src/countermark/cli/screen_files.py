"""Files of ``countermark screen``: opened with messages that name them, and where bad rows go."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, TypeVar

from countermark.domain.errors import InvalidInput
from countermark.domain.matching import Model
from countermark.domain.matching.weights import MODEL
from countermark.engines.batches import Batch
from countermark.engines.models import read_model
from countermark.engines.tables import Reject, RejectWriter, Table, read_table

MESSAGES = {
    "missing-column": "{file} has no column “{field}”; its columns are: {found}",
    "duplicate-column": "{file} has two columns “{field}”",
    "empty-file": "{file} is empty",
    "unreadable-file": "{file} cannot be read as {format}: {detail}",
    "file-too-large": "{file} unpacks to {found} bytes, more than {limit}",
    "not-a-model": "{file} is not a model: {detail}",
}

T = TypeVar("T")


class Unusable(Exception):
    """The input as a whole cannot be used; the message says which file and why."""


def unusable(path: str, refusal: InvalidInput) -> Unusable:
    """Return the message for a file that as a whole cannot be used."""
    file = "standard input" if path == "-" else path
    return Unusable(MESSAGES[refusal.code].format(file=file, **refusal.params))


def open_table(path: str, needed: Sequence[str], stack: ExitStack) -> Table:
    """Open a table at once.

    Raises:
        Unusable: It is none, or lacks a needed column.
    """
    try:
        source = sys.stdin.buffer if path == "-" else path
        return stack.enter_context(read_table(source, needed=needed))
    except InvalidInput as refusal:
        raise unusable(path, refusal) from refusal


def guarded(path: str, items: Iterable[T]) -> Iterator[T]:
    """Yield what is read from a file.

    Raises:
        Unusable: The file turns out to be damaged further down.
    """
    try:
        yield from items
    except InvalidInput as refusal:
        raise unusable(path, refusal) from refusal


def scorecard(path: Path | None) -> Model:
    """Return the scorecard in a file; without one, that of the program."""
    if path is None:
        return MODEL
    try:
        return read_model(path)
    except InvalidInput as refusal:
        raise unusable(str(path), refusal) from refusal


def open_output(path: str, stack: ExitStack) -> BinaryIO:
    """Open the file for the hits, or standard output."""
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
                self.put(table, item)
            else:
                yield item

    def without(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """Yield batches of lines and put away the rejects among them."""
        for batch in batches:
            for reject in batch.rejects:
                self.put("declarations", reject)
            yield batch

    def put(self, table: str, reject: Reject) -> None:
        """Put away one reject of the named table."""
        self.count += 1
        if self._writer:
            self._writer.write(reject, table)
        else:
            print(f"{table}, line {reject.number}: {reject.message}", file=sys.stderr)
