"""Progress of a screening run on standard error: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

PLAIN_EVERY_S = 5.0


class ScreenProgress:
    """Counts lines and hits and shows rate and time left. Use as a context manager.

    Args:
        expected: About how many lines there will be, or None.
        stream: Where to show it.
    """

    def __init__(self, expected: int | None, stream: TextIO) -> None:
        self.expected = expected
        self.lines = 0
        self.hits = 0
        self._stream = stream
        self._started_s = self._said_s = time.monotonic()
        self._bar = _bar(stream) if stream.isatty() else None
        self._task = self._bar.add_task("", total=expected, rate="") if self._bar else None

    def __enter__(self) -> ScreenProgress:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        if self._bar:
            self._bar.stop()

    @contextmanager
    def stage(self, doing: str) -> Iterator[None]:
        """Name what is being done before the first line can be screened, and say how long it took.

        Args:
            doing: Such as "reading the register".
        """
        started_s = time.monotonic()
        if self._bar and self._task is not None:
            self._bar.update(self._task, rate=f"{doing} ...", refresh=True)
        else:
            print(f"{doing} ...", end=" ", file=self._stream, flush=True)
        yield
        taken = f"{time.monotonic() - started_s:.1f} s"
        self._say(f"{doing} ... {taken}" if self._bar else taken)
        self._started_s = self._said_s = time.monotonic()

    def advance(self, lines: int, hits: int) -> None:
        """Count a chunk and show it, on a plain stream not more often than every five seconds."""
        self.lines += lines
        self.hits += hits
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=self.lines, rate=self._rate(), refresh=True)
        elif time.monotonic() - self._said_s >= PLAIN_EVERY_S:
            self._said_s = time.monotonic()
            self._say(f"{self.lines:,} lines, {self._rate()}, {self._left()}")

    def finish(self, rejected: int) -> None:
        """Say what has been done."""
        if self._bar:
            self._bar.stop()
        self._say(
            f"{self.lines:,} lines, {self.hits:,} hits, {rejected:,} rejected rows, {self._rate()}"
        )

    def _per_second(self) -> float:
        return self.lines / max(time.monotonic() - self._started_s, 1e-6)

    def _rate(self) -> str:
        return f"{self._per_second():,.0f} lines/s"

    def _left(self) -> str:
        if self.expected is None or not self.lines:
            return "time left unknown"
        seconds = max(self.expected - self.lines, 0) / self._per_second()
        return f"{seconds / 60:.0f} min left" if seconds >= 90 else f"{seconds:.0f} s left"

    def _say(self, text: str) -> None:
        if self._bar and self._bar.live.is_started:
            self._bar.console.print(text, highlight=False)
        else:
            print(text, file=self._stream, flush=True)


def _bar(stream: TextIO) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.completed:,.0f} lines"),
        BarColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(file=stream),
        transient=True,
        auto_refresh=False,  # it would take a thread, and a process with threads cannot be forked
    )
