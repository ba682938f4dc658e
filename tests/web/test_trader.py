"""The honest traders' lane on its pages: a link, a number, a licence, an answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.filing import account, speaks_for
from tests.licensing import permitted, question
from tests.trade import hit_on, loaded, recorded, row
from tests.web.portal.conftest import protected
from tests.web.reading import errors, read, send, soup_of, text

from countermark.apps.audit.models import Entry
from countermark.apps.cases.models import Case, TraderLink
from countermark.apps.cases.services import case_act, case_open_from_hit, trader_link_make
from countermark.apps.intake.models import DeclarationLine
from countermark.apps.register.inputs import TraderInput
from countermark.apps.register.models import Permission
from countermark.apps.register.services import permission_refuse, permission_revoke
from countermark.apps.screening.models import Hit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
NUMBER = "HK261122-0001"
CONSIGNEE = "Harbour Light Ltd"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def hit(lau, chan, hongkong) -> Hit:
    """A handbag under a recorded mark; the screener's own tests say how such a hit comes."""
    right = recorded(lau, hongkong)
    bag = {"goods_description": "ladies' handbag", "declared_brand": "VELUNDR4"}
    loaded(chan, [row(number=NUMBER, declared_on="2026-11-22", hs_code="420222", **bag)])
    return hit_on(
        right,
        DeclarationLine.objects.get(),
        NOW,
        score=0.87,
        resemblance="skeleton",
        field="declared_brand",
        matched="VELUNDR4",
        phrase="velundr4",
        contributions=[["start", 0.37], ["resemblance", 0.5]],
        decide_by=NOW + timedelta(hours=24),
    )


@pytest.fixture
def address(hit, chan) -> str:
    """The page of a link for the consignee."""
    _, token = trader_link_make(by=chan, hit=hit, party_role="consignee")
    return reverse("trader:page", args=[token])


@pytest.fixture
def trader(client, address):
    """A trader's browser that has opened the link."""
    client.post(address, {"number": NUMBER})
    return client


def licence(**changes):
    given = {
        "proof": SimpleUploadedFile("licence.pdf", PDF, "application/pdf"),
        "goods": "handbags",
        "valid_from": "2026-01-01",
        "valid_until": "2027-11-23",
        "statement": "Licence no. 7",
        "may_share": "on",
    }
    return given | changes


def test_the_whole_way_from_the_hit_to_the_answer(client, hit, chan, lau):
    _, form = read(client, chan, reverse("trader:link", args=[hit.number]))
    assert [text(label) for label in form.select("fieldset label")] == [
        f"Consignee: {CONSIGNEE}",
        "Consignor: Pelican Trading (Dongguan) Co., Ltd",
    ]
    said, slip = send(
        client,
        chan,
        reverse("trader:link", args=[hit.number]),
        {"party_role": "consignee", "days": "30"},
    )
    shown = text(slip.select_one("textarea"))
    address = shown.removeprefix("http://127.0.0.1:8000")
    assert said.status_code == 201
    client.logout()

    door = soup_of(client.get(address))
    assert [field["name"] for field in door.select("main input[name=number]")] == ["number"]
    assert "VELUNDRA" not in door.get_text()
    answer = client.post(address, {"number": NUMBER.lower()}, follow=True)
    page = text(soup_of(answer).select_one("main"))
    for words in (
        "The words look the same",
        "VELUNDR4",
        "VELUNDRA",
        "Meridian Ltd",
        "Nobody has found that they infringe",
        "decide by 24 Nov 2026, 12:00",
        "Tuen Mun River Trade Terminal",
    ):
        assert words in page
    answer = client.post(address + "licence/", licence(), follow=True)
    assert "Waiting for an answer" in text(soup_of(answer).select_one("main"))
    assert not soup_of(answer).select("#licence")

    permission = Permission.objects.get()
    _, page = read(client, lau, reverse("trader:permission", args=[permission.pk]))
    assert "Licence no. 7" in text(page)
    answer, _ = send(
        client,
        lau,
        reverse("trader:settle", args=[permission.pk]),
        {"act": "confirm", "confirm-valid_until": "2027-06-30"},
    )
    assert answer.status_code == 302
    client.logout()
    client.post(address, {"number": NUMBER})
    page = text(soup_of(client.get(address)).select_one("main"))
    assert "Confirmed" in page
    assert "to 30 June 2027 are not held" in page


