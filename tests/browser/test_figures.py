"""Joint figures in a browser and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser.looking import LANGUAGES, WIDTHS, faults, too_wide
from tests.web.cooperation import agreed, contributed, full, gd, opened, paired, proposed, stated

__all__ = ["agreed", "contributed", "full", "gd", "opened", "paired", "proposed", "stated"]
pytestmark = pytest.mark.django_db(transaction=True)
PERIOD = "/figures/?start=2013-07-01&end=2014-06-30"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_accessible_and_fit(open_as, lin, full, paired, language, width):  # noqa: PLR0917 - fixtures
    page = open_as(lin, f"/figures/operations/{full.code}/", width=width, language=language)
    assert faults(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_question_and_the_period_are_accessible_and_fit(open_as, lin, full, paired, width):
    page = open_as(lin, "/figures/", width=width)
    assert faults(page) == []
    page.goto(page.url.removesuffix("/figures/") + PERIOD)
    assert faults(page) == []


def test_on_paper_only_the_figures_are_left(open_as, lin, full):
    page = open_as(lin, f"/figures/operations/{full.code}/", width=794)
    page.emulate_media(media="print")
    for gone in (".top", ".rail", ".filters", "[data-print]", ".noprint"):
        for each in page.locator(gone).all():
            expect(each).to_be_hidden()
    expect(page.locator("#rules")).to_be_visible()
    assert too_wide(page) <= 0


def test_the_print_button_prints(open_as, lin, full):
    page = open_as(lin, f"/figures/operations/{full.code}/")
    page.evaluate("window.print = () => { document.title = 'printed' }")
    page.get_by_role("button", name="Print").click()
    assert page.title() == "printed"
