"""A trader with nothing but a link, a number and a licence, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser.looking import LANGUAGES, WIDTHS, faults
from tests.licensing import permitted, proof, question
from tests.web.test_trader import NUMBER, address, hit

from countermark.apps.register.inputs import TraderInput
from countermark.apps.register.models import Permission

__all__ = ["address", "hit"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def licence(tmp_path):
    """A licence as it lies on the trader's disk."""
    path = tmp_path / "licence.pdf"
    path.write_bytes(proof().stream.read())
    return path


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_trader_reads_is_accessible_and_fits(open_as, address, language, width):
    page = open_as(None, address, width=width, language=language)
    assert faults(page) == []
    page.locator("input[name=number]").fill(NUMBER)
    page.keyboard.press("Enter")
    page.wait_for_selector("#found")
    assert faults(page) == []


def test_a_trader_sends_a_licence_by_keyboard_without_a_script(open_as, address, licence):
    page = open_as(None, address, scripts=False)
    expect(page.locator("input[name=number]")).to_be_focused()
    page.keyboard.type(NUMBER.lower())
    page.keyboard.press("Enter")
    page.locator("input[type=file]").set_input_files(licence)
    page.get_by_label("Goods that it covers").focus()
    page.keyboard.type("handbags")
    page.get_by_label("Valid until").fill("2027-06-30")
    page.get_by_role("button", name="Send").press("Enter")
    expect(page.locator(".alert").filter(has_text="Waiting for an answer")).to_be_visible()
    assert Permission.objects.get().goods == "handbags"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_officers_pages_are_accessible_and_fit(open_as, hit, wu, lau, width):
    asked = question(hit.right, TraderInput("Harbour Light Ltd"))
    copied = permitted(hit.right, lau, TraderInput("Tai Fat Trading"))
    page = open_as(wu, "/trader/", width=width)
    root = page.url.removesuffix("/trader/")
    for at in (
        "/trader/",
        "/trader/?show=in-force",
        f"/trader/{asked.pk}/",
        f"/trader/{copied.pk}/",
        f"/trader/hits/{hit.number}/link/",
        f"/triage/{hit.number}/",
    ):
        page.goto(root + at)
        assert faults(page) == [], at
    page.goto(f"{root}/trader/hits/{hit.number}/link/")
    page.get_by_role("button", name="Make the link").click()
    page.wait_for_selector("#address")
    assert faults(page) == []
