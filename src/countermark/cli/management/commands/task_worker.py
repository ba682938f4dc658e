from __future__ import annotations

from typing import Any

from django_tasks_db.management.commands.db_worker import Command as DbWorker

from countermark.workflows.arrivals import arrivals_resume
from countermark.workflows.watching import retro_hunts_resume


class Command(DbWorker):
    """Work background tasks, beginning with those that died with an earlier worker."""

    help = "Load and screen batches and hunt back; takes up again what a killed worker left."

    def handle(self, *args: Any, **options: Any) -> None:
        """Put unfinished batches and hunts back to work, then work until told to stop."""
        arrivals_resume()
        retro_hunts_resume()
        super().handle(*args, **options)
