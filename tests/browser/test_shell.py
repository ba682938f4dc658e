"""The pages in a browser: accessible, within their width, in three languages."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from countermark.apps.screening.models import Hit

pytestmark = pytest.mark.django_db(transaction=True)

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
LANGUAGES = ["en", "zh-Hant", "zh-Hans"]


def violations(page):
    # A focused summary may have scrolled the page, and the bar would cover what lies above it.
    page.evaluate("window.scrollTo(0, 0)")
    found = Axe().run(page, options=RULES).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found]


def too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [1440, 390])
def test_triage_breaks_no_rule_of_accessibility(open_as, chan, hits, width, language):
    page = open_as(chan, "/triage/", width=width, language=language)
    assert page.locator("html").get_attribute("lang") == language
    assert violations(page) == []
    page = open_as(chan, f"/triage/{Hit.objects.first().number}/", width=width, language=language)
    page.locator(".acts summary").first.click()
    assert violations(page) == []


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    "address", ["/styleguide/", "/rights/", "/rights/new/", "/batches/", "/accounts/2fa/"]
)
def test_other_pages_break_no_rule_of_accessibility(open_as, lau, hits, address, width):
    assert violations(open_as(lau, address, width=width)) == []


def test_the_sign_in_breaks_no_rule_of_accessibility(open_as, hongkong):
    for language in LANGUAGES:
        assert violations(open_as(None, "/accounts/login/", language=language)) == []


@pytest.mark.parametrize("width", [320, 390, 1024, 1440])
def test_no_page_is_wider_than_its_window(open_as, lau, hits, width):
    page = open_as(lau, "/triage/", width=width)
    assert too_wide(page) <= 0
    for address in ("/rights/", "/rights/new/", "/batches/", "/styleguide/", "/accounts/2fa/"):
        page.goto(page.url.split("/triage")[0] + address)
        assert too_wide(page) <= 0, address


def test_the_phone_menu_opens_and_leads_on(open_as, chan, hits):
    page = open_as(chan, "/triage/", width=390)
    expect(page.locator("#drawer")).to_be_hidden()
    page.locator("button.menu").click()
    page.locator("#drawer a", has_text="Recorded rights").click()
    page.wait_for_url("**/rights/")


def test_a_change_of_language_keeps_what_was_typed(open_as, lau):
    page = open_as(lau, "/rights/new/")
    page.fill("[name=word]", "AURELIO")
    page.locator(".top .langs button", has_text="繁").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    expect(page.locator("[name=word]")).to_have_value("AURELIO")


def test_a_bad_form_takes_the_focus_to_its_summary(open_as, lau):
    page = open_as(lau, "/rights/new/")
    page.locator("main form .btn.pri").click()
    expect(page.locator(".summary")).to_be_focused()
