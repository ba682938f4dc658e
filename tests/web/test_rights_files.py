"""Files of rights on the web: XML in, ST.96 and CSV out."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.apps.register.test_mark_files import HOLDER, st66
from tests.trade import recorded
from tests.web.reading import errors, read, send, text

from countermark.apps.audit.models import Entry
from countermark.apps.register.models import Right

pytestmark = pytest.mark.django_db


def upload(content: bytes, name: str = "rights.csv") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content)}


def test_trade_marks_in_xml_are_shown_and_then_imported_whatever_the_file_is_called(
    client, lau, hongkong
):
    response, _ = send(client, lau, "/rights/import/", upload(st66(HOLDER)))
    assert response.status_code == 302
    _, soup = read(client, lau, response.url)
    assert "VELUNDRA" in text(soup.tbody)
    digest = soup.select_one("input[name=digest]")["value"]
    send(client, lau, response.url, {"digest": digest})
    assert Right.objects.get().holder.name == "Meridian S.p.A."


def test_differences_of_facts_are_named_in_words(client, lau, hongkong):
    for content in (st66(HOLDER), st66(HOLDER, status="Registration opposed")):
        response, _ = send(client, lau, "/rights/import/", upload(content))
        _, soup = read(client, lau, response.url)
        digest = soup.select_one("input[name=digest]")["value"]
        shown = text(soup.tbody)
        send(client, lau, response.url, {"digest": digest})
    assert "Status at the office Registered → Registration opposed" in shown


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "Line 1: the file declares a document type"),
        (b"\n\n<html/>", "Line 3: a file that begins with {}html holds no trade marks"),
        (b"<?xml version='1.0' encoding='utf-7'?><a/>", "Line 1: the text is not in the encoding"),
        (b"<a", "Line 1: the XML is damaged"),
    ],
)
def test_a_file_that_is_refused_says_where_and_what_to_do(client, lau, hongkong, content, said):
    response, soup = send(client, lau, "/rights/import/", upload(content))
    assert response.status_code == 422
    assert any(said in each for each in errors(soup))


def test_the_list_is_exported_as_it_is_filtered(client, lau, hongkong):
    recorded(lau, hongkong)
    recorded(lau, hongkong, registration_number="300000002", word="ORLIVANE")
    _, soup = read(client, lau, "/rights/", {"q": "orlivane"})
    form = soup.select_one("form[action='/rights/export/']")
    given = {"q": form.select_one("input[name=q]")["value"]}
    formats = [button["value"] for button in form.select("button[name=format]")]
    assert formats == ["st96", "csv"]
    for file_format in formats:
        response = client.post("/rights/export/", given | {"format": file_format})
        content = b"".join(response.streaming_content)
        assert b"ORLIVANE" in content
        assert b"VELUNDRA" not in content
        assert "attachment" in response["Content-Disposition"]
    assert Entry.objects.filter(act="register.rights.exported").count() == 2


def test_who_may_not_export_sees_no_button_and_gets_no_file(client, chan, hongkong):
    _, soup = read(client, chan, "/rights/")
    assert soup.select_one("form[action='/rights/export/']") is None
    response, _ = send(client, chan, "/rights/export/", {"format": "csv"})
    assert response.status_code == 403
