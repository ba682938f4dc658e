"""Writes ``docs/reference/statistics.md`` from the definitions of the figures."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from countermark.domain.measures import (
    DIMENSIONS,
    JOINT_RULE,
    MEASURES,
    PARTS,
    SCOPES,
    SELECTIONS,
    Definition,
    Measure,
)

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "statistics.md"
HEAD = """# Statistics

Made from `domain/measures/definitions.py` by `make generated`. Every figure on a page, in JSON and
in CSV names its measure, scope, selection, dimension and part by the codes below; the interface
shows the sentences in the reader's language. Why the figures are built this way:
[Figures that add up](../explanation/figures-that-add-up.md).
"""


def page() -> str:
    """Return the whole page."""
    groups = (
        ("Scopes: which cases count", SCOPES.values()),
        ("Selections: which of them a headline takes", SELECTIONS.values()),
        ("Dimensions: along what a total is split", DIMENSIONS.values()),
        ("Parts that every breakdown may have", PARTS.values()),
        ("Across parties", [JOINT_RULE]),
    )
    measures = "\n\n".join(map(_measure, MEASURES.values()))
    tables = "\n\n".join(f"## {title}\n\n{_table(rows)}" for title, rows in groups)
    return f"{HEAD}\n## Measures: what is counted\n\n{measures}\n\n{tables}\n"


def _measure(measure: Measure) -> str:
    rules = (
        ("Name", measure.name),
        ("Unit", measure.unit),
        ("Counting", measure.counting_rule),
        ("Value basis", measure.basis_rule),
        ("Currency", measure.currency_rule),
        ("Source", measure.source),
    )
    rows = "\n".join(f"| {name} | {text} |" for name, text in rules if text)
    return f"### `{measure.code}`\n\n| | |\n|---|---|\n{rows}"


def _table(definitions: Iterable[Definition]) -> str:
    rows = "\n".join(f"| `{each.code}` | {each.name} | {each.rule} |" for each in definitions)
    return f"| code | name | rule |\n|---|---|---|\n{rows}"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
