"""Triage: what waits, why it matched, and what officers decide about it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.trade import recorded, row, screened
from tests.web.reading import LANGUAGES, errors, read, send, soup_of, text

from countermark.apps.screening.models import Disposition, Hit
from countermark.web.triage.filters import Filters
from countermark.web.triage.present import whole_points

GOODS = [
    row(1, goods_description="handbags VELUNDRA", declared_brand="VELUNDRA", hs_code="420221"),
    row(2, goods_description="handbags VE1UNDRA", declared_brand="VE1UNDRA", hs_code="420221"),
    row(3, goods_description="手袋 薇伦卓", declared_brand="薇伦卓", hs_code="420221"),
    row(4, goods_description="strap for VELUNDRA bags", hs_code="420221"),
]


@pytest.fixture
def hits(chan, lau, hongkong):
    """Three open hits and one that only names what the goods fit, best first."""
    recorded(lau, hongkong, word_zh_hans="薇伦卓", word_zh_hant="薇倫卓")
    screened(chan, GOODS)
    return list(Hit.objects.filter(excused="").order_by("-score", "pk"))


def rows_of(soup):
    return soup.select("tr.row")


def numbers(soup):
    return [link["href"].split("/")[2] for link in soup.select("tr.row a.goods")]


def decide(client, officer, hit, decision="dismiss", query="", **data):
    headers = data.pop("headers", {})
    form = {"decision": decision, "reason": "genuine goods, seen"} | data
    return send(client, officer, f"/triage/{hit.number}/decide{query}", form, **headers)


@pytest.mark.django_db
def test_the_queue_shows_each_hit_with_what_a_decision_needs(client, chan, hits):
    response, soup = read(client, chan, "/triage/")
    assert response.status_code == 200
    assert numbers(soup) == [hit.number for hit in hits]
    first = text(rows_of(soup)[0])
    for shown in ("HK131022-0001", "Import", "HKD 1,500", "VELUNDRA / 薇倫卓", "Meridian Ltd"):
        assert shown in first
    assert text(rows_of(soup)[0].select_one(".c-score")) == str(round(hits[0].score * 100))


@pytest.mark.django_db
def test_the_first_hit_is_open_beside_the_list_and_the_list_stays_on_a_phone(client, chan, hits):
    _, soup = read(client, chan, "/triage/")
    panel = soup.find(id="evidence")
    assert hits[0].number in text(panel)
    assert not panel.has_attr("data-open")
    _, soup = read(client, chan, f"/triage/{hits[1].number}/")
    assert soup.find(id="evidence").has_attr("data-open")
    selected = [r.get("aria-selected") for r in rows_of(soup)]
    assert selected == ["false", "true", "false"]


@pytest.mark.django_db
def test_what_is_due_within_the_hour_comes_first_and_is_counted(client, chan, hits):
    Hit.objects.filter(pk=hits[2].pk).update(decide_by=timezone.now() + timedelta(minutes=42))
    _, soup = read(client, chan, "/triage/")
    assert numbers(soup)[0] == hits[2].number
    assert text(rows_of(soup)[0].select_one(".due.crit")).endswith("min")
    assert "1 due within the hour" in text(soup.select_one(".lhead"))
    assert [text(c) for c in soup.select(".tabs .c")] == ["3", "1", "0", "0", "1"]


@pytest.mark.django_db
@pytest.mark.parametrize("which", [0, 1, 2])
def test_the_points_shown_add_up_to_the_score_shown(client, chan, hits, which):
    _, soup = read(client, chan, f"/triage/{hits[which].number}/")
    shown = [int(text(node).replace("−", "-")) for node in soup.select("[data-contributions] .pt")]
    assert sum(shown[:-1]) == shown[-1] == round(hits[which].score * 100)
    assert hits[which].ruleset.version in text(soup.find(id="evidence"))


@pytest.mark.django_db
def test_the_panel_claims_nothing_and_says_so(client, chan, hits):
    _, soup = read(client, chan, f"/triage/{hits[0].number}/")
    panel = soup.find(id="evidence")
    assert text(panel.select_one(".big")) == "Bags and purses that may copy VELUNDRA"
    assert "It is not a finding of infringement." in text(panel)
    assert "counterfeit" not in text(soup).lower()


@pytest.mark.django_db
def test_differing_letters_are_marked_and_said(client, chan, hits):
    hit = next(hit for hit in hits if hit.matched == "VE1UNDRA")
    _, soup = read(client, chan, f"/triage/{hit.number}/")
    assert [text(mark) for mark in soup.select(".cmp mark")] == ["1", "L"]
    assert "declared “1”; recorded “L”" in text(soup.find(id="evidence"))


@pytest.mark.django_db
def test_htmx_gets_the_panel_alone_and_a_reload_the_page(client, chan, hits):
    address = f"/triage/{hits[1].number}/"
    asked = {"hx_request": "true", "hx_target": "evidence"}
    _, panel = read(client, chan, address, **asked)
    assert panel.html is None
    assert panel.find(id="evidence")
    _, page = read(client, chan, address, hx_history_restore_request="true", **asked)
    assert page.html is not None


@pytest.mark.django_db
def test_after_a_decision_the_next_hit_opens_by_itself(client, chan, hits):
    answer, _ = decide(client, chan, hits[0])
    assert answer["Location"] == f"/triage/{hits[1].number}/?done={hits[0].number}"
    hits[0].refresh_from_db()
    assert hits[0].state == "dismissed"
    soup = soup_of(client.get(answer["Location"]))
    assert f"{hits[0].number}: Dismissed" in text(soup.select_one(".done"))
    assert numbers(soup) == [hits[1].number, hits[2].number]


@pytest.mark.django_db
def test_htmx_gets_the_redrawn_screen_its_address_and_the_new_count(client, chan, hits):
    answer, soup = decide(client, chan, hits[1], headers={"hx_request": "true"})
    assert answer["HX-Push-Url"] == f"/triage/{hits[2].number}/"
    assert soup.html is None
    assert soup.select_one("tr[aria-selected=true] a")["href"] == answer["HX-Push-Url"]
    assert text(soup.select_one("[hx-swap-oob]")) == "2"
    assert f"{hits[1].number}: Dismissed" in text(soup.select_one(".done"))


@pytest.mark.django_db
def test_the_last_hit_of_the_list_leads_back_to_the_one_before(client, chan, hits):
    answer, _ = decide(client, chan, hits[2])
    assert answer["Location"].startswith(f"/triage/{hits[1].number}/")


@pytest.mark.django_db
def test_the_filters_survive_a_decision(client, chan, hits):
    answer, _ = decide(client, chan, hits[0], query="?q=VELUNDRA&min=10")
    assert (
        answer["Location"] == f"/triage/{hits[1].number}/?q=VELUNDRA&min=10&done={hits[0].number}"
    )


@pytest.mark.django_db
def test_a_decision_without_a_reason_is_refused_beside_its_field(client, chan, hits):
    answer, soup = decide(client, chan, hits[0], reason="  ")
    assert answer.status_code == 422
    assert errors(soup) == ["Reason: Write the reason for the decision."]
    assert soup.select_one("details[open] [value=dismiss]")
    assert not Disposition.objects.exists()


@pytest.mark.django_db
def test_a_hit_that_somebody_else_decided_is_refused_with_a_sentence(client, chan, wu, hits):
    decide(client, wu, hits[0], "confirm")
    answer, soup = decide(client, chan, hits[0])
    assert answer.status_code == 422
    assert Disposition.objects.count() == 1
    assert "Confirmed" in text(soup.find(id="evidence"))


@pytest.mark.django_db
def test_a_snooze_says_for_how_long_and_comes_back(client, chan, hits):
    answer, soup = decide(client, chan, hits[0], "snooze", hours="")
    assert answer.status_code == 422
    assert errors(soup) == ["Snooze: Choose how long to snooze."]
    decide(client, chan, hits[0], "snooze", hours="4")
    _, soup = read(client, chan, "/triage/", {"view": "snoozed"})
    assert numbers(soup) == [hits[0].number]


@pytest.mark.django_db
def test_a_decision_can_be_undone_from_the_bar(client, chan, hits):
    answer, _ = decide(client, chan, hits[0])
    undo = soup_of(client.get(answer["Location"])).select_one("form[data-undo]")
    answer, _ = send(client, chan, undo["action"])
    assert answer["Location"] == f"/triage/{hits[0].number}/"
    hits[0].refresh_from_db()
    assert hits[0].state == "open"
    assert Disposition.objects.count() == 2


@pytest.mark.django_db
def test_the_bar_offers_no_undo_after_a_minute_and_the_server_refuses_it(
    client, chan, hits, time_machine
):
    time_machine.move_to(timezone.now(), tick=False)
    decide(client, chan, hits[0])
    time_machine.shift(61)
    _, soup = read(client, chan, "/triage/", {"done": hits[0].number})
    assert not soup.select_one("form[data-undo]")
    answer, soup = send(client, chan, f"/triage/{hits[0].number}/undo")
    assert answer.status_code == 409
    assert "60 seconds" in text(soup.main)


@pytest.mark.django_db
def test_a_confirmed_hit_leads_to_a_case_and_a_decided_one_can_be_reopened(client, chan, hits):
    decide(client, chan, hits[0], "confirm")
    _, soup = read(client, chan, f"/triage/{hits[0].number}/")
    links = [a["href"] for a in soup.select(".acts a")]
    assert links == [f"/cases/new/?hit={hits[0].number}"]
    decide(client, chan, hits[0], "reopen")
    hits[0].refresh_from_db()
    assert hits[0].state == "open"


@pytest.mark.django_db
def test_another_offices_hits_do_not_exist_for_an_outsider(client, ho, hits):
    assert numbers(read(client, ho, "/triage/")[1]) == []
    assert read(client, ho, f"/triage/{hits[0].number}/")[0].status_code == 404
    assert decide(client, ho, hits[0])[0].status_code == 404
    assert not Disposition.objects.exists()


@pytest.mark.django_db
def test_who_only_reads_sees_the_evidence_and_no_buttons(client, mak, hits):
    _, soup = read(client, mak, f"/triage/{hits[0].number}/")
    assert soup.select_one("[data-contributions]")
    assert not soup.select(".acts")
    assert decide(client, mak, hits[0])[0].status_code == 403


@pytest.mark.django_db
def test_who_may_not_read_hits_is_told_so(client, kwok, hits):
    response, soup = read(client, kwok, "/triage/")
    assert response.status_code == 403
    assert "Ask a supervisor" in text(soup.main)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["velundra", "薇倫卓", "薇伦卓", "Meridian", "HK131022", "pelican"]
)
def test_the_search_finds_in_any_script(client, chan, hits, query):
    assert len(rows_of(read(client, chan, "/triage/", {"q": query})[1])) == 3


@pytest.mark.django_db
def test_a_least_score_and_an_office_narrow_the_list(client, wu, ho, hits):
    above = [hit for hit in hits if hit.score >= 0.8]
    assert len(rows_of(read(client, wu, "/triage/", {"min": "80"})[1])) == len(above)
    assert len(rows_of(read(client, wu, "/triage/", {"office": "tuen-mun"})[1])) == 3
    _, soup = read(client, wu, "/triage/", {"office": "airport"})
    assert text(soup.select_one(".list .empty h2")) == "No hit matches"


@pytest.mark.django_db
def test_only_who_sees_all_offices_chooses_among_them(client, chan, wu, hits):
    assert not read(client, chan, "/triage/")[1].select("#f-office")
    assert read(client, wu, "/triage/")[1].select("#f-office option[value=tuen-mun]")


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["open", "due", "snoozed", "decided", "excused"])
@pytest.mark.parametrize(("code", "tag"), LANGUAGES.items())
def test_an_empty_view_says_what_will_appear(client, chan, view, code, tag):
    response, soup = read(client, chan, "/triage/", {"view": view}, accept_language=code)
    assert response.status_code == 200
    assert soup.html["lang"] == tag
    assert soup.select_one(".list .empty h2")


@pytest.mark.django_db
def test_excused_hits_say_why(client, chan, hits):
    _, soup = read(client, chan, "/triage/", {"view": "excused"})
    assert text(soup.select_one(".c-why .chip")) == "Names what the goods fit"
    assert text(soup.select_one("#evidence .big")) == "Goods that name VELUNDRA"


@pytest.mark.django_db
def test_the_list_asks_a_bounded_number_of_questions(
    client, chan, hits, django_assert_max_num_queries
):
    client.force_login(chan)
    with django_assert_max_num_queries(24):
        client.get("/triage/")


ADDRESSES = st.builds(
    Filters,
    view=st.sampled_from(["open", "due", "snoozed", "decided", "excused"]),
    query=st.text(st.characters(exclude_categories=["C"]), max_size=20).map(str.strip),
    min_score=st.integers(0, 100),
    office=st.sampled_from(["", "tuen-mun", "airport"]),
    page=st.integers(1, 10_000),
)


@given(ADDRESSES)
def test_an_address_reads_back_to_the_filters_it_was_made_from(filters):
    assert Filters.read(QueryDict(filters.address())) == filters


@given(st.dictionaries(st.sampled_from(["view", "q", "min", "office", "page"]), st.text()))
def test_no_address_is_too_strange_to_read(said):
    address = QueryDict(mutable=True)
    address.update(said)
    filters = Filters.read(address)
    assert 0 <= filters.min_score <= 100
    assert filters.page >= 1


@st.composite
def scored(draw):
    units = draw(st.lists(st.integers(-9_000, 9_000), min_size=1, max_size=12))
    total = sum(units)
    if not 0 <= total <= 10_000:
        units.append(draw(st.integers(0, 10_000)) - total)
    parts = [(f"part-{at}", unit / 10_000) for at, unit in enumerate(units)]
    return parts, sum(units) / 10_000


@given(scored())
def test_whole_points_add_up_and_no_part_is_off_by_a_point(case):
    parts, score = case
    shown = whole_points(parts, score)
    assert sum(part.points for part in shown) == round(score * 100)
    for part, (name, exact) in zip(shown, parts, strict=True):
        assert part.name == name
        assert abs(part.points - exact * 100) < 1 + 1e-6
