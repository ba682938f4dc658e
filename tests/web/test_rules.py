"""The rules pages: what each mark costs, muting, hunting back, trying a line."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.trade import recorded, row, screened
from tests.web.reading import LANGUAGES, errors, read, send, text

from countermark.apps.screening.models import Hit, HitState, Mute, Run
from countermark.apps.screening.services import hunt_execute
from countermark.workflows.watching import mute_end

pytestmark = pytest.mark.django_db
BAG = {"goods_description": "ladies' handbag", "hs_code": "420222"}


@pytest.fixture
def velundra(chan, lau, hongkong):
    """A mark with 24 hits on one spelling, 20 dismissed and 1 confirmed, and one disguised."""
    right = recorded(lau, hongkong)
    rows = [row(n, **BAG, declared_brand="VELUNDRA") for n in range(1, 25)]
    screened(chan, [*rows, row(25, **BAG, declared_brand="VELUNDR4")])
    hits = Hit.objects.filter(phrase="velundra").order_by("pk")
    keys = list(hits.values_list("pk", flat=True))
    Hit.objects.filter(pk__in=keys[:20]).update(state=HitState.DISMISSED)
    Hit.objects.filter(pk=keys[20]).update(state=HitState.CONFIRMED)
    return right


def tomorrow(days=1) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def cells(soup, label) -> list[str]:
    return [text(cell) for cell in soup.select(f"td[data-l='{label}']")]


def test_the_list_names_the_noisy_mark_and_counts_what_became_of_its_hits(client, lau, velundra):
    _, soup = read(client, lau, "/rules/")
    assert "VELUNDRA : 100%, 20 of 20" in text(soup.find(id="noisy"))
    assert cells(soup, "Hits") == ["25"]
    assert cells(soup, "Dismissed") == ["20"]
    assert cells(soup, "Precision") == ["5% 1% to 23%"]
    assert soup.select_one("tbody th a")["href"] == f"/rules/{velundra.pk}/?days=90"


def test_few_decided_hits_are_too_few_to_tell(client, lau, velundra):
    Hit.objects.filter(state=HitState.DISMISSED).update(state=HitState.OPEN)
    _, soup = read(client, lau, "/rules/")
    assert soup.find(id="noisy") is None
    assert cells(soup, "Precision")[0].startswith("Too few to tell")


def test_a_search_that_finds_nothing_says_what_is_listed(client, lau, velundra):
    _, soup = read(client, lau, "/rules/", {"q": "nobody"})
    assert "No mark with hits matches" in text(soup.main)
    _, soup = read(client, lau, "/rules/", {"q": "velun", "sort": "precision", "days": "365"})
    assert cells(soup, "Hits") == ["25"]
    assert (
        read(client, lau, "/rules/", {"sort": "x", "days": "²", "page": "x"})[0].status_code == 200
    )


def test_a_mark_shows_its_words_and_leads_to_muting_them(client, lau, velundra):
    _, soup = read(client, lau, f"/rules/{velundra.pk}/")
    words = [text(each.contents[0]) for each in soup.select("table tbody th")[:2]]
    assert words == ["VELUNDRA", "VELUNDR4"]
    mute = soup.select_one("table tbody tr td a")
    response, soup = read(client, lau, mute["href"])
    assert response.status_code == 200
    assert "1 confirmed hit has this phrase." in text(soup.select_one(".alert.crit"))
    assert "This is the mark itself." in text(soup.main)
    assert [text(dd) for dd in soup.select(".stats dd")] == ["24", "1", "20", "3"]


def test_muting_takes_the_open_hits_out_of_the_queue_and_says_who_and_why(
    client, lau, chan, velundra
):
    address = f"/rules/{velundra.pk}/mute/"
    form = {"phrase": "velundra", "reason": "", "expires_on": tomorrow(30)}
    response, soup = send(client, lau, address, form)
    assert response.status_code == 422
    assert errors(soup) == ["Reason: Write why the phrase is muted."]
    response, soup = send(client, lau, address, form | {"reason": "x", "expires_on": tomorrow(0)})
    assert errors(soup) == ["Last day: Choose a day from tomorrow to a year from today."]
    response, _ = send(client, lau, address, form | {"reason": "a place name"})
    mute = Mute.objects.get()
    assert response["Location"] == f"/rules/mutes/{mute.pk}/"
    hit = Hit.objects.filter(excused="muted").first()
    _, soup = read(client, chan, f"/triage/{hit.number}/", {"view": "excused"})
    assert "Muted by Lau Chi-wai" in text(soup.find(id="evidence"))
    assert "a place name" in text(soup.find(id="evidence"))
    assert not soup.select(f"a[href='/rules/mutes/{mute.pk}/']")
    _, soup = read(client, lau, f"/rules/{velundra.pk}/")
    assert "Muted" in [text(chip) for chip in soup.select("#phrases ~ * .chip, td .chip")]


def test_a_mute_is_lifted_with_a_reason_and_stays_on_record(client, lau, velundra):
    form = {"phrase": "velundra", "reason": "a place name", "expires_on": tomorrow(30)}
    send(client, lau, f"/rules/{velundra.pk}/mute/", form)
    mute = Mute.objects.get()
    _, soup = send(client, lau, f"/rules/mutes/{mute.pk}/", {"reason": ""})
    assert errors(soup) == ["Reason: Write why the mute is lifted."]
    send(client, lau, f"/rules/mutes/{mute.pk}/", {"reason": "no longer"})
    _, soup = read(client, lau, f"/rules/mutes/{mute.pk}/")
    assert soup.find(id="lift") is None
    assert "no longer" in text(soup.main)
    assert Run.objects.filter(kind="retro-hunt", cause="unmuted").count() == 1
    assert not Hit.objects.filter(excused="muted").exists()
    assert "No mute here" in text(read(client, lau, "/rules/mutes/")[1].main)
    _, soup = read(client, lau, "/rules/mutes/", {"view": "lifted", "q": "velun"})
    assert "a place name" in text(soup.table)


def test_a_hunt_is_estimated_before_it_is_started_and_watched_after(client, lau, chan, velundra):
    address = f"/rules/{velundra.pk}/hunt/"
    period = {"first_day": "2013-10-01", "last_day": "2013-10-31"}
    _, soup = read(client, lau, address, period)
    assert text(soup.find(id="estimate")) == "25 lines were declared in these days."
    _, soup = send(client, lau, address, period)
    assert text(soup.find(id="estimate")) == "25 lines were declared in these days."
    assert not Run.objects.filter(kind="retro-hunt").exists()
    _, soup = send(client, lau, address, {"first_day": "2013-10-31", "last_day": "2013-10-01"})
    assert errors(soup) == ["Last day: The last day is before the first. Change one of them."]
    future = period | {"last_day": tomorrow(), "start": "1"}
    _, soup = send(client, lau, address, future)
    assert errors(soup) == ["Last day: The day is in the future. Check it."]
    response, _ = send(client, lau, address, period | {"start": "1"})
    run = Run.objects.get(kind="retro-hunt")
    part = read(client, chan, response["Location"])[1].find(id="hunt")
    assert part["hx-get"] == response["Location"]
    assert "Waiting" in text(part)
    hunt_execute(run=run)
    response, soup = read(client, chan, response["Location"], hx_request="true")
    assert soup.html is None
    assert not soup.find(id="hunt").has_attr("hx-get")
    _, soup = read(client, lau, f"/rights/{velundra.pk}/")
    assert cells(soup, "New hits") == ["0"]
    assert "Retro-hunt finished" in text(soup.main)


def test_a_running_run_says_how_much_is_done_and_how_long_it_takes(client, lau, velundra):
    run = Run.objects.get()
    Run.objects.filter(pk=run.pk).update(
        state="running",
        finished_at=None,
        lines_done=10,
        paced_at=timezone.now() - timedelta(seconds=20),
    )
    _, soup = read(client, lau, f"/batches/{run.batch.number}/")
    assert "10 of 25 lines. About 30 s left." in text(soup.find(id="progress"))
    assert soup.find(id="progress")["hx-trigger"] == "every 2s"
    Run.objects.filter(pk=run.pk).update(paced_at=None)
    _, soup = read(client, lau, f"/batches/{run.batch.number}/")
    assert "The register is being read" in text(soup.find(id="progress"))


def test_a_hit_of_a_retro_hunt_says_so(client, chan, velundra):
    run = Run.objects.create(
        kind="retro-hunt",
        cause="recorded",
        first_day="2013-10-01",
        last_day="2013-10-31",
        ruleset=Run.objects.get().ruleset,
        started_at=timezone.now(),
    )
    run.rights.add(velundra)
    hit = Hit.objects.get(phrase="velundr4")
    Hit.objects.filter(pk=hit.pk).update(run=run)
    _, soup = read(client, chan, f"/triage/{hit.number}/")
    assert "Found by a retro-hunt" in text(soup.find(id="evidence"))
    assert "Retro-hunt" in [text(chip) for chip in soup.select("tr.row .chip")]


def test_a_line_is_tried_with_its_reasons(client, lau, velundra):
    line = BAG | {"declared_brand": "VELUNDR4"}
    _, soup = send(client, lau, "/rules/try/", line)
    card = soup.select("[data-contributions]")
    assert len(card) == 1
    parts = [int(text(p).replace("−", "-")) for p in card[0].select(".pt:not(.sum)")]
    assert sum(parts) == int(text(card[0].select_one(".pt.sum")))
    assert "Would be queued" in text(soup.main)
    _, soup = send(client, lau, "/rules/try/", {"goods_description": "plastic boxes"})
    assert "No recorded mark is found" in text(soup.main)
    response, soup = send(client, lau, "/rules/try/", {"hs_code": "x"})
    assert response.status_code == 422
    response, soup = send(client, lau, "/rules/try/", {})
    assert errors(soup) == ["Goods description: Fill in this field."]
    assert Hit.objects.count() == 25


@pytest.mark.parametrize("who", ["chan", "wu", "lin", "mak", "kwok"])
def test_only_analysts_see_the_rules(client, request, lau, velundra, who):
    officer = request.getfixturevalue(who)
    form = {"phrase": "velundra", "reason": "x", "expires_on": tomorrow()}
    send(client, lau, f"/rules/{velundra.pk}/mute/", form)
    mute = Mute.objects.get()
    pages = ["/rules/", "/rules/mutes/", "/rules/try/", f"/rules/mutes/{mute.pk}/"]
    pages += [f"/rules/{velundra.pk}/{rest}" for rest in ("", "mute/?phrase=velundra", "hunt/")]
    for address in pages:
        assert read(client, officer, address)[0].status_code == 403, address
    for address in pages:
        assert send(client, officer, address)[0].status_code == 403, address
    mute.refresh_from_db()
    assert mute.lifted_at is None


def test_what_does_not_exist_is_not_found(client, lau, velundra):
    pages = ["/rules/999/", "/rules/mutes/999/", "/rules/hunts/999/", "/rules/999/hunt/"]
    for address in [*pages, f"/rules/{velundra.pk}/mute/?phrase=never"]:
        assert read(client, lau, address)[0].status_code == 404, address


@pytest.mark.parametrize(("code", "tag"), LANGUAGES.items())
def test_the_pages_speak_three_languages(client, lau, velundra, code, tag):
    pages = ["/rules/", "/rules/mutes/", "/rules/try/", f"/rules/{velundra.pk}/"]
    pages += [f"/rules/{velundra.pk}/mute/?phrase=velundra", f"/rules/{velundra.pk}/hunt/"]
    for address in pages:
        response, soup = read(client, lau, address, accept_language=code)
        assert (response.status_code, soup.html["lang"]) == (200, tag)
        assert "<c-" not in response.content.decode()


def test_lifting_starts_a_hunt_in_the_same_transaction(lau, velundra, client):
    form = {"phrase": "velundra", "reason": "x", "expires_on": tomorrow()}
    send(client, lau, f"/rules/{velundra.pk}/mute/", form)
    mute_end(mute=Mute.objects.get(), reason="y", by=lau)
    assert Run.objects.get(kind="retro-hunt").rights.get() == velundra
