"""The register's pages: find, read, record, change, import."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.trade import recorded
from tests.web.reading import LANGUAGES, errors, read, send, soup_of, text

from countermark.apps.audit.models import Entry
from countermark.apps.register.models import AuthorisedParty, Recordation, Right, RightHolder

pytestmark = pytest.mark.django_db

FORM = {
    "word": "AURELIO",
    "word_zh_hant": "奧雷利",
    "word_zh_hans": "奥雷利",
    "jurisdiction": "hk",
    "registration_number": "304877120",
    "nice_classes": "18、25",
    "valid_from": "2020-01-01",
    "valid_until": "2030-01-01",
    "holder_name": "Aurelio S.p.A.",
    "holder_country": "it",
    "recordation_number": "R-1",
    "recorded_on": "2020-02-01",
}
HEADER = "registration number,mark,classes,valid from,valid until,holder,country\n"


@pytest.fixture
def right(lau, hongkong):
    return recorded(lau, hongkong, word_zh_hans="薇伦卓", word_zh_hant="薇倫卓")


def upload(text):
    return {"file": SimpleUploadedFile("rights.csv", text.encode())}


@pytest.mark.parametrize("query", ["velundra", "薇倫卓", "薇伦卓", "300000001", "meridian", "R-3"])
def test_a_right_is_found_in_any_script_and_by_any_number(client, chan, right, query):
    _, soup = read(client, chan, "/rights/", {"q": query})
    assert [a["href"] for a in soup.select("tbody a")] == [f"/rights/{right.pk}/"]


@pytest.mark.parametrize(("code", "tag"), LANGUAGES.items())
def test_an_empty_search_and_an_empty_register_say_what_to_do(client, chan, code, tag):
    for query in ({}, {"q": "nothing"}):
        _, soup = read(client, chan, "/rights/", query, accept_language=code)
        assert soup.html["lang"] == tag
        assert soup.select_one(".empty p")


def test_a_right_shows_what_protects_it_and_its_history(client, chan, right):
    response, soup = read(client, chan, f"/rights/{right.pk}/")
    assert response.status_code == 200
    assert text(soup.find("dd", lang="zh-Hant")) == "薇倫卓"
    for shown in ("300000001", "R-300000001", "1 January 2010 to 1 January 2030", "18"):
        assert shown in text(soup.main)
    assert "Right recorded" in text(soup.select_one("ol.tl"))


def test_pages_of_a_long_register_link_to_one_another(client, chan, lau, hongkong):
    for number in range(27):
        recorded(lau, hongkong, registration_number=f"3{number:08d}")
    _, soup = read(client, chan, "/rights/", {"q": "velundra"})
    assert "1 to 25 of 27" in text(soup.select_one(".pager"))
    following = soup.select_one(".pager a[rel=next]")["href"]
    assert len(soup_of(client.get("/rights/" + following)).select("tbody tr")) == 2


def test_only_who_keeps_the_register_is_offered_to_change_it(client, chan, lau, right):
    offered = {"/rights/new/", "/rights/import/"}
    assert not offered & {a["href"] for a in read(client, chan, "/rights/")[1].select("a")}
    assert offered <= {a["href"] for a in read(client, lau, "/rights/")[1].select("a")}
    assert not read(client, chan, f"/rights/{right.pk}/")[1].select("main form")
    for address in ("/rights/new/", "/rights/import/", f"/rights/{right.pk}/edit/"):
        assert read(client, chan, address)[0].status_code == 403


def test_a_mark_is_recorded_with_holder_and_recordation(client, lau, hongkong):
    answer, _ = send(client, lau, "/rights/new/", FORM)
    right = Right.objects.get()
    assert answer["Location"] == f"/rights/{right.pk}/"
    assert right.nice_classes == [18, 25]
    assert (right.holder.name, right.holder.country) == ("Aurelio S.p.A.", "IT")
    assert Recordation.objects.get().administration == hongkong


WORK = {
    name: said for name, said in FORM.items() if name not in {"nice_classes", "registration_number"}
} | {
    "registration_number": "HK-WORK-7",
    "fact-work_kind": "drawing",
    "fact-author": "Odile Marchetti",
    "fact-completed_on": "2019-05-01",
}


def test_a_right_of_another_kind_is_recorded_with_what_its_law_file_asks(client, lau, hongkong):
    _, soup = read(client, lau, "/rights/new/", {"kind": "copyright"})
    assert soup.find(id="id_fact-author")
    assert not soup.find(id="id_nice_classes")
    answer, soup = send(client, lau, "/rights/new/?kind=copyright", WORK | {"fact-author": ""})
    assert answer.status_code == 422
    assert any(line.startswith("Author: ") for line in errors(soup))
    send(client, lau, "/rights/new/?kind=copyright", WORK)
    right = Right.objects.get()
    assert (right.right_type, right.nice_classes) == ("copyright", [])
    assert right.facts["author"] == "Odile Marchetti"


def test_a_change_keeps_the_kind_of_a_right_and_its_facts(client, lau, hongkong):
    send(client, lau, "/rights/new/?kind=copyright", WORK)
    right = Right.objects.get()
    _, soup = read(client, lau, f"/rights/{right.pk}/edit/")
    shown = {each["name"]: each.get("value", "") for each in soup.select("main form.form input")}
    assert shown["fact-author"] == "Odile Marchetti"
    change = {**WORK, "word": "AURELIO II", "version": right.version}
    assert send(client, lau, f"/rights/{right.pk}/edit/", change)[0].status_code == 302
    right.refresh_from_db()
    assert (right.word, right.right_type, right.facts["completed_on"]) == (
        "AURELIO II",
        "copyright",
        "2019-05-01",
    )


def test_a_kind_of_right_that_no_law_file_names_is_not_found(client, lau, hongkong):
    assert read(client, lau, "/rights/new/", {"kind": "perfume"})[0].status_code == 404


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"registration_number": ""}, "Registration number: Write the registration number."),
        ({"nice_classes": "bags"}, "Nice classes: Write the classes as numbers, such as 18, 25."),
        ({"nice_classes": "46"}, "Nice classes: Nice classes are numbers from 1 to 45."),
        ({"valid_until": "2019-01-01"}, "Valid until: The last day is before the first."),
        ({"recorded_on": ""}, "Recorded on: Write the day of recordation."),
        ({"holder_country": "Italy"}, "Holder's country: Write the country as two letters"),
        (
            {"word": "", "word_zh_hans": "", "word_zh_hant": ""},
            "Word in Latin letters: Write the mark in at least one of the three scripts.",
        ),
    ],
)
def test_a_refused_mark_names_the_field_and_writes_nothing(client, lau, hongkong, change, said):
    answer, soup = send(client, lau, "/rights/new/", FORM | change)
    assert answer.status_code == 422
    assert any(line.startswith(said) for line in errors(soup)), errors(soup)
    link = soup.select_one(".summary a")
    assert soup.find(id=link["href"].removeprefix("#"))
    assert not Right.objects.exists()
    assert not RightHolder.objects.exists()


def test_a_registration_recorded_twice_leaves_the_holder_as_it_was(client, lau, hongkong):
    send(client, lau, "/rights/new/", FORM)
    answer, soup = send(client, lau, "/rights/new/", FORM | {"holder_name": "Somebody else"})
    assert answer.status_code == 422
    assert errors(soup) == ["This registration is in the register already. Open it instead."]
    assert not RightHolder.objects.filter(name="Somebody else").exists()


def edit_form(right, **changes):
    names = ("word", "word_zh_hans", "word_zh_hant", "jurisdiction", "registration_number", "goods")
    form = {name: getattr(right, name) for name in names}
    form |= {"nice_classes": "18", "valid_from": "2010-01-01", "valid_until": "2031-01-01"}
    return form | {"version": right.version} | changes


def test_a_change_takes_the_next_version_and_is_shown_in_the_history(client, lau, right):
    answer, _ = send(client, lau, f"/rights/{right.pk}/edit/", edit_form(right))
    assert answer.status_code == 302
    _, soup = read(client, lau, f"/rights/{right.pk}/")
    assert "Version 2" in text(soup.main)
    assert "Valid until 2030-01-01 → 2031-01-01" in text(soup.select_one("ol.tl"))


def test_a_change_made_from_an_old_version_is_refused(client, lau, right):
    send(client, lau, f"/rights/{right.pk}/edit/", edit_form(right))
    answer, soup = send(client, lau, f"/rights/{right.pk}/edit/", edit_form(right, goods="bags"))
    assert answer.status_code == 422
    assert "Open it again and repeat your change" in errors(soup)[0]


def test_an_authorised_party_is_added_or_refused_beside_its_form(client, lau, right):
    party = {"name": "Pelican Trading", "role": "importer", "valid_from": "2026-01-01"}
    assert send(client, lau, f"/rights/{right.pk}/authorise", party)[0].status_code == 302
    assert AuthorisedParty.objects.get().role == "importer"
    answer, soup = send(client, lau, f"/rights/{right.pk}/authorise", party)
    assert answer.status_code == 422
    assert soup.select_one("details[open] .summary")


def test_a_right_is_withdrawn_with_a_reason_only(client, lau, right):
    assert send(client, lau, f"/rights/{right.pk}/withdraw", {})[0].status_code == 422
    send(client, lau, f"/rights/{right.pk}/withdraw", {"reason": "surrendered"})
    right.refresh_from_db()
    assert right.state == "withdrawn"


def test_a_recordation_is_entered_later(client, lau, hongkong):
    send(client, lau, "/rights/new/", FORM | {"recordation_number": "", "recorded_on": ""})
    pk = Right.objects.get().pk
    data = {"recordation_number": "R-9", "recorded_on": "2026-01-01"}
    assert send(client, lau, f"/rights/{pk}/record", data)[0].status_code == 302
    assert Recordation.objects.get().number == "R-9"


def test_an_import_shows_what_it_would_do_and_does_exactly_that(client, lau, right):
    rows = (
        "300000001,VELUNDRA,18,2010-01-01,2032-01-01,Meridian Ltd,GB\n"
        "N-1,LUMIVA,3,2020-01-01,2030-01-01,Lumiva Labs Ltd,FR\n"
        "N-2,BAD,99,2020-01-01,2030-01-01,Lumiva Labs Ltd,FR\n"
    )
    answer, _ = send(client, lau, "/rights/import/", upload(HEADER + rows))
    soup = soup_of(client.get(answer["Location"]))
    assert [text(dd) for dd in soup.select(".stats dd")] == ["1", "1", "0", "1"]
    shown = [text(tr) for tr in soup.select("tbody tr")]
    assert "Valid until 2030-01-01 → 2032-01-01" in shown[0]
    assert "4 Rejected" in shown[2]
    assert "Nice classes are numbers from 1 to 45." in shown[2]
    assert Right.objects.count() == 1
    digest = soup.select_one("[name=digest]")["value"]
    done = soup_of(client.post(answer["Location"], {"digest": digest}))
    assert [text(dd) for dd in done.select(".stats dd")] == ["1", "1", "0", "1"]
    assert Right.objects.count() == 2
    file = client.get("/rights/import/rejects")
    assert "class-out-of-range" in b"".join(file.streaming_content).decode()


def test_an_import_is_refused_when_the_register_has_changed_meanwhile(client, lau, hongkong):
    row = "N-1,LUMIVA,3,2020-01-01,2030-01-01,Lumiva Labs Ltd,FR\n"
    answer, _ = send(client, lau, "/rights/import/", upload(HEADER + row))
    digest = soup_of(client.get(answer["Location"])).select_one("[name=digest]")["value"]
    recorded(lau, hongkong, registration_number="N-1", word="OTHER")
    answer = client.post(answer["Location"], {"digest": digest})
    assert answer.status_code == 409
    assert "The register has changed since you looked." in text(soup_of(answer).main)
    assert not Entry.objects.filter(act="register.rights.imported").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "File of rights: The file is empty. Choose another."),
        ("mark,holder\nX,Y\n", "No column holds: Registration number, Nice classes"),
    ],
)
def test_a_file_that_cannot_be_imported_says_why(client, lau, hongkong, content, said):
    answer, soup = send(client, lau, "/rights/import/", upload(content))
    assert answer.status_code == 422
    assert errors(soup)[0].startswith(said)


def test_an_unknown_upload_or_right_is_not_found(client, lau, hongkong):
    for address in ("/rights/import/nonsense/", "/rights/99/", "/rights/import/rejects"):
        assert read(client, lau, address)[0].status_code == 404
