"""The holder's own pages: the list, a file and how it stands, acts, and reporting a change."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.filing import file_in
from tests.web.portal.test_recording import values
from tests.web.reading import errors, read, send, text

from countermark.apps.register.models import RightHolder
from countermark.apps.register.services import recordation_act

pytestmark = pytest.mark.django_db
HOME = "/portal/"


@pytest.fixture
def made(ann, meridian, hongkong, guangdong):
    """Return a function that puts a file of Meridian's into a state."""

    offices = {"hk": hongkong, "cn-gd": guangdong}

    def make(state, office="cn-gd", **given):
        return file_in(state, administration=offices[office], holder=meridian, by=ann, **given)

    return make


def page(file, rest=""):
    return f"/portal/files/{file.pk}/{rest}"


# the list


def test_somebody_who_speaks_for_nobody_is_told_what_to_do(client, newcomer):
    _, soup = read(client, newcomer, HOME)
    assert text(soup.select_one(".empty h2")) == "For whom do you speak?"
    assert soup.find("a", href="/portal/holders/new/")


def test_a_holder_without_files_is_led_to_the_first(client, ann):
    _, soup = read(client, ann, HOME)
    assert text(soup.select_one(".empty h2")) == "No right is recorded yet"
    assert soup.select_one(".empty a")["href"] == "/portal/files/new/"


def test_the_list_shows_each_file_with_how_it_stands(client, ann, made):
    made("in-force")
    made("more-asked", number="2")
    made("withdrawn", number="3")
    _, soup = read(client, ann, HOME)
    chips = [text(each) for each in soup.select("tbody .chip")]
    assert sorted(chips) == ["Customs asks for more", "In force"]
    assert text(soup.select_one(".rail [aria-current] .n")).startswith("1")
    assert soup.select_one(".rail .n.hot")


@pytest.mark.parametrize(
    ("show", "found"),
    [
        ("to-do", 1),
        ("with-customs", 1),
        ("in-force", 1),
        ("ended", 1),
        ("open", 3),
        ("nonsense", 3),
    ],
)
def test_the_list_is_narrowed_by_how_files_stand(client, ann, made, show, found):
    for number, state in enumerate(("draft", "examining", "in-force", "withdrawn")):
        made(state, number=str(number))
    _, soup = read(client, ann, HOME, {"show": show})
    assert len(soup.select("tbody tr")) == found


@pytest.mark.parametrize(
    ("query", "found"), [("velundra", 2), ("Meridian", 2), ("7001", 1), ("!!", 0), ("heron", 0)]
)
def test_the_list_is_searched_by_mark_holder_and_number(client, ann, made, query, found):
    made("in-force", number="7001")
    made("draft", number="7002")
    _, soup = read(client, ann, HOME, {"q": query})
    assert len(soup.select("tbody tr")) == found


def test_an_agent_sees_the_files_of_all_for_whom_it_acts_with_their_names(
    client, bo, made, pelican, hongkong
):
    made("in-force")
    file_in("draft", administration=hongkong, holder=pelican, by=bo, number="9")
    _, soup = read(client, bo, HOME)
    named = {text(each) for each in soup.select("td[data-l='Right holder']")}
    assert named == {"Meridian Ltd", "Pelican Bags Ltd"}
    _, soup = read(client, bo, HOME, {"administration": "hk"})
    assert len(soup.select("tbody tr")) == 1


# one file


@pytest.mark.parametrize(
    "stands",
    [
        ("draft", "This is a draft."),
        ("examining", "Customs examines the file."),
        ("in-force", "In force"),
        ("amendment-filed", "In force. Customs looks at what you asked for"),
        ("suspended", "Not in force at present"),
        ("withdrawn", "This file has ended: Withdrawn."),
    ],
)
@pytest.mark.parametrize("office", ["hk", "cn-gd"])
def test_a_file_says_in_plain_words_how_it_stands(client, ann, made, office, stands):
    state, said = stands
    response, soup = read(client, ann, page(made(state, office)))
    assert response.status_code == 200
    assert said in text(soup.select_one(".alert"))


def test_the_time_for_the_decision_is_shown_with_its_day_and_article(client, ann, made):
    file = made("draft")
    recordation_act(by=ann, recordation=file, act="submit")
    file.refresh_from_db()
    _, soup = read(client, ann, page(file))
    assert "30 working days" in text(soup.main)
    assert file.due_on.strftime("%Y") in text(soup.select_one(".alert"))


def test_what_customs_asked_is_shown_and_answered(client, ann, lau, made):
    file = made("examining", "hk")
    recordation_act(by=lau, recordation=file, act="ask-more", note="Send a sharper photograph.")
    _, soup = read(client, ann, page(file))
    assert text(soup.select_one("blockquote")) == "Send a sharper photograph."
    assert "Lau" not in text(soup.main)
    given = {"declared": "yes", "note": "It is there now."}
    answer, _ = send(client, ann, page(file, "check/"), given)
    assert answer["Location"] == page(file, "filed/")
    file.refresh_from_db()
    assert (file.state, file.events.last().note) == ("examining", "It is there now.")


