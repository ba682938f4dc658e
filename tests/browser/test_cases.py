"""Cases in a browser: accessible, within their width, and worked without a script."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect
from tests.browser.looking import LANGUAGES, WIDTHS, faults
from tests.web.cooperation import case, gd, opened, paired

from countermark.apps.cases.models import Case
from countermark.apps.cases.services import case_act, note_add

__all__ = ["case", "gd", "opened", "paired"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worked(case, wu):
    """A case with an act and a note, as officers find it."""
    case_act(case=case, act="seize", acted_on=date(2014, 1, 12), reason="marks compared", by=wu)
    note_add(case=case, text="The holder was told.", by=wu)
    return case


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_is_accessible_and_fits(open_as, wu, worked, paired, language, width):  # noqa: PLR0917 - fixtures
    page = open_as(wu, f"/cases/{worked.number}/", width=width, language=language)
    for summary in page.locator(".steps summary").all():
        summary.click()
    assert faults(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_lists_and_forms_of_cases_are_accessible_and_fit(open_as, wu, worked, paired, width):
    page = open_as(wu, "/cases/", width=width)
    assert faults(page) == []
    for address in ("deadlines/", "new/", "partners/", f"{worked.number}/share/"):
        page.goto(page.url.partition("/cases/")[0] + f"/cases/{address}")
        assert faults(page) == []


def test_an_error_summary_takes_the_focus_and_leads_to_the_field(open_as, chan, case):
    page = open_as(chan, "/cases/new/")
    page.get_by_label("Title").fill("")
    page.get_by_role("button", name="Open the case").last.click()
    summary = page.locator(".summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("Title")).to_be_focused()
    assert faults(page) == []


def test_a_case_is_opened_without_a_script(open_as, chan, hongkong):
    page = open_as(chan, "/cases/new/", scripts=False, width=390)
    page.get_by_label("Title").fill("Earphones at Man Kam To")
    page.locator("#id_goods-0-description").fill("Earphones")
    page.locator("#id_goods-0-quantity").fill("300")
    page.get_by_role("button", name="Copy line 1").click()
    expect(page.locator("#id_goods-1-description")).to_have_value("Earphones")
    page.locator("#id_goods-1-quantity").fill("20")
    page.get_by_role("button", name="Open the case").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Earphones at Man Kam To")
    assert [line.quantity for line in Case.objects.get().goods.all()] == [300, 20]


def test_a_change_of_language_keeps_what_was_typed(open_as, chan, hongkong):
    page = open_as(chan, "/cases/new/")
    page.get_by_label("Title").fill("Half a title")
    page.locator("button[value=zh-hant]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    expect(page.locator("#id_title")).to_have_value("Half a title")
