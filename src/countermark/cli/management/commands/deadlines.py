from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from countermark.apps.accounts.selectors import officer_get
from countermark.apps.cases.selectors import deadline_due_list
from countermark.domain.errors import Refusal


class Command(BaseCommand):
    """List deadlines for other programs."""

    help = "List case deadlines due within N days; exit with status 3 if any is overdue."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the officer whose cases are meant, and how far to look."""
        parser.add_argument("--within", type=int, default=5, metavar="DAYS")
        parser.add_argument("--as", dest="username", required=True, metavar="USER")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per deadline."""
        today, overdue = timezone.localdate(), 0
        try:
            officer = officer_get(username=options["username"])
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        up_to = today + timedelta(days=options["within"])
        for deadline in deadline_due_list(up_to=up_to, visible_to=officer):
            overdue += deadline.due_on < today
            self.stdout.write(f"{deadline.due_on}\t{deadline.case.number}\t{deadline.source}")
        if overdue:
            raise CommandError(f"{overdue} deadlines overdue", returncode=3)
