from __future__ import annotations

import logging
from typing import Any

from django.db import OperationalError
from django_tasks_db.management.commands.db_worker import Command as DbWorker

from countermark.workflows.arrivals import arrivals_resume
from countermark.workflows.patience import is_locked
from countermark.workflows.warming import keep_warm
from countermark.workflows.watching import retro_hunts_resume

log = logging.getLogger(__name__)


class Command(DbWorker):
    """Work background tasks, beginning with those that died with an earlier worker."""

    help = "Load and screen batches and hunt back; takes up again what a killed worker left."

    def handle(self, *args: Any, **options: Any) -> None:
        """Put unfinished batches and hunts back to work, then work until told to stop.

        Where SQLite was locked for longer than its timeout, begin anew instead of dying.
        """
        if not options["batch"]:
            keep_warm()
        while True:
            try:
                arrivals_resume()
                retro_hunts_resume()
                return super().handle(*args, **options)
            except OperationalError as error:
                if not is_locked(error):
                    raise
                log.warning("the database was locked for too long; beginning anew")