def test_a_file_in_force_shows_what_was_recorded_and_the_duty_to_report(client, ann, made):
    _, soup = read(client, ann, page(made("in-force")))
    assert "If something changes, report it" in text(soup.select_one(".alert"))
    assert "VELUNDRA" in text(soup.h1)
    assert not soup.select(".tasks")


def test_a_topic_of_a_file_that_cannot_be_written_leads_to_the_file(client, ann, made):
    file = made("in-force")
    answer, _ = read(client, ann, page(file, "topics/right/"))
    assert answer["Location"] == page(file)


# acts


def test_an_act_that_needs_a_reason_asks_for_it(client, ann, made):
    file = made("in-force", "hk")
    response, soup = send(client, ann, page(file, "acts/withdraw/"), {"note": " "})
    assert response.status_code == 422
    assert errors(soup)
    answer, _ = send(client, ann, page(file, "acts/withdraw/"), {"note": "Sold."})
    assert answer["Location"] == HOME
    file.refresh_from_db()
    assert (file.state, file.events.last().note) == ("withdrawn", "Sold.")


def test_renewal_before_its_time_says_from_when(client, ann, made):
    soon = timezone.localdate() + timedelta(days=900)
    file = made("in-force", expires_on=soon)
    _, soup = read(client, ann, page(file))
    assert "Renewal may be asked for from" in text(soup.select_one(".off"))


def test_renewal_in_its_window_is_filed(client, ann, made, settings):
    settings.COUNTERMARK_ADMINISTRATION = "cn-gd"
    file = made("in-force", expires_on=timezone.localdate() + timedelta(days=60))
    answer, _ = send(client, ann, page(file, "acts/file-renewal/"), {})
    assert answer["Location"] == page(file)
    file.refresh_from_db()
    assert file.state == "renewal-filed"


@pytest.mark.parametrize("act", ["approve", "suspend", "nonsense"])
def test_an_officers_act_is_none_of_the_holders(client, ann, made, act):
    file = made("in-force")
    assert send(client, ann, page(file, f"acts/{act}/"), {"note": "x"})[0].status_code == 404
    file.refresh_from_db()
    assert file.state == "in-force"


# reporting a change


def test_a_change_is_reported_topic_by_topic(client, ann, lau, made):
    file = made("in-force", "hk")
    address = page(file, "change/")
    _, soup = read(client, ann, address)
    offered = [each["value"] for each in soup.select("[name=topic]")]
    assert {"contacts", "holder"} <= set(offered)
    assert "documents" not in offered
    _, soup = read(client, ann, address, {"topic": ["contacts"], "step": "1"})
    said = values(soup) | {
        "contacts-0-phone": "+852 2345 6789",
        "changed_on": "2026-05-05",
        "note": "New number.",
        "do": "send",
    }
    answer, _ = send(client, ann, address, said)
    assert answer["Location"] == page(file)
    file.refresh_from_db()
    reported = file.events.last()
    assert (file.state, reported.note) == ("amendment-filed", "New number.")
    assert reported.detail["changes"]["contacts"][0]["phone"] == "+852 2345 6789"
    recordation_act(by=lau, recordation=file, act="accept-amendment")
    assert file.holder.representatives.get().phone == "+852 2345 6789"


def test_the_registration_number_is_not_offered_for_change(client, ann, made):
    file = made("in-force", "hk")
    _, soup = read(client, ann, page(file, "change/"), {"topic": "right"})
    assert soup.select_one("[name=word]")["value"] == "VELUNDRA"
    assert not soup.select("[name=registration_number]")
    said = values(soup) | {"goods": "bags, belts", "changed_on": "2026-05-05", "note": "More."}
    send(client, ann, page(file, "change/"), said | {"do": "send"})
    assert file.events.last().detail["changes"]["goods"] == "bags, belts"


def test_a_new_address_of_the_same_holder_reaches_the_register(client, ann, lau, made):
    file = made("in-force", "hk")
    _, soup = read(client, ann, page(file, "change/"), {"topic": "holder"})
    said = values(soup) | {"address": "9 New Quay", "changed_on": "2026-05-05", "note": "Moved."}
    send(client, ann, page(file, "change/"), said | {"do": "send"})
    recordation_act(by=lau, recordation=file, act="accept-amendment")
    assert RightHolder.objects.get().address == "9 New Quay"


def test_a_report_without_its_day_and_words_is_sent_back(client, ann, made):
    file = made("in-force")
    _, soup = read(client, ann, page(file, "change/"), {"topic": "holder"})
    response, soup = send(client, ann, page(file, "change/"), values(soup) | {"do": "send"})
    assert response.status_code == 422
    assert errors(soup) == [
        "Day of the change: Write the day.",
        "What has changed, and why: Say what has changed.",
    ]
    file.refresh_from_db()
    assert file.state == "in-force"


def test_nothing_chosen_is_asked_again(client, ann, made):
    response, soup = read(client, ann, page(made("in-force"), "change/"), {"step": "1"})
    assert (response.status_code, errors(soup)) == (422, ["Choose at least one."])


@pytest.mark.parametrize("state", ["draft", "examining", "withdrawn"])
def test_no_change_is_reported_to_a_file_that_is_not_in_force(client, ann, made, state):
    assert read(client, ann, page(made(state), "change/"))[0].status_code == 404
