"""The API shows each officer what he may see, and says in problem documents what he may not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.apps.operations.scene import goods

from countermark.api.urls import urlpatterns
from countermark.apps.operations.services import result_contribute, result_state
from countermark.apps.reports.documents import figures_json
from countermark.apps.reports.selectors import operation_figures

pytestmark = pytest.mark.django_db
PERIOD = {"start": "2013-07-01", "end": "2014-06-30"}


def assert_problem(response, status, code):
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    problem = response.json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["type"] == f"urn:countermark:refusal:{code}"
    return problem


@pytest.mark.parametrize(
    "path",
    [
        "cases",
        "cases/HK-2014-000001",
        "operations",
        "operations/GD-HK-2013-1",
        "rights",
        "figures/period",
        "figures/operations/GD-HK-2013-1",
        "figures/definitions",
    ],
)
def test_nobody_reads_without_signing_in(get, path):
    assert_problem(get(path), 401, "not-signed-in")


def test_no_operation_of_the_schema_is_open_and_none_writes(get):
    schema = get("openapi.json").json()
    assert len(schema["paths"]) == 10
    for address, path in schema["paths"].items():
        # Trying a line takes a body, and writes nothing.
        (method, operation), *others = path.items()
        assert (method, others) == ("post" if address.endswith("/try") else "get", [])
        assert operation["security"]
        assert set(operation["responses"]) == {"200", "401", "403", "404", "422"}


def test_every_address_is_taken_out_of_the_sign_in_redirect():
    patterns = urlpatterns[0].url_patterns
    assert all(pattern.callback.login_required is False for pattern in patterns)


def test_officers_read_the_cases_of_their_own_office(get, opened, airport, chan):
    here = opened(goods(), goods("toys", 3, None, currency="", value_basis="", valued_on=None))
    there = opened(office=airport)
    listed = get("cases", chan).json()
    assert (listed["count"], [row["number"] for row in listed["items"]]) == (1, [here.number])
    read = get(f"cases/{here.number}", chan).json()
    assert read["key"] == str(here.key)
    assert [line["value"] for line in read["goods"]] == [
        {"amount": "15000.00", "currency": "HKD", "basis": "market"},
        None,
    ]
    for number in (there.number, "HK-2014-999999"):
        assert_problem(get(f"cases/{number}", chan), 404, "case-unknown")


def test_who_reads_no_cases_learns_nothing_of_any(get, opened, kwok):
    case = opened()
    for number in (case.number, "HK-2014-999999"):
        problem = assert_problem(get(f"cases/{number}", kwok), 403, "not-permitted")
        assert problem["params"] == {"act": "cases.read", "role": "administrator"}


def test_lists_come_in_pages(get, opened, wu):
    numbers = [opened(on=date(2014, 1, day)).number for day in (1, 2, 3)]
    page = get("cases", wu, limit=2, offset=1).json()
    assert (page["count"], [row["number"] for row in page["items"]]) == (3, numbers[1::-1])
    assert get("cases", wu, q=numbers[1]).json()["count"] == 1
    assert get("cases", wu, state="closed").json()["count"] == 0


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("cases", {"limit": 0}, "limit"),
        ("cases", {"limit": 201}, "limit"),
        ("cases", {"offset": 10**30}, "offset"),
        ("cases", {"q": "a\x00"}, "q"),
        ("rights", {"q": "x" * 101}, "q"),
        ("figures/period", {"start": "2013-07-01"}, "end"),
        ("figures/period", PERIOD | {"rate_date": "tomorrow"}, "rate_date"),
        ("figures/period", PERIOD | {"rate_date": "20140721"}, "rate_date"),
        ("figures/period", PERIOD | {"start": "0"}, "start"),
        ("figures/period", PERIOD | {"currency": "ABC"}, "currency"),
    ],
)
def test_malformed_parameters_are_named(get, lin, path, query, field):
    problem = assert_problem(get(path, lin, **query), 422, "parameters-malformed")
    assert field in [each["field"].split(".")[-1] for each in problem["errors"]]


def test_a_refusal_of_the_domain_keeps_its_code(get, lin):
    reversed_period = {"start": "2014-06-30", "end": "2013-07-01"}
    assert_problem(get("figures/period", lin, **reversed_period), 422, "period-reversed")


def test_an_operation_shows_each_partys_last_result_in_its_own_money(get, agreed, opened, lin):
    result_contribute(operation=agreed, case=opened(), by=lin)
    result_state(operation=agreed, by=lin, as_of=datetime(2014, 3, 25, tzinfo=UTC))
    read = get("operations/GD-HK-2013-1", lin).json()
    by_party = {row["administration"]: row["result"] for row in read["tally"]}
    assert by_party["cn-gd"] is None
    shown = {
        name: by_party["hk"][name] for name in ("cases", "items", "value", "currency", "basis")
    }
    assert shown == {
        "cases": 1,
        "items": "100",
        "value": "15000.00",
        "currency": "HKD",
        "basis": "market",
    }
    assert get("operations", lin).json()["count"] == 1
    assert_problem(get("operations/NO-SUCH", lin), 404, "operation-unknown")


def test_figures_are_those_of_the_document(get, agreed, opened, lin):
    result_contribute(operation=agreed, case=opened(destination="HK"), by=lin)
    answer = get("figures/operations/GD-HK-2013-1", lin, rate_date="2014-07-21").json()
    joint = operation_figures(operation=agreed, visible_to=lin, rate_date=date(2014, 7, 21))
    document = figures_json(joint)
    for each in (answer, document):
        for party in each["parties"]:
            del party["provenance"]["as_of"]
    assert answer == document
    (converted,) = answer["parties"][0]["headlines"][0]["converted"]
    assert (converted["amount"], converted["rate_date"]) == ("1935.03", "2014-07-21")


def test_figures_of_a_period_name_the_partner_that_is_missing_only_if_there_is_one(get, lin):
    answer = get("figures/period", lin, **PERIOD).json()
    assert (answer["missing"], answer["total"]) == ([], {"cases": 0, "items": "0"})
    assert answer["rate_date"] == "2014-06-30"


def test_definitions_are_read_by_whoever_reads_reports(get, chan, kwok):
    assert "cases" in get("figures/definitions", chan).json()["measures"]
    assert_problem(get("figures/definitions", kwok), 403, "not-permitted")
