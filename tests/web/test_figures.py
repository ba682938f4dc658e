"""Joint figures: page, JSON and CSV say the same, and every number says how it was counted."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from tests.web.cooperation import agreed, contributed, full, gd, opened, paired, proposed, stated
from tests.web.reading import LANGUAGES, read, send, text

from countermark.apps.exchange.models import OutboxMessage
from countermark.apps.reports.selectors import operation_figures, period_figures
from countermark.domain.measures import MEASURES, SCOPES, figures_of

__all__ = ["agreed", "contributed", "full", "gd", "opened", "paired", "proposed", "stated"]
pytestmark = pytest.mark.django_db
PERIOD = {"start": "2013-07-01", "end": "2014-06-30", "currency": "USD"}
OPERATION = "/figures/operations/GD-HK-2013-1"


def document(client, address, query=None):
    return json.loads(client.get(address, query or {}).content)


def lines(client, address, query=None):
    answer = client.get(address, query or {})
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def shown_numbers(soup, tag):
    return [Decimal(text(each).replace(",", "")) for each in soup.select(f"[data-figure='{tag}']")]


def test_without_a_period_the_page_asks_for_one_and_offers_the_operations(client, lin, full):
    response, soup = read(client, lin, "/figures/")
    assert response.status_code == 200
    assert {field["name"] for field in soup.select("main form input")} >= {"start", "end"}
    assert text(soup.select_one(".links a")) == full.title


@pytest.mark.parametrize(
    "query", [{"start": "2014-06-30", "end": "2013-07-01"}, {"start": "soon", "end": "2014-01-01"}]
)
def test_a_period_that_cannot_be_counted_is_said_and_not_counted(client, lin, hongkong, query):
    response, soup = read(client, lin, "/figures/", query)
    assert response.status_code == 400
    assert soup.select_one(".summary[data-focus] a")
    assert client.get("/figures/period.json", query).status_code == 400


@pytest.mark.parametrize("measure", ["cases", "items"])
def test_page_json_and_csv_say_the_same(client, lin, full, measure):
    _, soup = read(client, lin, f"{OPERATION}/")
    shown = shown_numbers(soup, measure)
    parties = document(client, f"{OPERATION}.json")["parties"]
    assert shown == [Decimal(h[measure]) for party in parties for h in party["headlines"]]
    assert shown == [
        Decimal(row["value"])
        for row in lines(client, f"{OPERATION}.csv")
        if row["party"] and not row["dimension"] and row["measure"] == measure
    ]


def test_the_figures_are_the_selectors(client, lin, full):
    joint = operation_figures(operation=full, visible_to=lin)
    client.force_login(lin)
    rows = lines(client, f"{OPERATION}.csv")
    assert [Decimal(row["value"]) for row in rows] == [each.value for each in figures_of(joint)]
    assert all(row["rule"] for row in rows)
    assert document(client, f"{OPERATION}.json")["missing"] == []


def test_every_row_of_every_table_adds_up_to_its_total(client, lin, full):
    _, soup = read(client, lin, f"{OPERATION}/")
    tables = soup.select("table.bd")
    assert tables
    for table in tables:
        columns = zip(
            *[
                [cell for cell in row.select("td.num") if cell["data-l"] != "Value"]
                for row in table.select("tbody tr")
            ],
            strict=True,
        )
        sums = [sum(Decimal(text(cell).replace(",", "")) for cell in cells) for cells in columns]
        totals = [
            Decimal(text(cell).replace(",", ""))
            for cell in table.select("tfoot td.num")
            if cell["data-l"] != "Value"
        ]
        assert sums == totals


def test_a_converted_value_prints_rate_day_source_and_rounding(client, lin, full):
    _, soup = read(client, lin, f"{OPERATION}/", {"currency": "USD", "rate_on": "2014-07-21"})
    said = [text(each) for each in soup.select(".conv")]
    assert any(
        line.startswith("USD ")
        and "HKD 59,900" in line
        and "21 July 2014" in line
        and "European Central Bank" in line
        and "rounded half up" in line
        for line in said
    )


def test_a_day_without_a_rate_shows_no_converted_number(client, lin, full):
    _, soup = read(client, lin, f"{OPERATION}/", {"rate_on": "1990-01-01"})
    assert soup.select(".conv") == []
    assert "is not converted" in text(soup.find("main"))


def test_money_of_two_parties_is_never_one_number(client, lin, full):
    _, soup = read(client, lin, f"{OPERATION}/")
    joint = soup.find(id="joint").find_parent("section")
    assert "CNY" not in text(joint)
    assert "HKD" not in text(joint)
    assert shown_numbers(soup, "joint-cases") == [Decimal(8)]


def test_a_missing_party_is_named_and_no_total_is_shown(client, lin, agreed, contributed):
    _, soup = read(client, lin, f"{OPERATION}/")
    assert "Guangdong has not stated its figures yet" in text(soup.find("main"))
    assert soup.find(id="joint") is None
    given = document(client, f"{OPERATION}.json")
    assert given["missing"] == ["cn-gd"]
    assert given["total"] is None


def test_the_period_counts_our_cases_whatever_office_keeps_them(client, ho, opened):
    opened(destination="CN")
    opened(on=date(2014, 7, 1))
    joint = period_figures(start=date(2013, 7, 1), end=date(2014, 6, 30), visible_to=ho)
    _, soup = read(client, ho, "/figures/", PERIOD)
    assert shown_numbers(soup, "cases")[0] == joint.parties[0].sheet.total.cases == 1
    link = soup.select_one(".prov a")["href"]
    _, listed = read(client, ho, link)
    assert listed.select("tbody tr") == []


def test_reconstructed_records_are_labelled(client, lin, opened):
    opened(reconstructed=True)
    _, soup = read(client, lin, "/figures/", PERIOD)
    assert "Reconstructed from published totals" in text(soup.select_one(".meta"))
    assert "made afterwards" in text(soup.select_one(".prov"))


def test_every_figure_has_its_rule_on_the_page(client, lin, full):
    _, soup = read(client, lin, f"{OPERATION}/")
    rules = text(soup.find(id="rules").find_parent("section"))
    for measure in MEASURES.values():
        assert measure.counting_rule in rules
    assert SCOPES["operation"].rule in rules


@pytest.mark.parametrize("code", LANGUAGES)
def test_figures_are_the_same_in_three_languages(client, lin, full, settings, code):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
    response, soup = read(client, lin, f"{OPERATION}/")
    assert soup.html["lang"] == LANGUAGES[code]
    assert shown_numbers(soup, "cases")[:1] == [Decimal(5)]
    assert b"<c-" not in response.content


def test_who_may_not_read_reports_gets_none(client, kwok, full):
    for address in ("/figures/", "/figures/period.json", f"{OPERATION}/", f"{OPERATION}.csv"):
        assert read(client, kwok, address, PERIOD)[0].status_code == 403


def test_an_ip_office_reads_figures_and_is_led_to_no_case(client, lau, full, tuen_mun):
    lau.role = "ip-office"
    lau.save()
    _, soup = read(client, lau, f"{OPERATION}/")
    assert soup.select(".prov a") == []


def test_our_figures_are_stated_to_a_partner_by_who_may_send(client, lin, chan, opened, paired):
    opened()
    data = {"start": PERIOD["start"], "end": PERIOD["end"], "to": "cn-gd"}
    assert send(client, chan, "/figures/share/", data)[0].status_code == 403
    _, soup = read(client, lin, "/figures/", PERIOD)
    assert soup.find("form", action="/figures/share/")
    send(client, lin, "/figures/share/", data)
    assert OutboxMessage.objects.get().message_type == "stats.bundle/1"
