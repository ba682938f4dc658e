from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from countermark.apps.exchange.checks import durability_faults
from countermark.apps.exchange.worker import exchange_work

POLL_S = 0.5


class Command(BaseCommand):
    """Deliver what is due in the outbox until told to stop."""

    help = "Deliver messages to partner nodes; SIGTERM stops after the batch in hand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how long to work and how often to look."""
        parser.add_argument("--once", action="store_true", help="one round, then stop")
        parser.add_argument("--until-idle", action="store_true", help="stop once all is settled")
        parser.add_argument("--poll-seconds", type=float, default=POLL_S, metavar="S")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse a database that could lose a receipt; then work."""
        if faults := durability_faults():
            raise CommandError("; ".join(faults), returncode=3)
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        done = exchange_work(
            stop=stop,
            poll_s=options["poll_seconds"],
            once=options["once"],
            until_idle=options["until_idle"],
        )
        self.stdout.write(f"sent\t{done.sent}\tsettled\t{done.settled}")
