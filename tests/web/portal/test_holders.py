"""For whom an account speaks: asked for, seen by an officer, and told in plain words."""

from __future__ import annotations

import pytest
from tests.web.portal.conftest import paper
from tests.web.reading import errors, read, send, text

from countermark.apps.register.models import Document, HolderAccess
from countermark.apps.register.services import access_approve, access_refuse

pytestmark = pytest.mark.django_db
ASK = "/portal/holders/new/"
HERON = {"name": "Heron Press", "country": "hk", "address": "3 Pier Road", "as": "owner"}


def asked(client, who, **given):
    return send(client, who, ASK, HERON | given)


def test_one_says_first_who_one_is(client, newcomer):
    _, soup = read(client, newcomer, ASK)
    assert [each["value"] for each in soup.select("[name=as]")] == ["owner", "agent"]
    response, soup = read(client, newcomer, ASK, {"step": "1"})
    assert (response.status_code, errors(soup)) == (422, ["Choose one."])


def test_a_holder_asks_and_is_told_to_wait(client, newcomer):
    answer, _ = asked(client, newcomer)
    access = HolderAccess.objects.get()
    assert answer["Location"] == f"/portal/holders/{access.pk}/"
    assert access.claimed["country"] == "HK"
    _, soup = read(client, newcomer, "/portal/")
    assert "waiting for an officer since" in text(soup.select_one(".alert"))
    _, soup = read(client, newcomer, "/portal/holders/")
    assert "Waiting for an officer since" in text(soup.select_one("tbody .chip"))


def test_an_agent_needs_the_power_of_attorney_and_its_last_day(client, newcomer):
    response, soup = asked(client, newcomer, **{"as": "agent"})
    assert response.status_code == 422
    assert len(errors(soup)) == 2
    answer, _ = asked(
        client, newcomer, **{"as": "agent", "valid_until": "2099-01-01", "file": paper("poa.pdf")}
    )
    assert answer.status_code == 302
    assert Document.objects.get().role == "power_of_attorney"


def test_a_paper_that_is_refused_leaves_no_wish_behind(client, newcomer):
    response, soup = asked(client, newcomer, file=paper("poa.pdf", b"<script>"))
    assert response.status_code == 422
    assert errors(soup)
    assert not HolderAccess.objects.exists()


def test_another_paper_can_be_added_while_an_officer_has_not_decided(client, newcomer):
    asked(client, newcomer)
    address = f"/portal/holders/{HolderAccess.objects.get().pk}/"
    send(client, newcomer, address, {"file": paper("extract.pdf")})
    _, soup = read(client, newcomer, address)
    assert soup.find("a", string="extract.pdf")


def test_once_admitted_one_may_record(client, newcomer, lau):
    asked(client, newcomer)
    access_approve(by=lau, access=HolderAccess.objects.get())
    _, soup = read(client, newcomer, "/portal/")
    assert soup.find("a", href="/portal/files/new/")


def test_a_refusal_is_told_with_its_reason(client, newcomer, lau):
    asked(client, newcomer)
    access_refuse(by=lau, access=HolderAccess.objects.get(), reason="No such firm.")
    _, soup = read(client, newcomer, "/portal/holders/")
    assert "No such firm." in text(soup.select_one("tbody"))


def test_asking_twice_is_said(client, newcomer):
    asked(client, newcomer)
    response, soup = asked(client, newcomer)
    assert response.status_code == 422
    assert "already" in errors(soup)[0]


def test_who_speaks_for_nobody_cannot_begin_a_file(client, newcomer):
    answer, _ = read(client, newcomer, "/portal/files/new/")
    assert answer["Location"] == "/portal/holders/"
