"""Named places where a test may kill the process as hard as the kernel can.

Without ``COUNTERMARK_FAILPOINTS`` in the environment a failpoint is one falsy test. With it, a
comma-separated list such as ``deliver.answered,admit.stored:2``, the process sends itself SIGKILL
the first (or second) time it comes by: no handler, no flush, no rollback but the database's own.
"""

from __future__ import annotations

import os
import signal
from collections import Counter

from django.conf import settings

FAILPOINTS = (
    "enqueue.written",
    "lease.taken",
    "deliver.sealed",
    "deliver.answered",
    "deliver.recorded",
    "deliver.committed",
    "admit.opened",
    "admit.stored",
    "admit.handled",
    "admit.settled",
    "admit.committed",
)
_passed: Counter[str] = Counter()


def failpoint(name: str) -> None:
    """Die here if the environment says so."""
    if settings.COUNTERMARK_FAILPOINTS:
        _pass(name)


def _pass(name: str) -> None:
    _passed[name] += 1
    for armed in settings.COUNTERMARK_FAILPOINTS:
        place, _, time = armed.partition(":")
        if place == name and _passed[name] == int(time or 1):
            os.kill(os.getpid(), signal.SIGKILL)
