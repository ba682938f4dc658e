"""A case's summary as the partner reads it, the same for what we send and what came."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from countermark.domain.errors import Refusal
from countermark.domain.money import Money
from countermark.domain.valuation import Valued, totals
from countermark.domain.vocabulary import ValueBasis
from countermark.lawbook import procedure_in_force
from countermark.web.cases.legal import act_named, cited, procedure_named, state_named


def summary_page(summary: Mapping[str, Any]) -> dict[str, object]:
    """Return what a page shows of a summary; every field it holds is shown."""
    opened_on = date.fromisoformat(summary["opened_on"])
    code = summary["procedure"]
    return {
        "summary": summary,
        "summary_json": json.dumps(summary, ensure_ascii=False, indent=2),
        "opened_on": opened_on,
        "closed_on": date.fromisoformat(summary["closed_on"]) if summary["closed_on"] else None,
        "procedure_name": procedure_named(code, opened_on),
        "state_name": state_named(code, opened_on, summary["state"]),
        "goods": [(line, Decimal(line["quantity"]), _money(line)) for line in summary["goods"]],
        "values": totals(
            Valued(money, ValueBasis(line["value_basis"]))
            for line in summary["goods"]
            if (money := _money(line)) is not None
        ),
        "acts": [
            (_act_name(code, opened_on, each["act"]), date.fromisoformat(each["acted_on"]))
            for each in summary["acts"]
        ],
        "deadlines": [_deadline(each) for each in summary["deadlines"]],
    }


def _money(line: Mapping[str, Any]) -> Money | None:
    minor = line["value_minor"]
    return None if minor is None else Money(minor, line["currency"])


def _act_name(procedure: str, opened_on: date, act: str) -> str:
    try:
        return act_named(procedure_in_force(procedure, on=opened_on), act)
    except Refusal:
        return act


def _deadline(given: Mapping[str, Any]) -> dict[str, object]:
    started_on = date.fromisoformat(given["started_on"])
    return {
        "code": given["code"],
        "started_on": started_on,
        "due_on": date.fromisoformat(given["due_on"]),
        "provisional": given["provisional"],
        "cited": cited(given["source"], started_on),
    }
