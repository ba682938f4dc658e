"""How to tell genuine from fake: the light page at the dock, the guide, and examiners."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.apps.register.test_documents import picture
from tests.filing import account, speaks_for
from tests.trade import recorded
from tests.web.reading import LANGUAGES, errors, read, send, text

from countermark.apps.accounts.models import Officer
from countermark.apps.register.inputs import AuthorisedPartyInput
from countermark.apps.register.models import Examiner, GuideEdition, KnownInfringer
from countermark.apps.register.selectors import guide_get
from countermark.apps.register.services import (
    DocumentInput,
    ExaminerInput,
    InfringerInput,
    TrainingInput,
    authorised_party_add,
    examiner_record,
    guide_picture_add,
    guide_write,
    infringer_report,
)

pytestmark = pytest.mark.django_db

SECTIONS = {
    "tells": [
        {
            "feature": f"Feature {n}",
            "genuine": "Edges are painted by hand in two coats and do not flake. " * 3,
            "counterfeit": "Edges are raw or painted once; the paint cracks when bent. " * 3,
            "certainty": ("hint", "strong", "certain")[n % 3],
            "source": "The maker, 5 May 2025",
        }
        for n in range(15)
    ],
    "packaging": [{"part": "Box", "genuine": "Grey", "counterfeit": "White"}],
    "codes": [{"kind": "hologram", "place": "inside the flap", "check": "tilt it"}],
    "prices": [
        {
            "goods": "Shoulder bag",
            "unit": "H87",
            "currency": "HKD",
            "least": "4200",
            "most": "9800",
            "on": "2026-03-01",
        }
    ],
    "ports": [{"place": "Kwai Tsing", "direction": "import", "route": "by sea from Genoa"}],
    "contacts": [
        {
            "name": "Ng Suk-fan",
            "phone": "+852 2345 6789",
            "languages": "en yue",
            "days": "12345",
            "opens": "09:00",
            "closes": "18:00",
            "time_zone": "Asia/Hong_Kong",
        }
    ],
}


@pytest.fixture
def right(lau, hongkong):
    """A recorded right of Meridian Ltd with a full guide, twelve pictures and an examiner."""
    right = recorded(lau, hongkong)
    edition = 0
    for section, rows in SECTIONS.items():
        edition = guide_write(
            by=lau, right=right, edition=edition, section=section, rows=rows
        ).number
    for n in range(12):
        view = ("front", "back", "label", "seam", "packaging", "code")[n % 6]
        edition = guide_picture_add(
            by=lau,
            right=right,
            edition=edition,
            given=DocumentInput(io.BytesIO(picture(size=(480, 360))), "photo.jpg", ""),
            picture={"view": view, "shows": ("genuine", "counterfeit")[n // 6], "caption": "x"},
        ).number
    for n in range(20):
        authorised_party_add(
            by=lau, right=right, party=AuthorisedPartyInput(f"Pelican Bags {n} Ltd", proof="C-1")
        )
    examiner_record(
        by=lau,
        holder=right.holder,
        given=ExaminerInput(name="Chow Tsz-him", phone="+852 6123 4567", languages=("yue",)),
    )
    return right


@pytest.fixture
def owner(right, tuen_mun):
    """An account that speaks for Meridian Ltd."""
    who = account("owner@meridian.example", tuen_mun)
    speaks_for(who, right.holder)
    return who


def dock(right) -> str:
    return f"/rights/{right.pk}/dock/"


def test_the_page_at_the_dock_weighs_less_than_50_kb_and_needs_nothing_but_its_pictures(
    client, chan, right
):
    for tag in LANGUAGES:
        response, soup = read(client, chan, dock(right), **{"accept-language": tag})
        assert response.status_code == 200
        assert len(response.content) < 50_000
        assert soup.find_all(["script", "iframe", "video"]) == []
        assert all(link["href"].startswith("data:") for link in soup.find_all("link"))
        pictures = soup.find_all("img")
        assert len(pictures) == 12
        assert {each["loading"] for each in pictures} == {"lazy"}
        assert all(each["width"] and each["height"] and each["alt"] for each in pictures)


def test_its_style_is_the_only_one_the_browser_is_told_to_trust(client, chan, right):
    response, soup = read(client, chan, dock(right))
    digest = base64.b64encode(hashlib.sha256(soup.style.string.encode()).digest()).decode()
    policy = response["Content-Security-Policy"]
    assert f"style-src 'self' 'sha256-{digest}'" in policy
    assert "unsafe-inline" not in policy


def test_it_says_what_an_officer_needs_the_surest_first(client, chan, right):
    _, soup = read(client, chan, dock(right))
    said = text(soup)
    for wanted in (
        "VELUNDRA",
        "Meridian Ltd",
        "R-300000001",
        "HKD 4,200 – HKD 9,800",
        "Kwai Tsing",
        "Chow Tsz-him",
        "Pelican Bags 0 Ltd",
        "hk/trade-mark/300000001",
    ):
        assert wanted in said
    sure = [text(each) for each in soup.select(".tell .m:not(.w)")]
    assert sure == ["Certain"] * 5 + ["Strong sign"] * 5 + ["Hint"] * 5
    assert soup.select_one("a.call")["href"] == "tel:+85223456789"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-24T10:00:00+08:00", "answers now (24 Nov 2026, 10:00)"),
        ("2026-11-27T18:00:00+08:00", "answers from 30 Nov 2026, 09:00"),
    ],
)
def test_it_says_whether_somebody_answers_now(client, chan, right, moment, said):
    with time_machine.travel(moment):
        _, soup = read(client, chan, dock(right))
    assert said in text(soup)


def test_small_pictures_are_small_kept_and_drawn_once(client, chan, right, owner):
    _, soup = read(client, chan, dock(right))
    address = soup.img["src"]
    client.get(address)
    response = client.get(address)
    assert response["Content-Type"] == "image/webp"
    assert "immutable" in response["Cache-Control"]
    assert Image.open(io.BytesIO(response.content)).size == (240, 180)
    assert len(response.content) < 15_000
    assert client.get(re.sub(r"/240/$", "/4000/", address)).status_code == 404


def test_the_saved_page_is_one_file_and_names_no_infringer(client, chan, right):
    infringer_report(
        by=chan, right=right, given=InfringerInput("Tolland Cargo", "HK-1", date(2025, 1, 1))
    )
    _, soup = read(client, chan, dock(right))
    known = soup.find("details")
    assert "Tolland Cargo" in text(known)
    assert known["class"] == ["scr"]
    response, saved = read(client, chan, f"{dock(right)}save")
    assert "attachment" in response["Content-Disposition"]
    assert "Tolland Cargo" not in response.content.decode()
    assert "+852 2345 6789" in text(saved.header)
    assert ".bar{display:none" not in saved.style.string
    assert {each["src"][:23] for each in saved.find_all("img")} == {"data:image/webp;base64,"}
    assert saved.find_all("a", href=re.compile("^/")) == []


def test_an_officer_who_works_on_no_hits_reads_no_infringers(client, chan, kwok, right):
    infringer_report(
        by=chan, right=right, given=InfringerInput("Tolland Cargo", "HK-1", date(2025, 1, 1))
    )
    for address in (dock(right), f"/rights/{right.pk}/guide/"):
        response, _ = read(client, kwok, address)
        assert response.status_code == 200
        assert "Tolland" not in response.content.decode()


def test_the_page_as_it_was_on_a_day(client, chan, lau, hongkong):
    right = recorded(lau, hongkong)
    for day, feature in ((date(2026, 3, 2), "Old tell"), (date(2026, 5, 2), "New tell")):
        with time_machine.travel(day):
            number = GuideEdition.objects.count()
            rows = [{"feature": feature, "genuine": "so"}]
            guide_write(by=lau, right=right, edition=number, section="tells", rows=rows)
    for query, said in (
        ({"on": "2026-04-01"}, "Old tell"),
        ({"edition": "1"}, "Old tell"),
        ({}, "New tell"),
        ({"on": "2026-01-01"}, "Nobody has written a guide"),
    ):
        _, soup = read(client, chan, dock(right), query)
        assert said in text(soup)
    assert read(client, chan, dock(right), {"edition": "9"})[0].status_code == 404
    assert read(client, chan, dock(right), {"on": "yesterday"})[0].status_code == 400


def test_a_right_that_is_not_in_force_says_so_first(client, chan, lau, hongkong):
    right = recorded(lau, hongkong)
    right.recordations.update(in_force=False, closed=True, state="withdrawn")
    _, soup = read(client, chan, dock(right))
    assert "not on record in force" in text(soup.header)


def rows_of(soup) -> dict[str, str]:
    """What a browser would send back of the form with the rows."""
    form = soup.main.find("form", method="post", enctype=None)
    sent = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.get("type") in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            value = chosen["value"] if chosen else ""
        else:
            value = field.get("value", (field.string or "").strip())
        sent.setdefault(field["name"], []).append(value)
    return sent


@pytest.mark.parametrize("section", ["tells", "packaging", "codes", "prices", "ports", "contacts"])
def test_a_section_sent_back_as_it_is_shown_changes_nothing(client, lau, right, section):
    address = f"/rights/{right.pk}/guide/{section}/"
    before = GuideEdition.objects.count()
    _, soup = read(client, lau, address)
    response, soup = send(client, lau, address, rows_of(soup))
    assert response.status_code == 302, errors(soup)
    assert GuideEdition.objects.count() == before


def test_a_row_is_added_changed_and_taken_out_without_a_script(client, lau, hongkong):
    right = recorded(lau, hongkong)
    address = f"/rights/{right.pk}/guide/tells/"
    _, soup = read(client, lau, address)
    sent = rows_of(soup) | {"tells-0-feature": "Zip", "tells-0-genuine": "Engraved", "more": "1"}
    response, _ = send(client, lau, address, sent)
    assert response.url == address
    _, soup = read(client, lau, address)
    send(client, lau, address, rows_of(soup) | {"tells-0-genuine": "Cast"})
    [tell] = guide_get(right=right, visible_to=lau).rows["tells"]
    assert tell.genuine == "Cast"
    _, soup = read(client, lau, address)
    send(client, lau, address, rows_of(soup) | {"tells-0-DELETE": "on"})
    assert guide_get(right=right, visible_to=lau).rows["tells"] == []


def test_a_wrong_row_says_so_beside_its_field_and_keeps_what_was_typed(client, lau, hongkong):
    right = recorded(lau, hongkong)
    address = f"/rights/{right.pk}/guide/prices/"
    _, soup = read(client, lau, address)
    sent = rows_of(soup) | {
        "prices-0-goods": "Bag",
        "prices-0-unit": "H87",
        "prices-0-currency": "hkd",
        "prices-0-least": "90",
        "prices-0-most": "50",
        "prices-0-on": "2026-03-01",
    }
    response, soup = send(client, lau, address, sent)
    assert response.status_code == 422
    assert any("highest price is below" in each for each in errors(soup))
    assert soup.select_one("[name=prices-0-goods]")["value"] == "Bag"
    send(client, lau, address, sent | {"prices-0-most": "95"})
    assert guide_get(right=right, visible_to=lau).rows["prices"][0].currency == "HKD"


def test_who_opened_the_page_too_early_is_told_and_overwrites_nothing(client, lau, hongkong):
    right = recorded(lau, hongkong)
    address = f"/rights/{right.pk}/guide/tells/"
    _, soup = read(client, lau, address)
    mine = rows_of(soup) | {"tells-0-feature": "Zip", "tells-0-genuine": "Engraved"}
    send(client, lau, address, mine)
    response, soup = send(client, lau, address, mine | {"tells-0-genuine": "Cast"})
    assert response.status_code == 422
    assert any("Somebody else changed this guide" in each for each in errors(soup))


def test_a_picture_is_added_from_the_page_and_refused_with_its_reason(client, lau, hongkong):
    right = recorded(lau, hongkong)
    address = f"/rights/{right.pk}/guide/pictures/add"
    fields = {"edition": "0", "view": "front", "shows": "genuine"}
    for content, status in ((b"no picture", 422), (picture(), 302)):
        file = SimpleUploadedFile("front.jpg", content)
        response, _ = send(client, lau, address, fields | {"file": file})
        assert response.status_code == status
    assert len(guide_get(right=right, visible_to=lau).rows["pictures"]) == 1
    _, soup = read(client, lau, f"/rights/{right.pk}/guide/pictures/")
    assert soup.select_one("fieldset img")["src"].startswith("/rights/pictures/")


def test_who_may_not_keep_rights_is_offered_no_change_and_gets_none(client, chan, right):
    _, soup = read(client, chan, f"/rights/{right.pk}/guide/")
    assert soup.select(f"a[href^='/rights/{right.pk}/guide/']:not([href*=edition])") == []
    response, _ = send(client, chan, f"/rights/{right.pk}/guide/tells/", {})
    assert response.status_code == 403


def test_an_officer_reports_and_erases_a_known_infringer(client, chan, right):
    address = f"/rights/{right.pk}/guide/"
    sent = {"name": "Tolland Cargo", "source": "HK-1", "since": "2025-01-01"}
    assert send(client, chan, f"{address}report", sent)[0].status_code == 302
    response, soup = send(client, chan, f"{address}report", sent | {"since": "2199-01-01"})
    assert response.status_code == 422
    assert soup.select_one("#infringers ~ details[open], details[open] .summary")
    entry = KnownInfringer.objects.get()
    erased = {"entry": entry.pk, "reason": "acquitted"}
    assert send(client, chan, f"{address}erase", erased)[0].status_code == 302
    assert send(client, chan, f"{address}erase", erased)[0].status_code == 404


def test_who_can_come_to_our_office_tomorrow(client, chan, right, tuen_mun, airport):
    tomorrow = date.today() + timedelta(days=1)
    common = {"phone": "+852 1234 5678", "days": "1234567", "languages": ("en",)}
    trained = (TrainingInput("Leather goods", "Meridian", date(2024, 1, 1)),)
    for name, changes in {
        "Here": {"places": (tuen_mun.pk,), "trainings": trained},
        "Elsewhere": {"places": (airport.pk,)},
        "Away": {"places": (tuen_mun.pk,), "absences": ((tomorrow, tomorrow),)},
    }.items():
        given = ExaminerInput(**{"name": name} | common | changes)
        keeper = Officer.objects.get(username="lau")
        examiner_record(by=keeper, holder=right.holder, given=given)
    _, soup = read(client, chan, "/rights/examiners/")
    assert [text(row.th.a) for row in soup.select("tbody tr")] == ["Here"]
    assert [text(each) for each in soup.select(".langs button")] == ["EN", "繁", "简"]
    spoken = [each["value"] for each in soup.select("#language option")]
    assert spoken == ["", "en", "zh-hant", "zh-hans", "yue", "cmn", "pt"]
    _, soup = read(client, chan, "/rights/examiners/", {"place": "airport"})
    assert [text(row.th.a) for row in soup.select("tbody tr")] == ["Elsewhere"]
    assert "No training that counts" in text(soup.tbody)
    _, soup = read(client, chan, "/rights/examiners/", {"language": "pt"})
    assert "Nobody can come then" in text(soup.main)


def test_an_examiner_is_entered_and_changed_on_one_page(client, lau, chan, right, tuen_mun):
    address = f"/rights/holders/{right.holder_id}/examiner/"
    _, soup = read(client, lau, address)
    sent = rows_of(soup) | {
        "name": "Yip Ka-lok",
        "phone": "+852 9876 5432",
        "places": [tuen_mun.pk],
        "trainings-0-subject": "Leather",
        "trainings-0-given_by": "Meridian",
        "trainings-0-held_on": "2025-05-01",
        "absences-0-first": "2026-12-24",
        "absences-0-last": "2026-12-27",
    }
    response, soup = send(client, lau, address, sent)
    assert response.status_code == 302, errors(soup)
    made = Examiner.objects.get(name="Yip Ka-lok")
    assert (made.trainings.count(), made.absences.count(), made.days) == (1, 1, "12345")
    page = f"/rights/examiners/{made.pk}/"
    _, soup = read(client, lau, page)
    again = rows_of(soup)
    assert send(client, lau, page, again | {"phone": "+852 1111 2222"})[0].status_code == 302
    response, soup = send(client, lau, page, again)
    assert response.status_code == 422
    assert any("Somebody else changed this examiner" in each for each in errors(soup))
    _, soup = read(client, chan, page)
    assert soup.select_one("fieldset[disabled]")


def test_a_guide_is_found_by_its_right_and_the_missing_ones_by_a_filter(
    client, chan, lau, right, hongkong
):
    recorded(lau, hongkong, registration_number="300000002", word="ORLIVANE")
    for query, marks in (({}, ["VELUNDRA"]), ({"show": "without"}, ["ORLIVANE"])):
        _, soup = read(client, chan, "/rights/guides/", query)
        assert [text(row.th) for row in soup.select("tbody tr")] == marks
