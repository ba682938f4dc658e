"""Screening on this machine: one process or several, in order, in bounded memory.

Hits do not depend on the number of workers or on the size of a batch: every line is screened by
itself against the same register and the same word usage.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from multiprocessing.context import BaseContext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from countermark.domain.matching import Background, Context, Screener
from countermark.domain.matching.core.columns import LineColumns
from countermark.engines.batches import Batch, compact
from countermark.engines.interrupts import Interrupts
from countermark.engines.screeners import open_screener, save_screener
from countermark.engines.writing import json_lines

BACKGROUND_LINES = 50_000
BACKGROUND_CHARACTERS = 1 << 24
"""Lines and characters at the beginning of a stream from which word usage is learned."""


@dataclass(frozen=True, slots=True)
class Screened:
    """A batch that has been screened: how many lines and hits, and the hits as JSON lines."""

    lines: int
    hits: int
    records: bytes


def learn_background(batches: Iterable[Batch]) -> tuple[Background, Iterator[Batch]]:
    """Return the word usage in the first lines of a stream, and the whole stream again.

    These are ``BACKGROUND_LINES``, or fewer where they have ``BACKGROUND_CHARACTERS``, for they
    wait in memory meanwhile.
    """
    stream = iter(batches)
    first: list[Batch] = []
    known: list[LineColumns] = []
    lines, characters = BACKGROUND_LINES, BACKGROUND_CHARACTERS
    while lines > 0 and characters > 0 and (batch := next(stream, None)):
        columns = compact(batch.columns)
        first.append(replace(batch, columns=columns))
        sizes = np.cumsum((columns.ends - columns.starts).sum(axis=1))
        count = min(lines, int(np.searchsorted(sizes, characters)) + 1)
        known.append(columns.first(count))
        lines -= batch.lines
        characters -= int(sizes[-1]) if batch.lines else 0
    return Background.of_columns(known), chain(first, stream)


def screen_stream(
    batches: Iterable[Batch], *, screener: Screener, top: int = 5, workers: int = 1
) -> Iterator[Screened]:
    """Yield the hits of a stream of lines, batch by batch, in the order of the lines.

    Args:
        batches: Declaration lines; read no further ahead than the workers need.
        screener: Register, word usage and scorecard.
        top: Most hits for one line.
        workers: Processes; with one, everything happens in this one.
    """
    if workers <= 1:
        yield from (_screened(screener, batch.columns, top) for batch in batches)
        return
    with Interrupts() as interrupts, _pool(screener, workers) as pool:
        try:
            yield from _in_order(pool, batches, top, 2 * workers, interrupts)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _pool(screener: Screener, workers: int) -> Iterator[ProcessPoolExecutor]:
    """Start processes that know the screener.

    Where it is safe they are forked: they share what this process has loaded and start at once.
    Elsewhere each starts anew, which takes seconds, and opens the register from a file.
    """
    global _worker  # noqa: PLW0603 - see _worker
    if _may_fork():
        _worker = screener
        gc.freeze()  # so that no worker's garbage collection copies the pages they share
        try:
            yield _executor(workers, "fork", ())
        finally:
            _worker = None
            gc.unfreeze()
        return
    with TemporaryDirectory(prefix="countermark-") as folder:
        path = Path(folder) / "register.index"
        save_screener(screener, path)
        yield _executor(workers, "spawn", (path, screener.context))


def _may_fork() -> bool:
    """Tell whether a copy of this process works: no thread but this one may hold a lock in it."""
    return sys.platform == "linux" and threading.active_count() == 1


def _executor(workers: int, method: str, known: tuple[Any, ...]) -> ProcessPoolExecutor:
    context: BaseContext = multiprocessing.get_context(method)
    start = partial(_start_worker, *known)
    return ProcessPoolExecutor(workers, mp_context=context, initializer=start)


def _in_order(
    pool: ProcessPoolExecutor,
    batches: Iterable[Batch],
    top: int,
    ahead: int,
    interrupts: Interrupts,
) -> Iterator[Screened]:
    """Yield results in the order of the batches as they are done, at most ``ahead`` under way."""
    waiting: deque[Future[Screened]] = deque()
    for batch in interrupts.each(batches):
        waiting.append(pool.submit(_work, batch.columns, top))
        while len(waiting) >= ahead or (waiting and waiting[0].done()):
            yield interrupts.result(waiting.popleft())
    while waiting:
        yield interrupts.result(waiting.popleft())


def _screened(screener: Screener, columns: LineColumns, top: int) -> Screened:
    hits = screener.screen_columns(columns, top)
    return Screened(len(columns.starts), len(hits.rows), json_lines(screener, columns, hits))


_worker: Screener | None = None
"""The screener of this worker process: the parent's where it was forked, else opened once."""


def _start_worker(path: Path | None = None, context: Context | None = None) -> None:
    global _worker  # noqa: PLW0603 - a worker process has no other place that outlives a task
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    if path is not None:
        _worker = open_screener(path, context, check=False)


def _work(columns: LineColumns, top: int) -> Screened:
    if _worker is None:
        raise RuntimeError("the worker was not started")
    return _screened(_worker, columns, top)
