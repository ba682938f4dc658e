"""The ``countermark`` command: a few commands of its own, and Django's for everything else."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

# These start without Django, so that a file is being read a moment after Enter.
PLAIN = {
    "screen": "countermark.cli.screen",
    "capsule": "countermark.cli.capsule",
    "serve": "countermark.cli.serve",
}

HELP = """usage: countermark COMMAND [...]

  demo         run two nodes with an invented world on this machine
  test         run the tests
  screen       compare a file of declaration lines with a file of recorded rights
  capsule      verify the signed file of a hit, offline
  serve        run this node: web server, exchange worker and task worker
  rights       import recorded rights from a file
  batches      load a batch of declarations
  audit        verify the audit log
  migrate      bring the database up to date
  help         list every other command

countermark COMMAND --help says more."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in {"-h", "--help"}:
        print(HELP)
        return 0
    if module := PLAIN.get(words[0]):
        return int(import_module(module).main(words[1:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "countermark.config.settings")
    # Imported late: the commands above must not pay for Django's start.
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["countermark", *words])
    return 0


if __name__ == "__main__":
    sys.exit(main())
