"""The exchange pages say where each message stands, to those who may know."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

pytestmark = pytest.mark.django_db


def page(client, officer, address, **query):
    client.force_login(officer)
    response = client.get(address, query)
    return response, BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("name", ["home", "received", "partners"])
def test_empty_pages_say_what_will_appear(client, lin, name):
    response, soup = page(client, lin, reverse(f"exchange:{name}"))
    assert response.status_code == 200
    assert soup.select_one(".empty h2").text
    assert soup.select_one(".empty p").text
    assert b"<c-" not in response.content


@pytest.mark.parametrize("name", ["home", "received", "partners"])
def test_a_front_line_officer_does_not_read_the_exchange(client, chan, name):
    response, _ = page(client, chan, reverse(f"exchange:{name}"))
    assert response.status_code == 403


def test_an_auditor_reads_but_does_not_pair(client, mak):
    assert page(client, mak, reverse("exchange:partners"))[0].status_code == 200
    assert page(client, mak, reverse("exchange:pairing"))[0].status_code == 403


def test_an_unknown_message_is_not_found(client, lin):
    unknown = "00000000-0000-4000-8000-000000000000"
    for name in ("sent-message", "received-message"):
        assert page(client, lin, reverse(f"exchange:{name}", args=[unknown]))[0].status_code == 404


def test_pairing_shows_our_own_fingerprint_twice(client, lin):
    _, soup = page(client, lin, reverse("exchange:pairing"))
    words, digits = (each.text.split("-") for each in soup.select(".spoken"))
    assert len(words) == len(digits) == 10
    assert all(group.isdigit() for group in digits)


def test_a_wrong_fingerprint_is_said_beside_its_field(client, lin):
    client.force_login(lin)
    answer = client.post(
        reverse("exchange:pairing"), {"bundle": "nonsense", "fingerprint": "x", "confirmed": "on"}
    )
    soup = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert soup.select_one(".summary[data-focus]")
