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
    "deadlines explain": "countermark.cli.deadlines_explain",
    "security quote": "countermark.cli.security_quote",
}

HELP = """usage: countermark COMMAND [...]

  demo         run two nodes with an invented world on this machine
  test         run the tests
  screen       compare a file of declaration lines with a file of recorded rights
  capsule      verify the signed file of a hit, offline
  deadlines explain   say which terms an act of the law starts, and count their days
  security quote      say which security the law asks for goods of a value
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
    for length in (1, 2):
        if module := PLAIN.get(" ".join(words[:length])):
            return _plain(module, words[length:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "countermark.config.settings")
    # Imported late: the commands above must not pay for Django's start.
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["countermark", *words])
    return 0


def _plain(module: str, words: Sequence[str]) -> int:
    try:
        status = int(import_module(module).main(words))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader, such as head, has seen enough. Nothing may be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


if __name__ == "__main__":
    sys.exit(main())
