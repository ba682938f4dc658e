"""Joint operations: the dashboard adds up, and each act asks for its role."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.web.cooperation import (
    agreed,
    case,
    contributed,
    full,
    gd,
    opened,
    paired,
    proposed,
    stated,
)
from tests.web.reading import LANGUAGES, errors, read, send, text

from countermark.apps.exchange.models import OutboxMessage
from countermark.apps.operations.models import JointOperation
from countermark.apps.operations.services import result_state
from countermark.apps.reports.selectors import operation_figures
from countermark.domain.measures import CaseRecord
from countermark.web.figures.present import Side
from countermark.web.operations.weeks import weeks_of

__all__ = ["agreed", "case", "contributed", "full", "gd", "opened", "paired", "proposed", "stated"]

PLAN = {
    "code": "GD-HK-2026-1",
    "title_en": "Winter parcels",
    "title_zh_hant": "冬季郵包",
    "title_zh_hans": "冬季邮包",
    "starts_on": "2026-11-01",
    "ends_on": "2026-12-31",
    "parties": ["cn-gd"],
}


def page(operation, name="detail", *args):
    return reverse(f"operations:{name}", args=[operation.code, *args])


def figure(soup, name):
    return [text(each) for each in soup.select(f"[data-figure='{name}']")]


def whole(cell) -> Decimal:
    return Decimal(text(cell).replace(",", ""))


# the dashboard


@pytest.mark.django_db
def test_money_of_two_sides_stands_side_by_side_and_is_never_added(client, lin, full):
    _, soup = read(client, lin, page(full))
    assert figure(soup, "value-cn-gd") == ["CNY 30,000"]
    assert figure(soup, "value-hk") == ["HKD 59,900"]
    assert figure(soup, "cases") == ["8"]
    assert figure(soup, "items") == ["577"]


@pytest.mark.django_db
def test_the_dashboard_shows_what_the_selector_counts(client, lin, full):
    joint = operation_figures(operation=full, visible_to=lin)
    _, soup = read(client, lin, page(full))
    assert figure(soup, "cases") == [str(joint.total.cases)]
    assert figure(soup, "items") == [f"{joint.total.items.normalize():f}"]


@pytest.mark.django_db
def test_the_parts_by_category_add_up_and_what_is_left_out_is_a_row(client, lin, full):
    _, soup = read(client, lin, page(full))
    table = soup.find(id="by-category").find_parent("section")
    rows = {row["data-part"]: row.select("td.num b") for row in table.select("tbody tr")}
    assert set(rows) == {"footwear", "bags-and-purses", "jewellery", "not-shown"}
    totals = [whole(each) for each in table.select("tfoot b")]
    assert [sum(map(whole, column)) for column in zip(*rows.values(), strict=True)] == totals
    assert totals == [Decimal(450), Decimal(127)]


@pytest.mark.django_db
def test_each_chart_has_a_table_and_a_csv_with_the_same_numbers(client, lin, full):
    _, soup = read(client, lin, page(full))
    section = soup.find(id="by-week").find_parent("section")
    rows = [[text(cell) for cell in row.select("td")] for row in section.select("tbody tr")]
    answer = client.get(page(full, "weeks-csv")).content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(answer)))[1:]
    assert [line[2:] for line in lines] == rows
    assert rows[-1] == ["5", "0"]
    assert [text(each) for each in section.select("tfoot td")] == ["5", "3"]
    assert section.select_one("svg.columns > title")
    answer = client.get(page(full, "categories-csv")).content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(answer)))
    assert sum(Decimal(line["items"]) for line in lines) == Decimal(577)


@pytest.mark.django_db
def test_each_side_says_how_far_it_has_come(client, lin, full):
    _, soup = read(client, lin, page(full))
    guangdong, hongkong = map(text, soup.select(".signoff section"))
    assert "Result stated revision 1" in guangdong
    assert "signed by Guangdong" in guangdong
    assert "No result stated yet" in hongkong
    result_state(operation=full, by=lin, as_of=full.results.get().as_of)
    _, soup = read(client, lin, page(full))
    assert "Result stated revision 1" in text(soup.select(".signoff section")[1])


@pytest.mark.django_db
def test_a_result_that_no_longer_fits_the_cases_is_said(client, lin, full, contributed):
    result_state(operation=full, by=lin, as_of=full.results.get().as_of)
    assert "changed since" not in read(client, lin, page(full))[0].content.decode()
    withdrawal = page(full, "withdraw", contributed[0].number)
    send(client, lin, withdrawal, {"reason": "counted twice"})
    assert "changed since" in read(client, lin, page(full))[0].content.decode()


@pytest.mark.django_db
def test_cases_of_other_offices_are_counted_and_not_named(client, chan, ho, full, contributed):
    _, soup = read(client, ho, page(full))
    section = soup.find(id="cases").find_parent("section")
    assert section.select("tbody tr") == []
    assert "Not shown: 3 cases" in text(section)
    assert figure(soup, "cases") == ["8"]
    _, soup = read(client, chan, page(full))
    shown = soup.find(id="cases").find_parent("section").select("tbody tr")
    assert len(shown) == len(contributed)


@pytest.mark.django_db
@pytest.mark.parametrize("code", LANGUAGES)
def test_pages_speak_three_languages(client, lin, full, settings, code):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
    for address in ("/operations/", "/operations/new/", page(full), page(full, "contribute")):
        response, soup = read(client, lin, address)
        assert response.status_code == 200
        assert soup.html["lang"] == LANGUAGES[code]
        assert b"<c-" not in response.content
    _, soup = read(client, lin, page(full))
    assert text(soup.h1) == {"en": full.title_en}.get(
        code, full.title_zh_hant if code == "zh-hant" else full.title_zh_hans
    )


@pytest.mark.django_db
def test_outsiders_find_no_operation_and_the_administrator_reads_none(client, lin, kwok, full):
    assert read(client, lin, "/operations/nothing/")[0].status_code == 404
    assert read(client, kwok, "/operations/")[0].status_code == 403
    assert read(client, kwok, page(full))[0].status_code == 403


# acts


@pytest.mark.django_db
def test_an_empty_list_says_how_an_operation_begins(client, chan, hongkong):
    _, soup = read(client, chan, "/operations/")
    assert soup.select_one(".empty h2")


@pytest.mark.django_db
def test_a_plan_is_signed_and_sent_in_one_go(client, lin, paired):
    send(client, lin, "/operations/new/", PLAN)
    operation = JointOperation.objects.get()
    assert (operation.state, operation.title_zh_hans) == ("proposed", "冬季邮包")
    assert OutboxMessage.objects.get().message_type == "op.create/1"


MISTAKES = [{"title_zh_hans": ""}, {"ends_on": "2026-10-01"}, {"parties": []}]


@pytest.mark.django_db
@pytest.mark.parametrize("changes", MISTAKES)
def test_a_plan_with_a_mistake_is_neither_kept_nor_sent(client, lin, paired, changes):
    response, soup = send(client, lin, "/operations/new/", PLAN | changes)
    assert response.status_code == 422
    assert errors(soup)
    assert not JointOperation.objects.exists()
    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db
def test_without_a_verified_partner_the_plan_page_says_what_is_missing(client, lin, hongkong):
    _, soup = read(client, lin, "/operations/new/")
    assert soup.select("main form") == []
    assert soup.select_one(".empty a")["href"] == "/exchange/pairing/"


@pytest.mark.django_db
def test_ticked_cases_are_counted_and_the_others_left(client, wu, agreed, opened):
    first, second = opened(), opened()
    _, soup = read(client, wu, page(agreed, "contribute"))
    assert {box["value"] for box in soup.select("input[name=case]")} == {
        first.number,
        second.number,
    }
    send(client, wu, page(agreed, "contribute"), {"case": [first.number]})
    assert agreed.contributions.get().case == first


@pytest.mark.django_db
def test_a_case_is_contributed_from_its_own_page(client, wu, agreed, case):
    address = reverse("cases:contribute", args=[case.number])
    send(client, wu, address, {"operation": agreed.code})
    assert agreed.contributions.get().case == case
    _, soup = read(client, wu, reverse("cases:detail", args=[case.number]))
    assert agreed.title in text(soup.find(id="sharing").find_parent("section"))


@pytest.mark.django_db
def test_taking_a_case_out_needs_a_reason(client, lin, full, contributed):
    address = page(full, "withdraw", contributed[0].number)
    send(client, lin, address, {"reason": ""})
    assert full.contributions.filter(withdrawn_at=None).count() == 3
    send(client, lin, address, {"reason": "counted twice"})
    assert full.contributions.filter(withdrawn_at=None).count() == 2


@pytest.mark.django_db
def test_the_result_is_shown_before_it_is_signed_and_then_sent(client, lin, full, paired):
    _, soup = read(client, lin, page(full))
    form = soup.find("form", action=page(full, "result"))
    assert "HKD 59,900" in text(form)
    send(client, lin, page(full, "result"), {"arrests": "2"})
    result = full.results.get(own=True)
    assert (result.cases, result.value_minor, result.arrests) == (3, 5_990_000, 2)
    assert OutboxMessage.objects.get().message_type == "op.result/1"


@pytest.mark.django_db
def test_a_result_that_cannot_be_sent_says_why_and_is_not_stated(client, lin, full):
    client.force_login(lin)
    response = client.post(page(full, "result"), {"arrests": ""}, follow=True)
    assert b'class="alert crit"' in response.content
    assert not full.results.filter(own=True).exists()


@pytest.mark.django_db
def test_closing_is_offered_only_once_a_result_is_stated(client, lin, full, paired):
    assert read(client, lin, page(full))[1].find("form", action=page(full, "close")) is None
    send(client, lin, page(full, "result"), {})
    assert read(client, lin, page(full))[1].find("form", action=page(full, "close"))
    send(client, lin, page(full, "close"))
    _, soup = read(client, lin, page(full))
    assert "Sheet closed" in text(soup.select(".signoff section")[1])
    assert soup.find(id="do") is None


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["agree", "contribute", "result", "close"])
def test_front_line_officers_and_auditors_do_no_act(client, chan, mak, full, name):
    for officer in (chan, mak):
        assert send(client, officer, page(full, name))[0].status_code == 403
        assert read(client, officer, page(full))[1].select("main form") == []


# weeks

days = st.dates(min_value=date(2013, 10, 22), max_value=date(2014, 3, 24))


@given(st.lists(days, max_size=40), st.integers(min_value=0, max_value=20))
def test_weeks_and_what_is_not_shown_add_up_to_every_side(opened_on, elsewhere):
    records = [CaseRecord(str(n), day, "", "", "", "", ()) for n, day in enumerate(opened_on)]
    sides = [Side("cn-gd", "", "GD", "side1"), Side("hk", "", "HK", "side2")]
    window = (date(2013, 10, 22), date(2014, 3, 24))
    totals = {"hk": len(records), "cn-gd": elsewhere}
    weeks = weeks_of(window, sides, {"hk": records}, totals)
    assert weeks.totals == (elsewhere, len(records))
    assert weeks.not_shown == (elsewhere, 0)
    assert (weeks.rows[0].first, weeks.rows[-1].last) == window
    for before, after in zip(weeks.rows, weeks.rows[1:], strict=False):
        assert (after.first - before.last).days == 1