def test_no_score_no_other_party_and_no_officer_is_told(trader, address):
    page = trader.get(address).content.decode()
    for secret in ("87", "0.87", "Pelican", "Chan", "H-000001", "hk-", "score"):
        assert secret not in page, secret


def test_the_page_is_not_kept_not_indexed_and_its_secret_not_sent_on(trader, address):
    answer = trader.get(address)
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"


def test_without_the_number_nothing_is_told_and_after_half_an_hour_it_is_asked_again(
    client, address, clock
):
    answer = client.post(address, {"number": "HK-1"})
    assert answer.status_code == 422
    assert errors(soup_of(answer)) == [
        "Number of the declaration: This is not the number of the declaration. Check it and write"
        " it again."
    ]
    assert client.post(address + "licence/", licence()).status_code == 302
    assert not Permission.objects.exists()
    client.post(address, {"number": NUMBER})
    assert "VELUNDRA" in client.get(address).content.decode()
    clock.shift(timedelta(minutes=31))
    assert "VELUNDRA" not in client.get(address).content.decode()


def test_one_link_opens_no_other(client, hit, chan, address):
    client.post(address, {"number": NUMBER})
    _, token = trader_link_make(by=chan, hit=hit, party_role="consignor")
    other = client.get(reverse("trader:page", args=[token]))
    assert "VELUNDRA" not in other.content.decode()


def test_a_link_that_is_gone_says_whom_to_ask(client, trader, address, chan):
    link = TraderLink.objects.get()
    _, page = read(client, chan, reverse("triage:hit", args=[link.hit.number]))
    assert "a link tells why" in text(page.select_one("#evidence"))
    send(client, chan, reverse("trader:close", args=[link.pk]))
    client.logout()
    for answer in (client.get(address), client.post(address, {"number": NUMBER})):
        body = text(soup_of(answer).select_one("main"))
        assert answer.status_code in (200, 404)
        assert "VELUNDRA" not in body
    assert answer.status_code == 404
    assert "Ask the customs office for a new one." in body


def test_every_view_is_in_the_log_and_too_many_are_turned_away(trader, address):
    for _ in range(60):
        assert trader.get(address).status_code == 200
    assert trader.get(address).status_code == 429
    assert Entry.objects.filter(act="cases.trader-link.viewed").count() == 60


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"proof": ""}, "Licence or other proof"),
        ({"proof": SimpleUploadedFile("x.pdf", b"MZ\x90\x00")}, "Licence or other proof"),
        ({"goods": ""}, "Goods that it covers"),
        ({"valid_until": "2026-11-01"}, "Valid until"),
        ({"valid_until": "tomorrow"}, "Valid until"),
    ],
)
def test_a_licence_that_cannot_be_taken_says_why_beside_its_field(trader, address, changes, field):
    answer = trader.post(address + "licence/", licence(**changes))
    assert answer.status_code == 422
    (said,) = errors(soup_of(answer))
    assert said.startswith(f"{field}: ")
    assert not Permission.objects.exists()


