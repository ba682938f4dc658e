"""Patience: steps that are taken again where SQLite was locked for longer than its timeout.

SQLite has one writer at a time. Everybody waits for half a minute before giving up, but an import
of a large register is one transaction and may take longer.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final, TypeVar

from django.db import OperationalError
from django_tasks_db.utils import is_locked_database_exception

T = TypeVar("T")

MOST_TRIES: Final = 20
"""Each waits for the database's own timeout, so that they last ten minutes in all."""

log = logging.getLogger(__name__)


def is_locked(error: OperationalError) -> bool:
    """Tell whether an error says that others kept the database for themselves for too long."""
    return is_locked_database_exception(error)


def patiently(step: Callable[[], T]) -> T:
    """Take a step that goes on where it stopped, again for as long as the database is locked.

    Raises:
        OperationalError: It was locked at every try, or something else is wrong with it.
    """
    for _ in range(MOST_TRIES - 1):
        try:
            return step()
        except OperationalError as error:
            if not is_locked(error):
                raise
            log.warning("the database was locked for too long; going on")
    return step()
