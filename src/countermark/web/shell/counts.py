"""How much waits at a place of the rail: one cheap count each, asked on every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from countermark.apps.screening.selectors import queue_counts

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Officer

Count = Callable[["Officer"], tuple[int, bool]]
"""The number beside a place, and whether it is urgent."""


def hits(officer: Officer) -> tuple[int, bool]:
    """Return how many hits wait for a decision; urgent where one is due within the hour."""
    counts = queue_counts(officer)
    return counts["open"], counts["due"] > 0


COUNTS: dict[str, Count] = {"triage:queue": hits}
