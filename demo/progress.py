"""Says how far the demo has come: bars on a terminal, plain lines elsewhere or with NO_COLOR."""

from __future__ import annotations

import os
import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn


class Teller:
    """Tells progress on standard error; standard output is left to results."""

    def __init__(self) -> None:
        self._plain = not sys.stderr.isatty() or bool(os.environ.get("NO_COLOR"))
        self._tasks: dict[str, TaskID] = {}
        self._progress = Progress(
            TextColumn("  {task.description:<22}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[note]}"),
            console=Console(stderr=True),
            disable=self._plain,
        )

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def tell(self, what: str, done: int, total: int, note: str = "") -> None:
        """Say that ``done`` of ``total`` parts of something are done; ``note`` names the last."""
        if self._plain:
            print(f"{what} {done}/{total} {note}".rstrip(), file=sys.stderr, flush=True)
            return
        if what not in self._tasks:
            self._tasks[what] = self._progress.add_task(what, total=total, note="")
        self._progress.update(self._tasks[what], completed=done, total=total, note=note)
