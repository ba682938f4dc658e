from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from countermark.apps.accounts.selectors import officer_get
from countermark.apps.exchange.services import partner_pair
from countermark.domain.errors import Refusal


class Command(BaseCommand):
    """Pair with a partner's node in the name of an officer who heard its fingerprint."""

    help = "Pair with the node whose bundle is in FILE (- for standard input)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the bundle, the fingerprint as it was heard, and who heard it."""
        parser.add_argument("file", metavar="FILE", help="output of exchange_bundle over there")
        parser.add_argument("--fingerprint", required=True, help="ten words or groups, as heard")
        parser.add_argument("--officer", required=True, help="sign-in name of who heard them")

    def handle(self, *args: Any, **options: Any) -> None:
        """Pair, or say which check failed."""
        name = options["file"]
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        try:
            partner = partner_pair(
                bundle=json.loads(text)["bundle"],
                fingerprint=options["fingerprint"],
                fingerprint_confirmed_by=officer_get(username=options["officer"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError("that file is no pairing bundle", returncode=2) from error
        except Refusal as refusal:
            raise CommandError(str(refusal), returncode=3) from refusal
        self.stdout.write(f"paired\t{partner.node_id}\t{partner.base_url}")
