"""Cases: the list, the page of one, what may be done and who may not."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from tests.apps.operations.scene import goods
from tests.trade import recorded, row, screened
from tests.web.cooperation import case, gd, opened, paired
from tests.web.reading import LANGUAGES, errors, read, send, text

from countermark.apps.cases.convert import case_summary
from countermark.apps.cases.models import Case, CaseAct
from countermark.apps.cases.services import case_act, case_open, note_add, partner_case_record
from countermark.apps.exchange.convert import content_from_row
from countermark.apps.exchange.models import OutboxMessage
from countermark.apps.screening.models import Hit

__all__ = ["case", "gd", "opened", "paired"]
pytestmark = pytest.mark.django_db
SEIZE = "seize"


def page(case, name="detail", *args):
    return reverse(f"cases:{name}", args=[case.number, *args])


def numbers(soup):
    return [text(link) for link in soup.select("tbody th a")]


# the list


def test_open_cases_are_shown_and_a_chip_says_that_closed_ones_are_not(client, chan, case, opened):
    gone = opened()
    Case.objects.filter(pk=gone.pk).update(closed_on=date(2014, 2, 1))
    _, soup = read(client, chan, "/cases/")
    assert numbers(soup) == [case.number]
    chip = soup.select_one(".fchip")
    assert "Closed cases are hidden" in text(chip)
    _, soup = read(client, chan, "/cases/" + chip.a["href"])
    assert set(numbers(soup)) == {case.number, gone.number}
    assert soup.select_one(".fchip") is None


def test_a_search_narrows_the_list_and_says_where_else_to_look(client, chan, case):
    assert numbers(read(client, chan, "/cases/", {"q": "bracelets"})[1]) == [case.number]
    _, soup = read(client, chan, "/cases/", {"q": "nothing of the kind"})
    assert numbers(soup) == []
    assert soup.select_one(".empty a")["href"].endswith("?q=nothing+of+the+kind&state=all")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"opened_from": "2014-01-11"}, 0),
        ({"opened_to": "2014-01-09"}, 0),
        ({"opened_from": "2014-01-10", "opened_to": "2014-01-10"}, 1),
        ({"opened_from": "not a day"}, 1),
        ({"operation": "GD-HK-2013-1"}, 0),
    ],
)
def test_dates_and_operation_in_the_address_filter(client, chan, case, query, shown):
    assert len(numbers(read(client, chan, "/cases/", query)[1])) == shown


def test_values_on_two_bases_are_listed_apart(client, chan, case):
    _, soup = read(client, chan, "/cases/")
    shown = [text(each) for each in soup.select("tbody .amt")]
    assert shown == ["HKD 7,600 Declared value", "HKD 13,000 Estimated market value"]


def test_an_outsider_sees_nothing_of_another_office(client, ho, case):
    assert numbers(read(client, ho, "/cases/", {"state": "all"})[1]) == []
    for name in ("detail", "share"):
        assert read(client, ho, page(case, name))[0].status_code in (403, 404)
    for name in ("act", "note", "attach"):
        assert send(client, ho, page(case, name), {"code": SEIZE})[0].status_code == 404
    assert not CaseAct.objects.exists()


def test_roles_without_cases_are_turned_away(client, kwok, case):
    for address in ("/cases/", "/cases/deadlines/", "/cases/partners/", page(case)):
        assert read(client, kwok, address)[0].status_code == 403


# one case


def test_the_page_totals_each_currency_and_basis_by_itself(client, chan, case):
    _, soup = read(client, chan, page(case))
    totals = [text(row) for row in soup.find(id="goods").find_parent("section").select("tfoot tr")]
    assert totals == [
        "Total HKD 7,600 Declared value",
        "Total HKD 13,000 Estimated market value",
    ]


def test_the_page_says_state_and_procedure_in_words_of_the_law(client, chan, case):
    _, soup = read(client, chan, page(case))
    assert "Criminal seizure (trade descriptions)" in text(soup.find(id="procedure").parent.parent)
    assert case.state not in text(soup.select_one(".meta"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_page_speaks_three_languages_and_leaks_no_component(
    client, chan, case, settings, code
):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
    for address in ("/cases/", "/cases/new/", "/cases/deadlines/", "/cases/partners/", page(case)):
        response, soup = read(client, chan, address)
        assert response.status_code == 200
        assert soup.html["lang"] == LANGUAGES[code]
        assert b"<c-" not in response.content
        assert b"{%" not in response.content


def test_only_acts_that_the_law_allows_are_offered(client, chan, case):
    _, soup = read(client, chan, page(case))
    offered = {field["value"] for field in soup.select("form input[name=code]")}
    assert SEIZE in offered
    assert "destroy" not in offered


def test_an_auditor_reads_and_is_offered_nothing(client, mak, case):
    _, soup = read(client, mak, page(case))
    assert soup.select("main form") == []
    assert send(client, mak, page(case, "note"), {"text": "x"})[0].status_code == 403


def test_an_act_is_entered_and_shows_in_the_timeline(client, chan, case):
    data = {"code": SEIZE, "seize-acted_on": "2014-01-12", "seize-reason": "marks compared"}
    assert send(client, chan, page(case, "act"), data)[0].status_code == 302
    _, soup = read(client, chan, page(case))
    newest = text(soup.find(id="timeline").find_parent("section").select_one("li"))
    assert newest.startswith("2014-01-12")
    assert "marks compared" in newest
    assert CaseAct.objects.get().act == SEIZE


def test_a_refused_act_says_why_beside_the_field_and_writes_nothing(client, chan, case):
    data = {"code": SEIZE, "seize-acted_on": "2099-01-01", "seize-reason": "typed"}
    response, soup = send(client, chan, page(case, "act"), data)
    assert response.status_code == 422
    assert errors(soup)
    assert soup.select_one("textarea[name=seize-reason]").text.strip() == "typed"
    assert soup.select_one("details[open] .field.bad")
    assert not CaseAct.objects.exists()


def test_an_act_unknown_to_the_law_is_refused(client, chan, case):
    data = {"code": "abracadabra", "abracadabra-acted_on": "2014-01-12"}
    response, soup = send(client, chan, page(case, "act"), data)
    assert response.status_code == 422
    assert errors(soup)


@pytest.fixture
def seized(chan, tuen_mun):
    """A seizure under the Import and Export Ordinance, which starts terms."""
    found = case_open(
        by=chan,
        office=tuen_mun,
        procedure_code="hk/import-export-seizure",
        opened_on=date(2026, 11, 1),
        title="Unmanifested cargo",
        goods=[goods(valued_on=date(2026, 11, 1))],
    )
    case_act(case=found, act=SEIZE, acted_on=date(2026, 11, 2), reason="unmanifested", by=chan)
    return found


def test_a_deadline_says_rule_start_days_and_whose_days(client, chan, seized):
    with time_machine.travel(datetime(2026, 11, 23, 4, tzinfo=UTC), tick=False):
        _, soup = read(client, chan, page(seized))
        _, listed = read(client, chan, "/cases/deadlines/", {"days": "30"})
    terms = soup.select(".terms > li")
    assert len(terms) == seized.deadlines.count() > 1
    for term, deadline in zip(terms, seized.deadlines.all(), strict=True):
        said = text(term)
        assert f"Due {deadline.due_on:%-d %B %Y}" in said
        assert "Started 2 November 2026" in said
        assert "30 days" in said
        assert "Every day" in said
        assert "Cap. 60" in said
        assert f"{(deadline.due_on - date(2026, 11, 23)).days} days" in said
    shown = listed.select("tbody tr")
    assert {text(row.select_one("a.mono")) for row in shown} == {seized.number}
    unverified = seized.deadlines.exclude(verification="verified")
    assert text(listed.find("main")).count("not checked") >= unverified.count()


def test_deadlines_of_other_offices_are_not_listed(client, ho, seized):
    with time_machine.travel(datetime(2026, 11, 23, 4, tzinfo=UTC), tick=False):
        _, listed = read(client, ho, "/cases/deadlines/")
    assert listed.select("tbody tr") == []
    assert listed.select_one(".empty")


def test_a_note_is_kept_here_and_an_empty_one_refused(client, chan, case):
    response, soup = send(client, chan, page(case, "note"), {"text": " "})
    assert (response.status_code, errors(soup)) == (422, ["Note: Write the note first."])
    send(client, chan, page(case, "note"), {"text": "The seal was <b>broken</b>."})
    _, soup = read(client, chan, page(case))
    line = soup.find(id="timeline").find_parent("section").select_one("li")
    assert "The seal was <b>broken</b>." in text(line)
    assert "stays here" in text(line)


def test_a_file_shows_its_hash_and_is_handed_out_for_saving_only(client, chan, ho, case):
    upload = SimpleUploadedFile("photo.txt", b"seen at the pier", content_type="text/html")
    send(client, chan, page(case, "attach"), {"file": upload})
    kept = case.attachments.get()
    _, soup = read(client, chan, page(case))
    assert kept.sha256 in text(soup.select_one(".files"))
    address = soup.select_one(".files a")["href"]
    response = client.get(address)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert b"".join(response.streaming_content) == b"seen at the pier"
    assert read(client, ho, address)[0].status_code == 404


def test_a_refused_file_says_what_to_do(client, chan, case):
    upload = SimpleUploadedFile("tool.exe", b"MZ\x00\x01\x02")
    response, soup = send(client, chan, page(case, "attach"), {"file": upload})
    assert response.status_code == 422
    assert errors(soup)
    assert not case.attachments.exists()


# opening


def filled(**changes):
    return {
        "title": "Earphones at Man Kam To",
        "procedure_code": "hk/criminal-seizure",
        "opened_on": "2014-01-10",
        "office": "tuen-mun",
        "goods-TOTAL_FORMS": "2",
        "goods-INITIAL_FORMS": "0",
        "goods-0-description": "Earphones",
        "goods-0-quantity": "300",
        "goods-0-unit": "H87",
        "goods-0-hs_code": "851830",
        "goods-0-amount": "4,500.50",
        "goods-0-currency": "HKD",
        "goods-0-value_basis": "market",
        "goods-0-valued_on": "2014-01-10",
        "goods-1-unit": "H87",
        "parties-TOTAL_FORMS": "1",
        "parties-INITIAL_FORMS": "0",
    } | changes


def test_a_case_is_opened_by_hand_and_empty_rows_are_left_out(client, chan):
    response, _ = send(client, chan, "/cases/new/", filled())
    found = Case.objects.get()
    line = found.goods.get()
    assert response["Location"] == page(found)
    assert (line.value_minor, line.currency, line.category) == (450_050, "HKD", "phone-accessories")
    assert not found.parties.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"goods-0-quantity": "many"}, "goods-0-quantity"),
        ({"goods-0-amount": "12 dollars"}, "goods-0-amount"),
        ({"goods-0-currency": ""}, "goods-0-currency"),
        ({"goods-0-registration": "unknown"}, "goods-0-registration"),
        ({"parties-0-name": "Somebody"}, "parties-0-role"),
    ],
)
def test_a_mistake_is_said_in_the_summary_and_linked_to_its_field(client, chan, changes, field):
    response, soup = send(client, chan, "/cases/new/", filled(**changes))
    assert response.status_code == 422
    links = [link["href"] for link in soup.select(".summary a")]
    assert links == [f"#id_{field}"]
    assert soup.find(id=f"id_{field}")
    assert not Case.objects.exists()


def test_a_row_is_added_or_copied_without_a_script_and_nothing_typed_is_lost(client, chan):
    _, soup = send(client, chan, "/cases/new/", filled(**{"add-row": "goods", "title": ""}))
    assert soup.find(id="id_goods-TOTAL_FORMS")["value"] == "3"
    assert errors(soup) == []
    _, soup = send(client, chan, "/cases/new/", filled(**{"clone-row": "goods-0"}))
    assert soup.find(id="id_goods-2-description")["value"] == "Earphones"
    assert soup.find(id="id_goods-2-amount")["value"] == "4,500.50"
    assert soup.find(id="id_title")["value"] == "Earphones at Man Kam To"
    assert not Case.objects.exists()


def test_a_case_in_another_office_is_refused(client, chan, airport):
    response, soup = send(client, chan, "/cases/new/", filled(office="airport"))
    assert response.status_code == 422
    assert errors(soup)


def test_a_case_is_opened_from_a_hit_with_the_goods_of_its_declaration(client, chan, lau, hongkong):
    recorded(lau, hongkong)
    screened(chan, [row(1, declared_brand="VELUNDR4", hs_code="420222")])
    hit = Hit.objects.get()
    address = f"/cases/new/?hit={hit.number}"
    _, soup = read(client, chan, address)
    assert hit.line.goods_description in text(soup.find(id="from").find_parent("section"))
    data = {
        "procedure_code": "hk/criminal-seizure",
        "opened_on": timezone.localdate().isoformat(),
        "reason": "letters changed",
    }
    refused, soup = send(client, chan, address, data | {"reason": ""})
    assert (refused.status_code, Case.objects.count()) == (422, 0)
    send(client, chan, address, data)
    opened_case = Case.objects.get()
    assert opened_case.origin_hit == hit
    _, soup = read(client, chan, page(opened_case))
    assert hit.number in text(soup.find(id="hits").find_parent("section"))


# sharing


def test_the_preview_is_exactly_what_is_sent_and_names_nobody(client, wu, case, paired):
    note_add(case=case, text="tip from Wong", by=wu)
    _, soup = read(client, wu, page(case, "share"))
    assert "Bright Harbour" not in text(soup.find("main"))
    assert "Sports shoes" not in text(soup.find("main"))
    send(client, wu, page(case, "share"), {"to": "cn-gd"})
    sent = content_from_row(OutboxMessage.objects.get(message_type="case.referral/1"))
    assert sent["data"] == case_summary(case)

    assert json.loads(soup.select_one("pre.raw").text) == case_summary(case)


def test_sharing_shows_in_the_timeline_with_its_state(client, wu, case, paired):
    send(client, wu, page(case, "share"), {"to": "cn-gd"})
    _, soup = read(client, wu, page(case))
    newest = text(soup.find(id="timeline").find_parent("section").select_one("li"))
    assert "Shared with Guangdong" in newest
    assert "Waiting" in newest


def test_front_line_officers_do_not_share(client, chan, case, paired):
    assert read(client, chan, page(case, "share"))[0].status_code == 403
    _, soup = read(client, chan, page(case))
    assert page(case, "share") not in [link.get("href") for link in soup.select("main a")]


def test_a_partners_case_is_read_and_not_worked_here(client, chan, guangdong, case):
    summary = case_summary(case) | {
        "administration": "cn-gd",
        "number": "GD-2014-000007",
        "key": "0191f0a0-0000-4000-8000-000000000007",
        "procedure": "cn/ex-officio",
        "state": "detained",
    }
    stated = partner_case_record(administration=guangdong, summary=summary)
    _, soup = read(client, chan, "/cases/partners/")
    assert numbers(soup) == ["GD-2014-000007"]
    _, soup = read(client, chan, f"/cases/partners/{stated.pk}/")
    assert "Detained, under investigation" in text(soup.select_one(".meta"))
    assert [form["action"] for form in soup.select("main form")] == [
        f"/cases/partners/{stated.pk}/link/"
    ]
    assert read(client, chan, "/cases/partners/999/")[0].status_code == 404


def test_a_partners_case_is_linked_to_ours_and_to_no_second_one(client, chan, guangdong, opened):
    ours, other = opened(), opened()
    summary = case_summary(ours) | {
        "administration": "cn-gd",
        "number": "GD-2014-000007",
        "key": "0191f0a0-0000-4000-8000-000000000007",
    }
    stated = partner_case_record(administration=guangdong, summary=summary)
    address = f"/cases/partners/{stated.pk}/link/"
    for number in ("HK-0000-000000", ours.number, other.number):
        send(client, chan, address, {"number": number})
    stated.refresh_from_db()
    assert stated.case == ours
