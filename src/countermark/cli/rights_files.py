"""Files in and out of the ``rights`` command: paths, or ``-`` for standard input and output."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from django.core.files.storage import default_storage

from countermark.apps.register.uploads import MOST_BYTES
from countermark.domain.errors import InvalidInput

STANDARD = "-"
QUIET_S = 2.0
"""Seconds before progress is worth telling."""
_PIECE = 1 << 20


@contextmanager
def input_open(path: str) -> Iterator[BinaryIO]:
    """Open a file for reading; standard input is kept in a temporary file, up to the limit.

    Raises:
        InvalidInput: Standard input is longer than an upload may be.
        OSError: The file cannot be read.
    """
    if path != STANDARD:
        with Path(path).open("rb") as file:
            yield file
        return
    with tempfile.TemporaryFile() as copy:
        size = 0
        while piece := sys.stdin.buffer.read(_PIECE):
            size += len(piece)
            if size > MOST_BYTES:
                raise InvalidInput("file-too-large", field="file", limit=MOST_BYTES)
            copy.write(piece)
        copy.seek(0)
        yield cast("BinaryIO", copy)


def output_write(content: BinaryIO, path: str) -> None:
    """Write a file to a path, which is only replaced once it is whole, or to standard output.

    Raises:
        OSError: The file cannot be written.
    """
    if path == STANDARD:
        shutil.copyfileobj(content, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as part:
        shutil.copyfileobj(content, part)
    Path(part.name).replace(target)


def rejects_write(stored: str, path: str) -> str:
    """Copy a reject file to a path, where one is given, and return where it is.

    Raises:
        OSError: The file cannot be written.
    """
    if not path:
        return default_storage.path(stored)
    with default_storage.open(stored, "rb") as file:
        output_write(cast("BinaryIO", file), path)
    return path


class Progress:
    """Says how many rows have been read, not before two seconds and not more often than that."""

    def __init__(self, say: Callable[[str], object]) -> None:
        self._say = say
        self._said_s = time.monotonic()

    def __call__(self, rows: int) -> None:
        """Be told the number of rows read."""
        now = time.monotonic()
        if now - self._said_s >= QUIET_S:
            self._said_s = now
            self._say(f"{rows:,} rows read\n")
