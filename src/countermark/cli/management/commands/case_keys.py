from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from countermark.apps.cases.services import keys_rebuild


class Command(BaseCommand):
    """Fill the keys by which cases are linked."""

    help = "Make the keys by which cases are linked anew, for every case; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many cases were gone through."""
        self.stdout.write(f"{keys_rebuild()}")
