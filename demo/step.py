"""Runs the story's steps on one node: ``python -m demo.step [NAME ...]``.

It runs in the environment of a node and says on standard output, one JSON object a line, which
step is done. Killed at any instant and run again, it comes to the same end: every step looks at
what is in the database, not at what an earlier process believed.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run the named steps, or all of this node's; return 0 when they are done."""
    import django  # noqa: PLC0415 - the environment is the node's only now

    django.setup()
    from demo.context import Context  # noqa: PLC0415 - models need Django
    from demo.story import afterwards_of, steps_of  # noqa: PLC0415

    folder = Path(os.environ["COUNTERMARK_DEMO_FOLDER"])
    today = date.fromisoformat((folder / "today.txt").read_text(encoding="ascii"))
    context = Context.of_node(folder, today)
    story = steps_of(context.side.code)
    steps = story | afterwards_of(context.side.code)
    wanted = set(sys.argv[1:] if argv is None else argv) or set(story)
    for number, (name, run) in enumerate(steps.items(), 1):
        if name in wanted:
            outcome = run(context) or {}
            said = {"code": context.side.code, "step": name, "number": number}
            print(json.dumps(said | {"total": len(story), "outcome": outcome}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
