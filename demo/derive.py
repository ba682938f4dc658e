"""The figures a node derives, as JSON, and how they compare with the published ones."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from countermark.domain.measures.figures import Figure, figures_of
from countermark.domain.measures.joint import JointFigures
from countermark.domain.measures.wire import number_text
from demo import published, world

# The published number of cases is of goods bound for Hong Kong; the operation's is of all cases.
SELECTION = {
    ("period", world.GUANGDONG): "bound-for-partner",
    ("operation", world.GUANGDONG): "all",
    ("operation", world.HONG_KONG): "all",
}
MEASURE = {"value-usd": "value-converted"}


def figures_json(joint: JointFigures) -> list[dict[str, Any]]:
    """Return the headline figures of a joint report; breakdowns are left to its page."""
    return [_figure_json(figure) for figure in figures_of(joint) if not figure.dimension]


def _figure_json(figure: Figure) -> dict[str, Any]:
    said: dict[str, Any] = {
        "measure": figure.measure,
        "party": figure.party or "all",
        "selection": figure.selection,
        "value": f"{figure.value:f}" if figure.currency else number_text(figure.value),
        "unit": figure.unit,
        "cases": figure.cases,
    }
    if figure.currency:
        said |= {"currency": figure.currency, "basis": figure.basis}
    if figure.converted and figure.converted.rate:
        rate = figure.converted.rate
        said |= {
            "converted_from": figure.converted.original.money.currency,
            "rate": f"{rate.value:f}",
            "rate_date": f"{rate.published_on:%Y-%m-%d}",
            "rate_source": rate.source,
            "rounding": figure.converted.rounding.value,
        }
    return said


def totals(derived: Iterable[dict[str, Any]]) -> list[str]:
    """Return what both nodes must show alike: all totals, but no selection.

    A partner's result sheet says nothing of destinations, so only its owner can select by them.
    """
    return sorted(json.dumps(row, sort_keys=True) for row in derived if row["selection"] == "all")


def comparison(node: str, outcome: dict[str, Any]) -> list[dict[str, Any]]:
    """Return each published figure beside the one that a node derived, and whether they agree."""
    return [
        _compared(node, figure, outcome[about])
        for about in ("period", "operation")
        for figure in published.figures(about)
    ]


def _compared(
    node: str, figure: published.Published, derived: Iterable[dict[str, Any]]
) -> dict[str, Any]:
    found = _find(figure, derived)
    return {
        "node": node,
        "about": figure.about,
        "administration": figure.administration,
        "figure": figure.code,
        "published": f"{figure.kind} {figure.value:f} {figure.currency}".rstrip(),
        "derived": found,
        "ok": found is not None and figure.met_by(Decimal(found)),
    }


def _find(figure: published.Published, derived: Iterable[dict[str, Any]]) -> str | None:
    """Return the derived value of a published figure, or None where there is not exactly one."""
    wanted = {
        "measure": MEASURE.get(figure.code, figure.code),
        "party": figure.administration,
        "selection": SELECTION[figure.about, figure.administration],
    }
    if figure.currency:
        wanted["currency"] = figure.currency
    values = [
        row["value"] for row in derived if all(row.get(key) == text for key, text in wanted.items())
    ]
    return values[0] if len(values) == 1 else None
