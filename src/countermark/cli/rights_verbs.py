"""The verbs of the ``rights`` command."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.management.base import BaseCommand

from countermark.apps.accounts.selectors import officer_get
from countermark.apps.register.selectors import right_list
from countermark.apps.register.services import rights_preview, rights_upload
from countermark.apps.register.services.exports import rights_export
from countermark.cli.rights_files import Progress, input_open, output_write, rejects_write
from countermark.cli.rights_report import counts_line, preview_json, preview_lines
from countermark.workflows.watching import rights_bring


def rights_in(command: BaseCommand, options: Mapping[str, Any]) -> int:
    """Import a file, or only look at it; show each row and return how many were rejected.

    Raises:
        Refusal: The officer may not import, or the file is refused.
        OSError: A file cannot be read or written.
    """
    by = officer_get(username=options["username"])
    with input_open(options["file"]) as stream:
        upload = rights_upload(by=by, stream=stream, filename=options["file"])
    progress = Progress(command.stderr.write)
    if options["dry_run"]:
        preview, rejects = rights_preview(by=by, upload=upload, progress=progress), ""
    else:
        result = rights_bring(by=by, upload=upload, progress=progress)
        preview, rejects = result.plan, result.rejects
    shown = preview_json(preview) if options["json"] else preview_lines(preview)
    for row in shown:
        command.stdout.write(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False))
    command.stderr.write(counts_line(preview))
    if rejects:
        command.stderr.write(f"rejected rows: {rejects_write(rejects, options['rejects'])}")
    return preview.rejected


def rights_out(command: BaseCommand, options: Mapping[str, Any]) -> int:
    """Write the rights that an officer sees and that match to a file; none can be rejected.

    Raises:
        Refusal: The officer may not export.
        OSError: The file cannot be written.
    """
    by = officer_get(username=options["username"])
    rights = right_list(visible_to=by, query=options["query"])
    written = rights_export(by=by, rights=rights, file_format=options["format"])
    with written.file:
        output_write(written.file, options["file"])
    left = f", {written.left_out} left out: not trade marks" if written.left_out else ""
    command.stderr.write(f"{written.count} rights written{left}")
    return 0
