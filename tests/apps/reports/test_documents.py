"""JSON and CSV carry the same numbers, each with its rule, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.measures.strategies import CASE_LISTS

from countermark.apps.reports.documents import COLUMNS, figures_csv, figures_json
from countermark.apps.reports.rates import amount_converted
from countermark.domain.measures import (
    MEASURES,
    Headline,
    JointFigures,
    PartySheet,
    Provenance,
    Scope,
    figures_of,
    sheet_of,
)

JULY_21 = date(2014, 7, 21)
AS_OF = datetime(2014, 7, 22, 1, 2, 3, tzinfo=UTC)


def joint_of(cases, subject="GD-HK-2013-1", missing=()):
    sheet = sheet_of(cases)
    converted = tuple(
        amount_converted(amount, currency="USD", on=JULY_21) for amount in sheet.total.amounts
    )
    headline = Headline("all", sheet.total, converted)
    provenance = Provenance("signed-message", AS_OF, 2, "0197a3c4")
    parties = (PartySheet("cn-gd", sheet, (headline,), provenance, reconstructed=True),)
    scope = Scope("operation", date(2013, 10, 22), date(2014, 3, 24), subject)
    return JointFigures(scope, JULY_21, "USD", parties, missing)


def rows_of(joint):
    text = figures_csv(joint)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def numbers_in_json(joint):
    """Return every number of the JSON document, with the same keys as the CSV's."""
    document = json.loads(json.dumps(figures_json(joint)))
    found = []
    if document["total"]:
        found += [("", "", "", name, document["total"][name], "") for name in ("cases", "items")]
    for party in document["parties"]:
        for headline in party["headlines"]:
            found += _tally(party, "", "", headline)
            found += [
                (party["administration"], "", "", "value-converted", each["amount"], "USD")
                for each in headline["converted"]
                if each["amount"] is not None
            ]
        for breakdown in party["breakdowns"]:
            for part in breakdown["parts"]:
                found += _tally(party, breakdown["dimension"], part["part"], part)
    return sorted((*at, Decimal(value), currency) for *at, value, currency in found)


def _tally(party, dimension, part, said):
    at = (party["administration"], dimension, part)
    yield (*at, "cases", said["cases"], "")
    yield (*at, "items", said["items"], "")
    for value in said["values"]:
        yield (*at, "value", value["amount"], value["currency"])


@given(CASE_LISTS)
def test_json_and_csv_carry_the_same_numbers(cases):
    joint = joint_of(cases)
    names = ("party", "dimension", "part", "measure", "value", "currency")
    rows = [[row[name] for name in names] for row in rows_of(joint)]
    in_csv = sorted((*at, Decimal(value), currency) for *at, value, currency in rows)
    assert in_csv == numbers_in_json(joint)


@given(CASE_LISTS)
def test_every_row_says_its_rule_its_unit_and_where_it_comes_from(cases):
    joint = joint_of(cases)
    rows = rows_of(joint)
    assert len(rows) == len(figures_of(joint))
    for row in rows:
        assert tuple(row) == COLUMNS
        assert MEASURES[row["measure"]].counting_rule in row["rule"]
        assert row["unit"] in ("case", "article", "money")
        if row["party"]:
            assert (row["message_id"], row["reconstructed"]) == ("0197a3c4", "yes")
        if row["measure"] == "value-converted":
            assert (row["rate_date"], row["rounding"]) == ("2014-07-21", "half-up")
            assert row["rate_source"].startswith("European Central Bank")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_is_taken_for_a_formula(sign):
    (row, *_) = rows_of(joint_of([], subject=f"{sign}cmd|' /C calc'!A0"))
    assert row["subject"].startswith(f"'{sign}")


def test_a_missing_party_is_named_and_there_is_no_total():
    document = figures_json(joint_of([], missing=("hk",)))
    assert (document["missing"], document["total"]) == (["hk"], None)


def test_names_and_rules_are_given_in_the_readers_language():
    document = figures_json(joint_of([]), str.upper)
    cases = document["definitions"]["measures"]["cases"]
    assert cases["name"] == "CASES"
    assert cases["counting_rule"] == MEASURES["cases"].counting_rule.upper()


@given(st.text())
def test_the_csv_can_be_read_back_whatever_the_subject(subject):
    rows = rows_of(joint_of([], subject=subject))
    assert {row["measure"] for row in rows} == {"cases", "items"}
