"""Joint figures as documents: JSON and CSV from one source, in any language of the interface."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from countermark.domain.envelopes.canonical import Json
from countermark.domain.measures import (
    DIMENSIONS,
    JOINT_RULE,
    MEASURES,
    PARTS,
    SCOPES,
    SELECTIONS,
    Amount,
    Breakdown,
    Converted,
    Definition,
    Figure,
    Headline,
    JointFigures,
    Measure,
    PartySheet,
    Scope,
    Tally,
    figures_of,
)
from countermark.domain.measures.wire import number_text
from countermark.engines.tables.rejects import safe_cell

SCHEMA = "urn:countermark:schema:joint-figures/1"
Translate = Callable[[str], str]


def _as_it_is(sentence: str) -> str:
    return sentence


def figures_json(joint: JointFigures, translate: Translate = _as_it_is) -> dict[str, Json]:
    """Return joint figures as JSON; amounts, articles and rates are text, so that they are exact.

    Args:
        joint: The figures.
        translate: Gives a name or rule of a definition in the reader's language.
    """
    total = joint.total
    return {
        "schema": SCHEMA,
        "scope": _scope_json(joint.scope),
        "rate_date": joint.rate_date.isoformat(),
        "currency": joint.currency,
        "parties": [_party_json(party) for party in joint.parties],
        "missing": [*joint.missing],
        "total": {"cases": total.cases, "items": number_text(total.items)} if total else None,
        "definitions": definitions_json(translate),
    }


def _scope_json(scope: Scope) -> dict[str, Json]:
    return {
        "kind": scope.kind,
        "subject": scope.subject,
        "start": scope.first.isoformat(),
        "end": scope.last.isoformat(),
    }


def _party_json(party: PartySheet) -> dict[str, Json]:
    provenance = party.provenance
    return {
        "administration": party.administration,
        "reconstructed": party.reconstructed,
        "provenance": {
            "kind": provenance.kind,
            "as_of": instant_text(provenance.as_of),
            "revision": provenance.revision,
            "message_id": provenance.message_id,
        },
        "headlines": [_headline_json(headline) for headline in party.headlines],
        "breakdowns": [_breakdown_json(breakdown) for breakdown in party.sheet.breakdowns],
    }


def _headline_json(headline: Headline) -> dict[str, Json]:
    return {
        "selection": headline.selection,
        "toward": headline.toward,
        **_tally_json(headline.tally),
        "converted": [converted_json(converted) for converted in headline.converted],
    }


def _breakdown_json(breakdown: Breakdown) -> dict[str, Json]:
    parts: list[Json] = [
        {"part": part.code, "behind": part.behind, **_tally_json(part.tally)}
        for part in breakdown.parts
    ]
    return {"dimension": breakdown.dimension, "parts": parts}


def _tally_json(tally: Tally) -> dict[str, Json]:
    return {
        "cases": tally.cases,
        "items": number_text(tally.items),
        "values": [_amount_json(amount) for amount in tally.amounts],
        "lines_uncounted": tally.lines_uncounted,
        "lines_unvalued": tally.lines_unvalued,
    }


def _amount_json(amount: Amount) -> dict[str, Json]:
    return {
        "amount": amount.money.text(),
        "currency": amount.money.currency,
        "basis": amount.basis.value,
    }


def converted_json(converted: Converted) -> dict[str, Json]:
    """Return a converted amount with its rate; amount and rate are null where there was no rate."""
    rate = converted.rate
    return {
        "original": _amount_json(converted.original),
        "amount": converted.money.text() if converted.money else None,
        "currency": converted.currency,
        "rate": f"{rate.value:f}" if rate else None,
        "rate_date": rate.published_on.isoformat() if rate else None,
        "rate_asked_for": converted.asked_on.isoformat(),
        "source": rate.source if rate else None,
        "rounding": converted.rounding.value,
    }


def instant_text(moment: datetime) -> str:
    """Return a moment in UTC as RFC 3339 writes it, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def definitions_json(translate: Translate = _as_it_is) -> dict[str, Json]:
    """Return the definition of everything that a figures document may name."""
    return {
        "measures": {code: _measure_json(each, translate) for code, each in MEASURES.items()},
        "scopes": _rules_json(SCOPES.values(), translate),
        "selections": _rules_json(SELECTIONS.values(), translate),
        "dimensions": _rules_json(DIMENSIONS.values(), translate),
        "parts": _rules_json(PARTS.values(), translate),
        "total": _rules_json([JOINT_RULE], translate),
    }


