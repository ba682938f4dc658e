from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from countermark.apps.accounts.selectors import officer_get
from countermark.apps.register.services import rights_import, rights_preview, rights_upload
from countermark.cli.rights_report import preview_json, preview_lines
from countermark.domain.errors import Refusal


class Command(BaseCommand):
    """Import rights from a file, or show what importing it would do."""

    help = "Import rights from CSV, XLSX, JSONL or Parquet; status 1 if refused, 3 with rejects."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the verb, the file, the officer and how to show what was read."""
        parser.add_argument("verb", choices=["import"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="username", required=True, metavar="USER")
        parser.add_argument("--dry-run", action="store_true", help="show, and write nothing")
        parser.add_argument("--json", action="store_true", help="one right per line, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each row with its status, then the counts on standard error."""
        try:
            by = officer_get(username=options["username"])
            with options["file"].open("rb") as stream:
                upload = rights_upload(by=by, stream=stream, filename=options["file"].name)
            preview = rights_preview(by=by, upload=upload)
            if not options["dry_run"]:
                rights_import(by=by, upload=upload, expected=preview.digest)
        except (Refusal, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        shown = (
            map(json.dumps, preview_json(preview)) if options["json"] else preview_lines(preview)
        )
        self.stdout.writelines(f"{line}\n" for line in shown)
        counts = f"{preview.new} new, {preview.changed} changed, {preview.unchanged} unchanged"
        self.stderr.write(f"{counts}, {preview.rejected} rejected")
        if preview.rejected:
            raise CommandError("some rows were rejected", returncode=3)
