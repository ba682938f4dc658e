"""Links on pages: the list and its figure, parties and transport, what officers say of them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.cooperation import case, opened
from tests.web.reading import LANGUAGES, errors, read, send, text

from countermark.apps.cases.models import CommonValue, Conveyance, PartyDetail, PartyVerdict
from countermark.apps.cases.services import PartyInput
from countermark.web.svg import Spoke, star

__all__ = ["case", "opened"]
pytestmark = pytest.mark.django_db
LINKS_PAGE = 19
"""Queries of the page of links, those of the shell around it among them."""


def page(case, name="detail", *args):
    return reverse(f"cases:{name}", args=[case.number, *args])


def section(soup, name):
    return soup.find(id=name).find_parent("section")


@pytest.fixture
def other(opened):
    """Another case with the same consignee, written otherwise."""
    return opened(parties=[PartyInput("consignee", "BRIGHT HARBOUR TRADING LTD", "hk77")])


@pytest.fixture
def hidden(opened, airport):
    """A case of the airport with the same consignee."""
    return opened(office=airport, parties=[PartyInput("owner", "Bright Harbour Trading")])


def test_the_case_page_lists_linked_cases_with_why_and_draws_them(client, chan, case, other):
    _, soup = read(client, chan, page(case))
    shown = section(soup, "links")
    line = shown.select_one(".linked > li")
    assert text(line.select_one("a.mono")) == other.number
    assert "Strong" in text(line)
    assert "Name: Bright Harbour Trading (there: BRIGHT HARBOUR TRADING LTD)" in text(line)
    figure = shown.select_one("svg[role=img]")
    assert other.number in text(figure.find("desc"))
    assert len(figure.select("line")) == len(shown.select(".linked > li"))


def test_a_hidden_case_is_counted_and_its_number_is_nowhere(client, chan, case, hidden):
    for address in (page(case), page(case, "links")):
        response, soup = read(client, chan, address)
        assert hidden.number not in response.content.decode()
        assert "1 linked case of another office is not shown" in text(soup)
    key = case.keys.get(kind="name").pk
    response, soup = read(client, chan, reverse("cases:value", args=[key]))
    assert hidden.number not in response.content.decode()
    assert "1 case of another office is not shown" in text(soup)


def test_an_outsider_reaches_neither_links_nor_values(client, ho, kwok, case):
    key = case.keys.get(kind="name").pk
    for address in (page(case, "links"), reverse("cases:value", args=[key])):
        assert read(client, ho, address)[0].status_code == 404
        assert read(client, kwok, address)[0].status_code == 403
    assert send(client, ho, page(case, "judge"), {})[0].status_code == 404
    ignore = reverse("cases:value-ignore", args=[key])
    assert send(client, ho, ignore, {"reason": "x"})[0].status_code == 404
    for name in ("party-add", "detail-add", "conveyance-add"):
        assert send(client, ho, page(case, name), {})[0].status_code == 404


def test_a_case_without_links_says_so(client, chan, case):
    _, soup = read(client, chan, page(case, "links"))
    assert "No case within your reach shares" in text(section(soup, "linked"))
    assert soup.select_one("svg.star") is None
    _, soup = read(client, chan, reverse("cases:common-values"))
    assert "No value is ignored" in text(soup.select_one(".empty"))


def test_details_parties_and_transport_are_added_and_taken_out(client, chan, case):
    party = case.parties.get()
    said = {"detail-party": party.pk, "detail-kind": "name", "detail-tag": "zh-Hant"}
    send(client, chan, page(case, "detail-add"), said | {"detail-value": "明港貿易有限公司"})
    said = {"party-role": "owner", "party-name": "Wong Tai-man"}
    send(client, chan, page(case, "party-add"), said)
    said = {"conveyance-kind": "container", "conveyance-value": "CSQU3054383"}
    send(client, chan, page(case, "conveyance-add"), said)
    shown = text(section(read(client, chan, page(case))[1], "parties"))
    for words in ("Traditional Chinese", "明港貿易有限公司", "Wong Tai-man", "CSQU3054383"):
        assert words in shown
    detail, conveyance = PartyDetail.objects.get(), Conveyance.objects.get()
    send(client, chan, page(case, "detail-remove", detail.pk))
    send(client, chan, page(case, "conveyance-remove", conveyance.pk))
    assert not PartyDetail.objects.exists()
    assert not Conveyance.objects.exists()


def test_a_tag_that_does_not_fit_is_left_out(client, chan, case):
    said = {"detail-party": case.parties.get().pk, "detail-kind": "phone", "detail-tag": "brn"}
    send(client, chan, page(case, "detail-add"), said | {"detail-value": "2345 6789"})
    assert PartyDetail.objects.get().tag == ""


def test_a_wrong_container_is_refused_beside_its_field(client, chan, case):
    said = {"conveyance-kind": "container", "conveyance-value": "CSQU3054384"}
    response, soup = send(client, chan, page(case, "conveyance-add"), said)
    assert response.status_code == 422
    assert "check digit does not fit" in errors(soup)[0]
    assert soup.select_one("details[open] .field.bad")
    assert not Conveyance.objects.exists()


def test_an_officer_judges_two_parties_and_takes_it_back(client, chan, case, other):
    said = {"party": case.parties.get().pk, "other": other.parties.get().pk}
    address = page(case, "judge")
    response, soup = send(client, chan, address, said | {"verdict": "different", "reason": " "})
    assert (response.status_code, errors(soup)) == (422, ["Reason: Write the reason first."])
    send(client, chan, address, said | {"verdict": "different", "reason": "two addresses"})
    _, soup = read(client, chan, page(case, "links"))
    assert "two addresses" in text(section(soup, "verdicts"))
    assert "Name: Bright" not in text(section(soup, "linked"))
    again = said | {"verdict": "different", "reason": "again"}
    assert send(client, chan, address, again)[0].status_code == 422
    send(client, chan, address, said | {"verdict": "undone", "reason": "one firm"})
    assert "Name: Bright" in text(section(read(client, chan, page(case, "links"))[1], "linked"))
    assert PartyVerdict.objects.count() == 2


def test_a_value_is_ignored_with_a_reason_and_let_back(client, chan, case, other):
    key = case.keys.get(kind="name").pk
    address = reverse("cases:value", args=[key])
    assert other.number in text(read(client, chan, address)[1].find("main"))
    ignore = reverse("cases:value-ignore", args=[key])
    assert send(client, chan, ignore, {"reason": ""})[0].status_code == 422
    send(client, chan, ignore, {"reason": "a courier firm"})
    assert send(client, chan, ignore, {"reason": "again"})[0].status_code == 422
    _, soup = read(client, chan, page(case))
    assert "is ignored: a courier firm" in text(section(soup, "links"))
    _, soup = read(client, chan, reverse("cases:common-values"))
    assert "a courier firm" in text(soup.find("main"))
    send(client, chan, reverse("cases:value-lift", args=[CommonValue.objects.get().pk]))
    assert "a courier firm" not in text(section(read(client, chan, page(case))[1], "links"))


def test_an_auditor_reads_links_and_is_offered_nothing(client, mak, case, other):
    key = case.keys.get(kind="name").pk
    for address in (page(case, "links"), reverse("cases:value", args=[key])):
        response, soup = read(client, mak, address)
        assert response.status_code == 200
        assert soup.select("main form") == []


@pytest.mark.usefixtures("other")
@pytest.mark.parametrize("code", LANGUAGES)
def test_the_pages_speak_three_languages(client, chan, case, settings, code):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
    key = case.keys.get(kind="name").pk
    values = (reverse("cases:value", args=[key]), reverse("cases:common-values"))
    for address in (page(case), page(case, "links"), *values):
        response, soup = read(client, chan, address)
        assert response.status_code == 200
        assert soup.html["lang"] == LANGUAGES[code]
        assert b"<c-" not in response.content
        assert b"{%" not in response.content


def test_links_cost_a_page_the_same_however_many_there_are(client, chan, case, opened):
    client.force_login(chan)
    client.get(page(case, "links"))
    counts = []
    for _ in range(2):
        for _ in range(3):
            opened(parties=[PartyInput("consignee", "Bright Harbour Trading")])
        with CaptureQueriesContext(connection) as asked:
            client.get(page(case, "links"))
        counts.append(len(asked))
    assert counts == [LINKS_PAGE, LINKS_PAGE]


def test_a_figure_is_well_formed_escaped_and_inside_its_frame():
    spokes = [Spoke(f"<{n}>", "weak", "a & b") for n in range(8)]
    drawn = ET.fromstring(star("HK", spokes, title="<t>", description="a & b"))  # noqa: S314
    _, _, width, height = map(float, drawn.get("viewBox").split())
    assert drawn.find("title").text == "<t>"
    assert [group.find("text").text for group in drawn.findall("g")][:2] == ["<0>", "<1>"]
    boxes = [group.find("rect") for group in drawn.findall("g")]
    for box in boxes:
        assert 0 <= float(box.get("x")) <= width - float(box.get("width"))
        assert 0 <= float(box.get("y")) <= height - float(box.get("height"))
    places = {(box.get("x"), box.get("y")) for box in boxes}
    assert len(places) == len(boxes) == 9