def _measure_json(measure: Measure, translate: Translate) -> dict[str, Json]:
    rules = {
        "name": measure.name,
        "counting_rule": measure.counting_rule,
        "basis_rule": measure.basis_rule,
        "currency_rule": measure.currency_rule,
    }
    said: dict[str, Json] = {name: translate(text) if text else "" for name, text in rules.items()}
    return {**said, "unit": measure.unit, "source": measure.source}


def _rules_json(definitions: Iterable[Definition], translate: Translate) -> dict[str, Json]:
    return {
        each.code: {"name": translate(each.name), "rule": translate(each.rule)}
        for each in definitions
    }


COLUMNS = (
    "scope", "subject", "start", "end", "party", "measure", "selection", "dimension", "part",
    "value", "unit", "currency", "basis", "cases", "rate", "rate_date", "rate_source", "rounding",
    "original_amount", "original_currency", "provenance", "as_of", "revision", "message_id",
    "reconstructed", "rule",
)  # fmt: skip
"""Columns of the CSV, one figure to a row."""


def figures_csv(joint: JointFigures, translate: Translate = _as_it_is) -> str:
    """Return joint figures as CSV, one row for each figure, with its rule and its provenance.

    The text begins with a byte order mark, without which spreadsheets read Chinese as noise; text
    that a spreadsheet would take for a formula is made harmless.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for figure in figures_of(joint):
        cells = _cells(joint, figure, translate)
        writer.writerow([safe_cell(cells.get(column, "")) for column in COLUMNS])
    return "\ufeff" + text.getvalue()


def _cells(joint: JointFigures, figure: Figure, translate: Translate) -> dict[str, str]:
    scope = joint.scope
    return {
        "scope": scope.kind,
        "subject": scope.subject,
        "start": scope.first.isoformat(),
        "end": scope.last.isoformat(),
        "party": figure.party,
        "measure": figure.measure,
        "selection": figure.selection,
        "dimension": figure.dimension,
        "part": figure.part,
        "value": f"{figure.value:f}" if figure.unit == "money" else number_text(figure.value),
        "unit": figure.unit,
        "currency": figure.currency,
        "basis": figure.basis,
        "cases": "" if figure.cases is None else str(figure.cases),
        "rule": _rule(scope, figure, translate),
        **_conversion_cells(figure),
        **_provenance_cells(joint.party(figure.party)),
    }


def _rule(scope: Scope, figure: Figure, translate: Translate) -> str:
    """Return every rule that makes the figure what it is, one sentence after the other."""
    measure = MEASURES[figure.measure]
    sentences = [
        SCOPES[scope.kind].rule,
        "" if figure.selection == "all" else SELECTIONS[figure.selection].rule,
        measure.counting_rule,
        measure.basis_rule,
        measure.currency_rule,
        DIMENSIONS[figure.dimension].rule if figure.dimension else "",
        "" if figure.party else JOINT_RULE.rule,
    ]
    return " ".join(translate(sentence) for sentence in sentences if sentence)


def _conversion_cells(figure: Figure) -> dict[str, str]:
    converted = figure.converted
    if converted is None or converted.rate is None:
        return {}
    return {
        "rate": f"{converted.rate.value:f}",
        "rate_date": converted.rate.published_on.isoformat(),
        "rate_source": converted.rate.source,
        "rounding": converted.rounding.value,
        "original_amount": converted.original.money.text(),
        "original_currency": converted.original.money.currency,
    }


def _provenance_cells(party: PartySheet | None) -> dict[str, str]:
    if party is None:
        return {}
    provenance = party.provenance
    return {
        "provenance": provenance.kind,
        "as_of": instant_text(provenance.as_of),
        "revision": str(provenance.revision) if provenance.revision else "",
        "message_id": provenance.message_id,
        "reconstructed": "yes" if party.reconstructed else "no",
    }
