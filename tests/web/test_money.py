"""Securities and costs: what an officer asks for, enters and sees held."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from tests.web.reading import LANGUAGES, errors, read, send, text

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.services import Names, office_record
from countermark.apps.cases.models import CaseCost, Security
from countermark.apps.cases.services import GoodsInput, case_open
from countermark.apps.register.models import Right, RightHolder

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def peng(guangdong, settings) -> Officer:
    settings.COUNTERMARK_ADMINISTRATION = "cn-gd"
    names = Names(en="Shenzhen Bay Customs", zh_hant="深圳灣海關", zh_hans="深圳湾海关")
    office = office_record(administration=guangdong, code="shenzhen-bay", names=names)
    officer = Officer(username="peng", display_name="Peng Li", office=office, role="officer")
    officer.set_unusable_password()
    officer.save()
    return officer


@pytest.fixture
def right(db) -> Right:
    holder = RightHolder.objects.create(
        name="Meridian Ltd", country="GB", key="meridianltd", folded="meridian ltd"
    )
    return Right.objects.create(
        holder=holder,
        jurisdiction="cn",
        registration_number="300000001",
        word="MERIDIAN",
        nice_classes=[18],
        valid_from=date(2010, 1, 1),
        valid_until=date(2030, 1, 1),
        folded="meridian 300000001",
    )


@pytest.fixture
def case(peng, right):
    purses = GoodsInput(
        description="Purses",
        quantity=Decimal(500),
        right=right,
        value_minor=6_000_000,
        currency="CNY",
        value_basis="declared",
        valued_on=date(2026, 11, 20),
    )
    return case_open(
        by=peng,
        office=peng.office,
        procedure_code="cn/ex-officio",
        opened_on=date(2026, 11, 20),
        title="Purses",
        goods=[purses],
    )


def card(soup, name: str):
    """Return the card whose heading has that id."""
    return soup.find(id=name).find_parent("section")


def at(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def asked(**changes):
    fields = {"kind": "holder", "giver": "Meridian Ltd", "form": "cash", "amount": "60,000"}
    return fields | {"on": "2026-11-23"} | changes


def test_the_value_of_the_goods_is_filled_in_and_the_amount_worked_out(client, peng, case):
    _, soup = read(client, peng, at("money", case.number))
    assert card(soup, "ask").select_one("[name=amount]")["value"] == "60000.00"
    assert card(soup, "ask").select_one("[name=giver]")["value"] == "Meridian Ltd"
    response, soup = send(client, peng, at("ask", case.number), asked(quote="1"))
    assert response.status_code == 200
    said = text(card(soup, "ask").select_one(".alert"))
    assert "CNY 30,000" in said
    assert "art. 23" in said
    assert not Security.objects.exists()


def test_what_is_asked_received_drawn_and_returned_is_shown(client, peng, case):
    send(client, peng, at("ask", case.number), asked())
    row = Security.objects.get()
    assert row.asked_minor == 3_000_000
    page = at("security", row.number)
    move = {"move": "received", "amount": "30000", "on": "2026-11-23", "text": ""}
    send(client, peng, page, move)
    cost = {"cost-kind": "storage", "cost-amount": "800", "cost-on": "2026-11-23"}
    send(client, peng, at("cost", case.number), cost)
    _, soup = read(client, peng, at("money", case.number))
    held = text(card(soup, "securities").select_one("tbody"))
    assert "CNY 30,000" in held
    assert "The case is open." in held
    assert "CNY 800" in text(card(soup, "costs"))
    send(client, peng, page, move | {"move": "costs", "amount": "800"})
    _, soup = read(client, peng, page)
    assert "CNY 29,200" in text(card(soup, "asked"))
    assert len(card(soup, "movements").select("tbody tr")) == 2


def test_what_cannot_be_is_refused_beside_its_field(client, peng, case):
    send(client, peng, at("ask", case.number), asked())
    row = Security.objects.get()
    move = {"move": "received", "amount": "30001", "on": "2026-11-23"}
    response, soup = send(client, peng, at("security", row.number), move)
    assert response.status_code == 422
    assert errors(soup) == ["Amount in CNY: This is more than was asked for. Check the amount."]
    response, soup = send(client, peng, at("ask", case.number), asked(amount="a lot"))
    assert response.status_code == 422
    assert "Write the amount as a plain number" in errors(soup)[0]


def test_a_cost_is_taken_back_with_a_reason(client, peng, case):
    cost = {"cost-kind": "storage", "cost-amount": "800", "cost-on": "2026-11-23"}
    send(client, peng, at("cost", case.number), cost)
    row = CaseCost.objects.get()
    back = at("cost-reverse", case.number, row.pk)
    response, soup = send(client, peng, back, {f"reverse-{row.pk}-text": ""})
    assert response.status_code == 422
    assert card(soup, "costs").select_one("details[open]")
    send(client, peng, back, {f"reverse-{row.pk}-text": "entered twice"})
    _, soup = read(client, peng, at("money", case.number))
    assert "Taken back" in text(card(soup, "costs").select_one("tbody"))
    assert "Owed nothing" in text(card(soup, "costs"))


def test_a_general_security_is_asked_of_the_holder_of_a_right(client, peng, case, right):
    general = {
        "registration": "300000001",
        "form": "guarantee",
        "amount": "150000",
        "on": "2026-11-20",
        "valid_until": "2026-12-31",
    }
    send(client, peng, at("securities"), general)
    row = Security.objects.get()
    assert (row.holder, row.asked_minor) == (right.holder, 20_000_000)
    _, soup = read(client, peng, at("securities"))
    assert soup.select_one(".empty")
    _, soup = read(client, peng, at("securities") + "?show=all")
    assert row.number in text(soup.select_one("tbody"))
    received = {"move": "received", "amount": "200000", "on": "2026-11-20"}
    send(client, peng, at("security", row.number), received)
    _, soup = read(client, peng, at("money", case.number))
    assert "It is still valid." in text(card(soup, "securities"))


def test_hong_kong_says_that_nothing_is_asked_for(client, chan, tuen_mun):
    case = case_open(
        by=chan,
        office=tuen_mun,
        procedure_code="hk/criminal-seizure",
        opened_on=date(2026, 11, 20),
        title="Purses",
    )
    _, soup = read(client, chan, at("money", case.number))
    assert soup.select_one("#ask") is None
    assert "Nothing is asked for" in text(card(soup, "securities"))
    _, soup = read(client, chan, at("securities"))
    assert soup.select_one("#general") is None


def test_an_auditor_reads_and_enters_nothing(client, peng, case):
    send(client, peng, at("ask", case.number), asked())
    peng.role = "auditor"
    peng.save()
    for tag in LANGUAGES:
        response, soup = read(client, peng, at("money", case.number), **{"accept-language": tag})
        assert response.status_code == 200
        assert soup.select("form[method=post] [name=amount]") == []
    response, _ = send(client, peng, at("ask", case.number), asked())
    assert response.status_code == 403


def test_another_office_finds_none_of_it(client, chan, peng, case):
    send(client, peng, at("ask", case.number), asked())
    number = Security.objects.get().number
    for page in (at("money", case.number), at("security", number)):
        assert read(client, chan, page)[0].status_code == 404
