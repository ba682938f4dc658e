"""Files of recordations on the officers' pages: the queue, one file, its acts, many at once."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from tests.filing import account, file_in, holder_made, speaks_for

from countermark.apps.register.inputs import HolderInput
from countermark.apps.register.models import HolderAccess, Recordation
from countermark.apps.register.services import (
    DocumentInput,
    access_ask,
    recordation_document_add,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"


@pytest.fixture
def owner(tuen_mun):
    return account("owner@x.example", tuen_mun)


@pytest.fixture
def filed(owner, hongkong):
    holder = holder_made()
    speaks_for(owner, holder)

    def make(state, number="12345678", **changes):
        return file_in(
            state, administration=hongkong, holder=holder, by=owner, number=number, **changes
        )

    return make


def page(client, name, *args, **query):
    answer = client.get(reverse(f"rights:{name}", args=args), query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def text(soup) -> str:
    return " ".join(soup.get_text(" ").split())


def test_the_queue_shows_what_waits_and_never_a_draft(client, lau, filed):
    client.force_login(lau)
    assert "Nothing waits to be examined" in text(page(client, "files"))
    filed("draft", "1")
    filed("submitted", "2")
    filed("in-force", "3")
    waiting = page(client, "files").select("tbody tr")
    assert len(waiting) == 1
    assert "Submitted" in text(waiting[0])
    assert len(page(client, "files", show="all").select("tbody tr")) == 2
    assert len(page(client, "files", show="in-force").select("tbody tr")) == 1
    assert len(page(client, "files", show="all", q="meridian").select("tbody tr")) == 2
    assert len(page(client, "files", show="all", q="R-3").select("tbody tr")) == 1
    assert "No file matches" in text(page(client, "files", show="all", q="zzz"))
    assert "No file matches" in text(page(client, "files", show="all", type="copyright"))


def test_a_file_shows_what_the_law_asks_for_what_is_there_and_what_is_missing(
    client, lau, filed, owner, settings
):
    row = filed("submitted")
    row.documents.all().delete()
    client.force_login(lau)
    shown = page(client, "file", row.pk)
    assert "Hong Kong registration certificate" in text(shown.select_one(".cols"))
    assert "Not there" in text(shown)
    assert "VELUNDRA" in text(shown.select_one("h1"))
    assert "Begin the examination" in text(shown.find(id="acts").parent.parent)


def test_an_act_is_done_with_its_reason_and_shown_in_the_history(client, lau, filed):
    row = filed("examining")
    client.force_login(lau)
    act = reverse("rights:act", args=[row.pk])
    refused = client.post(act, {"act": "refuse", "note": " "})
    assert refused.status_code == 409
    assert "Write the reason" in refused.content.decode()
    answer = client.post(act, {"act": "approve", "number": "HK-77"})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.number) == ("in-force", "HK-77")
    assert "Approve" in text(page(client, "file", row.pk).find(id="history").parent.parent)


def test_a_missing_paper_stands_against_approval_and_the_page_says_which(client, lau, filed):
    row = filed("examining")
    row.documents.all().delete()
    client.force_login(lau)
    shown = text(page(client, "file", row.pk))
    assert "The file is not complete" in shown


def test_the_clock_of_the_mainland_says_why_the_day(client, lau, guangdong, settings, owner):
    settings.COUNTERMARK_ADMINISTRATION = "cn-gd"
    holder = holder_made(HolderInput(name="Other Ltd", country="FR"))
    row = file_in("submitted", administration=guangdong, holder=holder, by=owner, number="5")
    today = timezone.localdate()
    Recordation.objects.filter(pk=row.pk).update(
        due_term="decision", due_from=today, due_on=today + timedelta(days=45)
    )
    client.force_login(lau)
    shown = text(page(client, "file", row.pk).find(id="clock").parent.parent)
    assert "30 working days" in shown
    assert "Regulations on Customs Protection" in shown


def test_those_who_only_read_see_no_acts_and_may_do_none(client, chan, filed):
    row = filed("submitted")
    client.force_login(chan)
    assert page(client, "file", row.pk).find(id="acts") is None
    answer = client.post(reverse("rights:act", args=[row.pk]), {"act": "examine"})
    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["files", "kinds", "accesses", "list"])
def test_a_portal_account_sees_no_officers_page(client, owner, filed, name):
    row = filed("in-force")
    client.force_login(owner)
    assert client.get(reverse(f"rights:{name}")).status_code == 403
    assert client.get(reverse("rights:file", args=[row.pk])).status_code == 403


def test_a_bulk_act_is_shown_with_its_number_and_done_to_exactly_those(client, wu, filed):
    rows = [filed("in-force", str(100 + n)) for n in range(3)] + [filed("suspended", "200")]
    client.force_login(wu)
    shown = client.post(
        reverse("rights:bulk"), {"act": "suspend", "all": "1", "show": "all", "q": ""}
    )
    soup = BeautifulSoup(shown.content, "html.parser")
    assert "Suspend: 3 files" in text(soup.select_one("h1"))
    assert "Left out: 1 file" in text(soup)
    fields = {each["name"]: each["value"] for each in soup.select("main form input[name]")}
    keys = [each["value"] for each in soup.select("main form input[name=pk]")]
    said = {"act": "suspend", "digest": fields["digest"], "pk": keys, "note": "inquiry"}
    Recordation.objects.filter(pk=rows[0].pk).update(edition=9)
    refused = client.post(reverse("rights:bulk-do"), said)
    assert refused.status_code == 409
    assert Recordation.objects.filter(state="suspended").count() == 1
    Recordation.objects.filter(pk=rows[0].pk).update(edition=1)
    done = client.post(reverse("rights:bulk-do"), said)
    assert "Suspend, 3 files" in text(BeautifulSoup(done.content, "html.parser"))
    assert Recordation.objects.filter(state="suspended").count() == 4


def test_an_export_of_a_selection_holds_exactly_those(client, lau, filed):
    rows = [filed("in-force", str(100 + n)) for n in range(3)]
    client.force_login(lau)
    shown = client.post(reverse("rights:bulk"), {"act": "export", "pk": [rows[0].pk, rows[2].pk]})
    soup = BeautifulSoup(shown.content, "html.parser")
    digest = soup.select_one("main input[name=digest]")["value"]
    keys = [each["value"] for each in soup.select("main input[name=pk]")]
    said = {"act": "export", "digest": digest, "pk": keys}
    file = client.post(reverse("rights:bulk-do"), said)
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert client.post(reverse("rights:bulk-do"), said | {"pk": keys[:1]}).status_code == 409


def test_nothing_selected_and_an_unknown_act_are_refused(client, lau, filed):
    client.force_login(lau)
    assert client.post(reverse("rights:bulk"), {"act": "export"}).status_code == 400
    assert client.post(reverse("rights:bulk"), {"act": "pray"}).status_code == 404


def test_what_is_not_recorded_here_is_said_with_the_reason(client, chan, hongkong):
    client.force_login(chan)
    shown = text(page(client, "kinds"))
    assert "Hong Kong Customs acts on trade marks and copyright only" in shown
    assert "not checked against the text" in shown


def test_a_paper_is_sent_as_a_download_and_a_strangers_is_not_there(client, lau, filed, owner):
    row = filed("draft")
    paper = recordation_document_add(
        by=owner, recordation=row, given=DocumentInput(io.BytesIO(PDF), "p.pdf", "certificate")
    )
    address = reverse("rights:document", args=[paper.pk])
    client.force_login(lau)
    assert client.get(address).status_code == 404
    Recordation.objects.update(state="submitted", filed_on="2026-01-05")
    answer = client.get(address)
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == PDF


def test_an_account_is_admitted_refused_or_ended_with_a_reason(client, lau, owner, hongkong):
    client.force_login(lau)
    assert "Nobody has asked" in text(page(client, "accesses"))
    asked = access_ask(by=owner, holder=HolderInput(name="New Ltd", country="FR"), capacity="owner")
    assert "New Ltd" in text(page(client, "accesses"))
    settle = reverse("rights:settle", args=[asked.pk])
    assert client.post(settle, {"act": "refuse", "reason": ""}).status_code == 409
    assert client.post(settle, {"act": "bless"}).status_code == 409
    assert client.post(settle, {"act": "approve", "holder": ""}).status_code == 302
    assert HolderAccess.objects.get().holder.name == "New Ltd"
    assert client.post(settle, {"act": "end", "reason": "left the firm"}).status_code == 302
    assert HolderAccess.objects.get().state == "ended"
    assert "left the firm" in text(page(client, "access", asked.pk))
