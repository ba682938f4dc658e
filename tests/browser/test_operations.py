"""The dashboard of a joint operation in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser.looking import LANGUAGES, WIDTHS, faults
from tests.web.cooperation import agreed, contributed, full, gd, opened, paired, proposed, stated

__all__ = ["agreed", "contributed", "full", "gd", "opened", "paired", "proposed", "stated"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dashboard_is_accessible_and_fits(open_as, lin, full, paired, language, width):  # noqa: PLR0917 - fixtures
    page = open_as(lin, f"/operations/{full.code}/", width=width, language=language)
    for summary in page.locator("main summary").all():
        summary.click()
    assert faults(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_other_pages_of_operations_and_exchange_fit(open_as, lin, full, paired, width):
    page = open_as(lin, "/operations/", width=width)
    start = page.url.removesuffix("/operations/")
    assert faults(page) == []
    for address in (
        "/operations/new/",
        f"/operations/{full.code}/cases/",
        "/exchange/",
        "/exchange/partners/",
        "/exchange/pairing/",
    ):
        page.goto(start + address)
        assert faults(page) == []


def test_a_result_is_stated_by_keyboard_alone(open_as, lin, full, paired):
    page = open_as(lin, f"/operations/{full.code}/")
    page.locator("summary", has_text="State our result").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Persons arrested").focus()
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(page.locator(".flash")).to_contain_text("revision 1")
    assert full.results.get(own=True).arrests == 2
