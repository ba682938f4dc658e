from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand

from countermark.apps.exchange.services import pairing_bundle


class Command(BaseCommand):
    """Print this node's pairing bundle as JSON; make the node's keys the first time."""

    help = "Print what a partner needs to pair with this node: bundle, words and digits, as JSON."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the bundle."""
        self.stdout.write(json.dumps(pairing_bundle(), indent=2))
