"""The shell around every page: language, rail, policy, preferences."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from tests.web.reading import LANGUAGES, read, send, soup_of, text

from countermark.web.shell.rail import PLACES

pytestmark = pytest.mark.django_db

CAST = ["chan", "wu", "lau", "lin", "mak", "kwok"]
PAGES = ["/triage/", "/rights/", "/batches/", "/styleguide/"]


@pytest.fixture(params=CAST)
def somebody(request):
    return request.getfixturevalue(request.param)


def test_the_rail_shows_exactly_what_the_role_may_read(client, somebody):
    _, soup = read(client, somebody, "/styleguide/")
    shown = {link["href"] for link in soup.select(".rail a")}
    assert shown == {
        reverse(place.url_name)
        for _, places in PLACES
        for place in places
        if somebody.may(place.act)
    }


def test_every_link_of_the_rail_opens_for_whom_it_is_shown(client, somebody):
    _, soup = read(client, somebody, "/styleguide/")
    for link in soup.select(".rail a"):
        assert client.get(link["href"]).status_code == 200, link["href"]


@pytest.mark.parametrize(
    ("address", "name"),
    [("/cases/", "Cases"), ("/cases/deadlines/", "Deadlines"), ("/batches/new/", "Batches")],
)
def test_one_entry_of_the_rail_is_the_current_one(client, chan, address, name):
    _, soup = read(client, chan, address)
    assert [text(a.span) for a in soup.select(".rail [aria-current=page]")] == [name]


def test_the_phone_menu_has_the_same_links_as_the_rail(client, chan):
    _, soup = read(client, chan, "/styleguide/")
    drawer = soup.find(id=soup.select_one("button.menu")["popovertarget"])
    assert [a["href"] for a in drawer.select("a")] == [a["href"] for a in soup.select(".rail a")]


def test_the_start_is_the_first_page_the_role_may_read(client, chan, kwok):
    client.force_login(chan)
    assert client.get("/")["Location"] == "/triage/"
    client.force_login(kwok)
    assert client.get("/")["Location"] == "/exchange/"


@pytest.mark.parametrize(("code", "tag"), LANGUAGES.items())
@pytest.mark.parametrize("address", PAGES)
def test_each_page_says_its_language_and_leaves_no_tag_uncompiled(client, wu, address, code, tag):
    response, soup = read(client, wu, address, accept_language=code)
    assert response.status_code == 200
    assert soup.html["lang"] == tag
    assert "<c-" not in response.content.decode()
    assert soup.select_one(".langs [aria-current]")["value"] == code


def test_the_switch_keeps_the_page_and_its_filters(client, wu):
    _, soup = read(client, wu, "/triage/", {"view": "decided", "q": "奧雷利"})
    form = soup.select_one("form.langs")
    answer = client.post(
        form["action"], {"language": "zh-hans", "next": form.select_one("[name=next]")["value"]}
    )
    assert answer["Location"].startswith("/triage/?view=decided&q=")
    assert soup_of(client.get(answer["Location"])).html["lang"] == "zh-Hans"


def test_the_language_can_be_chosen_before_signing_in(client, hongkong):
    client.post("/i18n/setlang/", {"language": "zh-hant", "next": "/accounts/login/"})
    soup = soup_of(client.get("/accounts/login/"))
    assert soup.html["lang"] == "zh-Hant"
    assert "香港" in text(soup.select_one(".node"))


@pytest.mark.parametrize("address", [*PAGES, "/accounts/login/", "/accounts/2fa/"])
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(client, wu, address):
    _, soup = (
        read(client, wu, address) if address != "/accounts/login/" else read(client, None, address)
    )
    for script in soup.select("script"):
        assert script.get("src") or script.get("type") == "application/json"
    assert not soup.select("style, [style]")
    assert not [t for t in soup.find_all(True) if any(a.startswith("on") for a in t.attrs)]
    addresses = [t[a] for t in soup.find_all(True) for a in ("href", "src", "action") if t.get(a)]
    assert not [a for a in addresses if re.match(r"(?:[a-z]+:)?//", a)]


def test_the_policy_allows_nothing_inline(client, chan):
    response, _ = read(client, chan, "/triage/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_first_load_is_under_150_kilobytes(client, wu):
    response, soup = read(client, wu, "/triage/")
    files = [t["src"] for t in soup.select("script[src]")]
    files += [t["href"] for t in soup.select("link[href]")]
    size = len(gzip.compress(response.content))
    for name in files:
        size += len(gzip.compress(Path(finders.find(name.removeprefix("/static/"))).read_bytes()))
    assert size < 150_000


def test_the_demo_says_that_it_is_one(client, chan, settings):
    assert read(client, chan, "/triage/")[1].select_one(".demo") is None
    settings.COUNTERMARK_DEMO = True
    assert "invented" in text(read(client, chan, "/triage/")[1].select_one(".demo"))


def test_the_first_link_skips_to_the_content(client, chan):
    _, soup = read(client, chan, "/triage/")
    first = soup.body.find("a")
    assert first["href"] == "#main"
    assert soup.find(id="main").name == "main"


def test_who_is_not_signed_in_is_led_to_the_sign_in(client, hongkong):
    answer = client.get("/triage/?view=due")
    assert answer["Location"] == "/accounts/login/?next=/triage/%3Fview%3Ddue"


def test_single_key_shortcuts_can_be_turned_off_and_on(client, chan):
    assert read(client, chan, "/triage/")[1].body.get("data-shortcuts") is None
    answer, _ = send(client, chan, "/shortcuts/", {"on": "0", "next": "/triage/?view=due"})
    assert answer["Location"] == "/triage/?view=due"
    chan.refresh_from_db()
    assert not chan.shortcuts
    assert read(client, chan, "/triage/")[1].body["data-shortcuts"] == "off"


def test_nobody_is_led_to_another_host(client, chan):
    answer, _ = send(client, chan, "/shortcuts/", {"on": "1", "next": "https://evil.example/"})
    assert answer["Location"] == "/"
