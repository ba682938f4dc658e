from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from countermark.workflows.clockwork import day_begin


class Command(BaseCommand):
    """Do what time alone brings about; to be run every day after midnight."""

    help = "Start due operations, count provisional deadlines anew; run it once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many rows each job changed."""
        for job, changed in day_begin(today=timezone.localdate()).items():
            self.stdout.write(f"{job}\t{changed}")