def test_a_case_tells_its_state_its_terms_and_what_the_law_lets_the_trader_do(
    trader, address, hit, chan
):
    case_open_from_hit(
        hit=hit,
        by=chan,
        opened_on=date(2026, 11, 23),
        procedure_code="hk/import-export-seizure",
        reason="looks forged",
    )
    case = Case.objects.get()
    case_act(case=case, act="seize", by=chan, acted_on=date(2026, 11, 23))
    page = text(soup_of(trader.get(address)).select_one("main"))
    assert "It stands at: Seized." in page
    assert "Claim in writing that the goods are not liable to forfeiture" in page
    assert "Cap. 60" in page
    assert "by 22 December 2026" in page
    assert "looks forged" not in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Nobody has found"), ("zh-hant", "VELUNDRA"), ("zh-hans", "VELUNDRA")],
)
def test_it_is_read_in_three_languages(trader, address, language, words):
    trader.post(reverse("set_language"), {"language": language, "next": address})
    answer = trader.get(address)
    assert words in answer.content.decode()
    tag = {"en": "en", "zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}[language]
    assert soup_of(answer).html["lang"] == tag


def test_a_refusal_is_read_by_the_trader_and_a_second_licence_may_follow(trader, address, lau):
    trader.post(address + "licence/", licence())
    permission_refuse(by=lau, permission=Permission.objects.get(), reason="It is unreadable")
    soup = soup_of(trader.get(address))
    assert "A customs officer did not confirm it: It is unreadable" in text(soup)
    assert soup.select("form[action$='/licence/']")


def test_officers_see_the_same_file_from_another_trader(client, hit, lau, hongkong):
    right = hit.right
    question(right)
    copied = question(right, TraderInput("Tai Fat Trading"))
    _, page = read(client, lau, reverse("trader:permission", args=[copied.pk]))
    assert "The same file came from another trader." in text(page)
    _, rows = read(client, lau, reverse("trader:list"))
    assert len(rows.select("tbody tr")) == 2
    assert rows.select_one(".rail a[href='/trader/'] .c, .rail a[href='/trader/']")


def test_a_permission_is_ended_with_a_reason_on_its_page(client, hit, lau):
    permission = permitted(hit.right, lau)
    address = reverse("trader:settle", args=[permission.pk])
    answer, page = send(client, lau, address, {"act": "revoke", "revoke-reason": ""})
    assert (answer.status_code, errors(page)) == (422, ["Reason: Write the reason."])
    send(client, lau, address, {"act": "revoke", "revoke-reason": "forged"})
    permission.refresh_from_db()
    assert permission.state == "revoked"
    answer, page = send(client, lau, address, {"act": "melt"})
    assert answer.status_code == 400


def test_the_page_of_a_hit_names_the_permission_behind_it(client, hit, lau, chan):
    bags = {"valid_from": date(2026, 11, 1)}
    permission = permitted(hit.right, lau, TraderInput("HARBOUR LIGHT Limited"), **bags)
    at = reverse("triage:hit", args=[hit.number])
    _, page = read(client, chan, at)
    said = f"Since this hit was found, HARBOUR LIGHT Limited has permission {permission.number}"
    assert said in text(page.select_one("#evidence"))
    Hit.objects.update(excused="authorised", found_at=NOW + timedelta(minutes=1))
    _, page = read(client, lau, at)
    assert f"Excused by permission {permission.number}" in text(page.select_one("#evidence"))
    permission_revoke(by=lau, permission=permission, reason="forged")
    _, page = read(client, lau, at)
    assert "Since this hit" not in text(page.select_one("#evidence"))


@pytest.mark.parametrize("who", ["chan", "lin", "mak", "kwok"])
@pytest.mark.parametrize("page", ["list", "permission", "offer"])
def test_who_examines_no_rights_sees_no_request(request, client, hit, who, page):
    pk = [question(hit.right).pk] if page != "list" else []
    answer, _ = read(client, request.getfixturevalue(who), reverse(f"trader:{page}", args=pk))
    assert answer.status_code == 403


def test_a_link_is_made_within_reach_only(client, hit, ho, lin):
    at = reverse("trader:link", args=[hit.number])
    assert read(client, ho, at)[0].status_code == 404
    assert read(client, lin, at)[0].status_code == 403


def test_the_holder_confirms_on_its_own_page_and_a_stranger_finds_none(
    client, hit, tuen_mun, hongkong
):
    permission = question(hit.right)
    ann = protected(account("ann@meridian.example", tuen_mun))
    speaks_for(ann, hit.right.holder)
    eve = protected(account("eve@rival.example", tuen_mun))
    at = reverse("portal:licence", args=[permission.pk])
    proof = reverse("portal:document", args=[permission.documents.get().pk])
    assert [read(client, eve, each)[0].status_code for each in (at, proof)] == [404, 404]
    assert send(client, eve, at, {"act": "confirm"})[0].status_code == 404
    _, rows = read(client, ann, reverse("portal:licences"))
    assert len(rows.select("tbody tr")) == 1
    _, page = read(client, ann, at)
    assert NUMBER not in text(page)
    assert b"".join(client.get(proof)).startswith(b"%PDF-")
    send(client, ann, at, {"act": "confirm", "confirm-valid_until": "2027-01-31"})
    permission.refresh_from_db()
    assert (permission.state, permission.decided_as) == ("in-force", "holder")
