"""Ctrl-C, put off to moments at which it does no harm."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, wait
from types import FrameType, TracebackType
from typing import Any, Final, TypeVar

T = TypeVar("T")

PATIENCE_S: Final = 0.1
_END: Final = object()


class Interrupts:
    """Lets Ctrl-C through only where this thread waits for something from outside.

    A pool of processes takes locks in the thread that uses it. An exception that comes between
    taking such a lock and letting it go would leave the pool's own thread waiting for ever, and
    the processes with it. Use as a context manager; in any thread but the main one, which alone
    gets signals, it changes nothing.
    """

    def __init__(self) -> None:
        self._seen = self._open = False
        self._before: Any = None
        self._main = threading.current_thread() is threading.main_thread()

    def __enter__(self) -> Interrupts:
        if self._main:
            self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._main:
            signal.signal(signal.SIGINT, self._before)

    def each(self, items: Iterable[T]) -> Iterator[T]:
        """Yield items; waiting for the next one can be interrupted.

        Raises:
            KeyboardInterrupt: Ctrl-C was pressed, now or since the last item.
        """
        source = iter(items)
        while (item := self._next(source)) is not _END:
            yield item

    def result(self, future: Future[T]) -> T:
        """Return the result of a future; waiting for it can be interrupted.

        Raises:
            KeyboardInterrupt: Ctrl-C was pressed.
        """
        while not wait((future,), timeout=PATIENCE_S).done:
            self._check()
        return future.result()

    def _next(self, source: Iterator[T]) -> Any:
        self._open = True
        try:
            self._check()  # after opening, so that no signal falls between the two
            return next(source, _END)
        finally:
            self._open = False

    def _check(self) -> None:
        if self._seen:
            raise KeyboardInterrupt

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._seen = True
        if self._open:
            raise KeyboardInterrupt
