"""Screening on this machine: one process or several, in order, in bounded memory.

Hits do not depend on the number of workers or on the size of a chunk: every line is screened by
itself against the same register and the same word usage.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice

from countermark.domain.matching import Background, Context, Hit, Line, RecordedMark, Screener

CHUNK_LINES = 500
BACKGROUND_LINES = 50_000
"""Lines at the beginning of a stream from which word usage is learned."""


@dataclass(frozen=True, slots=True)
class Screened:
    """A chunk that has been screened: how many lines it had, and their hits in order."""

    lines: int
    hits: tuple[Hit, ...]


def learn_background(lines: Iterable[Line]) -> tuple[Background, Iterator[Line]]:
    """Return the word usage in the first lines of a stream, and the whole stream again."""
    stream = iter(lines)
    first = list(islice(stream, BACKGROUND_LINES))
    return Background.of(first), chain(first, stream)


def screen_stream(
    lines: Iterable[Line],
    *,
    marks: Sequence[RecordedMark],
    context: Context,
    top: int = 5,
    workers: int = 1,
) -> Iterator[Screened]:
    """Yield the hits of a stream of lines, chunk by chunk, in the order of the lines.

    Args:
        lines: Declaration lines; read no further ahead than the workers need.
        marks: The register.
        context: Word usage and scorecard.
        top: Most hits for one line.
        workers: Processes; with one, everything happens in this one.
    """
    chunks = _chunks(lines)
    if workers <= 1:
        screener = Screener(marks, context)
        yield from (_screened(screener, chunk, top) for chunk in chunks)
        return
    # Spawned and not forked: the same on every platform, and no thread or lock is inherited.
    pool = ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(marks, context),
    )
    try:
        yield from _in_order(pool, chunks, top, ahead=2 * workers)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, chunks: Iterator[list[Line]], top: int, ahead: int
) -> Iterator[Screened]:
    """Yield results in the order of the chunks, with at most ``ahead`` of them under way."""
    waiting: deque[Future[Screened]] = deque()
    for chunk in chunks:
        waiting.append(pool.submit(_work, chunk, top))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _chunks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    stream = iter(lines)
    while chunk := list(islice(stream, CHUNK_LINES)):
        yield chunk


def _screened(screener: Screener, chunk: Sequence[Line], top: int) -> Screened:
    return Screened(len(chunk), tuple(hit for line in chunk for hit in screener.screen(line, top)))


_worker: Screener | None = None
"""The screener of this worker process, built once when it starts."""


def _start_worker(marks: Sequence[RecordedMark], context: Context) -> None:
    global _worker  # noqa: PLW0603 - a worker process has no other place that outlives a task
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _worker = Screener(marks, context)


def _work(chunk: Sequence[Line], top: int) -> Screened:
    if _worker is None:
        raise RuntimeError("the worker was not started")
    return _screened(_worker, chunk, top)
