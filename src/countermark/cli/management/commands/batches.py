from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from countermark.apps.accounts.selectors import officer_get
from countermark.apps.intake.services import batch_receive
from countermark.domain.errors import Refusal
from countermark.workflows.arrivals import batch_accept, batch_arrive


class Command(BaseCommand):
    """Load a batch of declarations and screen it, at once or in the background."""

    help = "Load declarations from CSV, XLSX, JSONL or Parquet and screen them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the verb, the file, the officer and what the file's titles do not say."""
        parser.add_argument("verb", choices=["load"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="username", required=True, metavar="USER")
        parser.add_argument("--set", action="append", default=[], metavar="FIELD=COLUMN")
        parser.add_argument("--background", action="store_true", help="leave it to the worker")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the batch and what became of its rows, separated by tabs."""
        mapping = dict(pair.partition("=")[::2] for pair in options["set"])
        receive = batch_accept if options["background"] else batch_receive
        try:
            by = officer_get(username=options["username"])
            with options["file"].open("rb") as stream:
                name = options["file"].name
                batch = receive(by=by, stream=stream, filename=name, mapping=mapping)
            run = None if options["background"] else batch_arrive(batch=batch)
        except (Refusal, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        batch.refresh_from_db()
        if batch.failure:
            raise CommandError(f"{batch.number}: {batch.failure}")
        rows = f"{batch.rows_loaded} loaded\t{batch.rows_duplicate} duplicate"
        hits = f"\t{run.hits_found} hits" if run else ""
        self.stdout.write(f"{batch.number}\t{rows}\t{batch.rows_rejected} rejected{hits}")
