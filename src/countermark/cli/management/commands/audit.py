from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from countermark.apps.audit.selectors import audit_verify


class Command(BaseCommand):
    """Verify the audit log; exit with status 3 where it was rewritten."""

    help = "Walk the audit log from its beginning; exit with status 3 if it was rewritten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the one verb there is."""
        parser.add_argument("verb", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what the check found."""
        verdict = audit_verify()
        if not verdict.sound:
            raise CommandError(
                f"the log breaks at entry {verdict.broken_at} ({verdict.reason}); "
                f"{verdict.entries} entries before it hold",
                returncode=3,
            )
        self.stdout.write(f"sound\t{verdict.entries} entries\thead {verdict.head}")
