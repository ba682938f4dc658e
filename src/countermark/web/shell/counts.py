"""How much waits at a place of the rail: one cheap count each, asked on every page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from countermark.apps.cases.selectors import case_list, deadline_due_list
from countermark.apps.register.selectors import offer_open_count, permission_list
from countermark.apps.register.selectors.mine import recordations_mine
from countermark.apps.screening.selectors import queue_counts

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Officer

SOON = timedelta(days=5)

Count = Callable[["Officer"], tuple[int, bool]]
"""The number beside a place, and whether it is urgent."""


def hits(officer: Officer) -> tuple[int, bool]:
    """Return how many hits wait for a decision; urgent where one is due within the hour."""
    counts = queue_counts(officer)
    return counts["open"], counts["due"] > 0


def cases(officer: Officer) -> tuple[int, bool]:
    """Return how many cases are open."""
    return case_list(visible_to=officer, state="open").count(), False


def deadlines(officer: Officer) -> tuple[int, bool]:
    """Return how many time limits end within ``SOON``; that is urgent by itself."""
    due = deadline_due_list(up_to=timezone.localdate() + SOON, visible_to=officer).count()
    return due, due > 0


def files(holder: Officer) -> tuple[int, bool]:
    """Return how many files wait for a right holder; those that customs asked about are urgent."""
    waiting = recordations_mine(visible_to=holder, show="to-do")
    return waiting.count(), waiting.filter(filed_on__isnull=False).exists()


def requests(officer: Officer) -> tuple[int, bool]:
    """Return how many traders wait for an answer, partners' offers included; urgent once late."""
    asked = permission_list(visible_to=officer, view="asked")
    late = asked.filter(answer_by__lt=timezone.now()).exists()
    return asked.count() + offer_open_count(visible_to=officer), late


COUNTS: dict[str, Count] = {
    "triage:queue": hits,
    "cases:list": cases,
    "cases:deadlines": deadlines,
    "trader:list": requests,
    "portal:home": files,
}
