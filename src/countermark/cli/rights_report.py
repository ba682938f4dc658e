"""How the ``rights`` command shows what it read: for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from countermark.apps.register.plan import ImportPreview


def preview_lines(preview: ImportPreview) -> Iterator[str]:
    """Yield one tab-separated line a row: line, status, number, mark, differences or problems."""
    for row in preview.rows:
        details = [f"{d.field}: {d.before!r} -> {d.after!r}" for d in row.differences]
        details += [f"{p.field}: {p.reason}" for p in row.problems]
        said = (str(row.line), row.status.value, row.registration_number, row.label)
        yield "\t".join((*said, "; ".join(details))).rstrip("\t")


def preview_json(preview: ImportPreview) -> Iterator[dict[str, object]]:
    """Yield one object a row, with the right as it was read."""
    for row in preview.rows:
        right = asdict(row.entry.right) if row.entry else {}
        yield {
            "line": row.line,
            "status": row.status.value,
            "differences": [asdict(difference) for difference in row.differences],
            "problems": [asdict(problem) for problem in row.problems],
            "right": {
                name: value if isinstance(value, (str, tuple)) else str(value)
                for name, value in right.items()
            },
        }
