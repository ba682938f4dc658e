from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from countermark.cli.rights_verbs import rights_in, rights_out
from countermark.domain.errors import Refusal

VERBS = {"import": rights_in, "export": rights_out}


class Command(BaseCommand):
    """Import rights from a file, show what that would do, or write rights out."""

    help = "Import or export rights; status 1 if refused, 3 where rows were rejected."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the verb, the file, the officer and how to show or write."""
        parser.add_argument("verb", choices=sorted(VERBS))
        parser.add_argument("file", help="a path, or - for standard input or output")
        parser.add_argument("--as", dest="username", required=True, metavar="USER")
        parser.add_argument("--dry-run", action="store_true", help="show, and write nothing")
        parser.add_argument("--json", action="store_true", help="one right per line, as JSON")
        parser.add_argument("--rejects", default="", metavar="PATH", help="copy rejected rows here")
        parser.add_argument("--format", choices=["st96", "csv"], default="st96")
        parser.add_argument("--query", default="", help="export only what matches, in any script")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what the verb says; what was read goes to standard output, counts to the other."""
        try:
            rejected = VERBS[options["verb"]](self, options)
        except (Refusal, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        if rejected:
            raise CommandError("some rows were rejected", returncode=3)
