"""Warming: the screener compiled and the register read before the first officer asks.

A web server and a task worker do so in the background as soon as they start; other commands do
not. Afterwards they keep up with the register, so that an officer finds it up to date.
"""

from __future__ import annotations

import fcntl
import gc
import logging
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection

from countermark.apps.screening.services import standing_refresh
from countermark.engines.warming import is_compiled, warm

EVERY_S: Final = 30.0
EARLY: Final = timedelta(minutes=5)
"""So much sooner than a request would have to, word usage is counted anew."""

log = logging.getLogger(__name__)


def screening_warm() -> None:
    """Load the screener's core and the register, and tell the log how long each took."""
    started = monotonic()
    _load_core()
    log.info("screener ready after %.1f s; reading the register", monotonic() - started)
    started = monotonic()
    rights = standing_refresh()
    # The register is a million objects that stay: no collection of garbage need look at them again.
    gc.collect()
    gc.freeze()
    log.info("register of %s rights ready after %.1f s", rights, monotonic() - started)


def _load_core() -> None:
    """Load the core; of processes that start together one compiles it, if that is not done yet."""
    if is_compiled():
        warm()
        return
    with (Path(settings.VAR_DIR) / "compiling").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not is_compiled():
            log.info("compiling the screener, once for this version: a minute or two")
        warm()


def keep_warm(stop: Event | None = None, every_s: float = EVERY_S) -> Thread:
    """Warm in a thread of its own, and keep up with the register until told to stop.

    It ends with the process. A database that cannot be asked, because it is not made yet or is
    away, is asked again later.
    """
    thread = Thread(target=_keep, args=(stop or Event(), every_s), name="warming", daemon=True)
    thread.start()
    return thread


def _keep(stop: Event, every_s: float) -> None:
    step = screening_warm
    while True:
        try:
            step()
            step = _keep_up
        except DatabaseError as error:
            log.warning("the register cannot be read yet: %s", error)
        finally:
            connection.close()
        if stop.wait(every_s):
            return


def _keep_up() -> None:
    standing_refresh(early=EARLY)
