"""A bag of 4,000 parcels in a browser: pasted, looked at, entered with none lost."""

from __future__ import annotations

import sys
import time

import pytest
from playwright.sync_api import expect
from tests.browser.looking import LANGUAGES, WIDTHS, faults
from tests.trade import recorded
from tests.web.cooperation import case, opened

from countermark.apps.cases.models import GoodsLine

__all__ = ["case", "opened"]
pytestmark = pytest.mark.django_db(transaction=True)
PARCELS, MARKS = 4000, 25
TITLES = "Waybill\tGoods\tBrand\tQty\tUnit\tHS code\tValue\tCurrency\tBasis\tValued on"


def bag(parcels=PARCELS, marks=MARKS):
    """Return a paste: one parcel on each row, the marks in turn."""
    rows = [
        f"RR{n:09}CN\tWallet of kind {n % 40}\tBRAND{chr(65 + n % marks)}\t{1 + n % 3}\tpcs\t420231"
        f"\t{20 + n % 50}.50\tHKD\tassessed\t2014-01-10"
        for n in range(parcels)
    ]
    return "\n".join([TITLES, *rows])


@pytest.fixture
def marks(lau, hongkong):
    """A recorded right for each mark of the bag."""
    return [
        recorded(
            *(lau, hongkong),
            word=f"BRAND{chr(65 + n)}",
            word_zh_hans="",
            word_zh_hant="",
            registration_number=f"3000001{n:02}",
        )
        for n in range(MARKS)
    ]


def test_a_bag_of_4000_parcels_and_25_marks_is_entered_whole(open_as, chan, case, marks, capsys):
    page = open_as(chan, f"/cases/{case.number}/goods/")
    before, text = case.goods.count(), bag()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    began = time.perf_counter()
    page.get_by_label("Rows from a spreadsheet").press("ControlOrMeta+v")
    pasted = time.perf_counter()
    page.get_by_role("button", name="Show what would be entered").press("Enter")
    enter = page.get_by_role("button", name="Enter 4,000 lines")
    expect(enter).to_be_visible(timeout=60_000)
    seen = time.perf_counter()
    enter.press("Enter")
    expect(page.get_by_text("4000 lines were entered")).to_be_visible(timeout=60_000)
    ended = time.perf_counter()
    lines = GoodsLine.objects.filter(case=case).order_by("line_no")
    entered = list(lines.values_list("line_no", "parcel_number", "right__word"))[before:]
    assert entered == [
        (before + 1 + n, f"RR{n:09}CN", f"BRAND{chr(65 + n % MARKS)}") for n in range(PARCELS)
    ]
    with capsys.disabled():
        sys.stdout.write(
            f"\n{PARCELS} rows: {PARCELS / (ended - began):,.0f} rows per second in all"
            f" (paste {pasted - began:.1f} s, preview {seen - pasted:.1f} s,"
            f" entry {ended - seen:.1f} s)\n"
        )
    assert faults(page) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_grid_the_preview_and_a_line_are_accessible_and_fit(  # noqa: PLR0917 - fixtures
    open_as, chan, case, marks, language, width
):
    page = open_as(chan, f"/cases/{case.number}/goods/", width=width, language=language)
    assert faults(page) == []
    row = "RR1\tWallet\tNOBODY\t1\nRR2\tWallet\tBRANDA\t1\nRR2\tWallet\tBRANDA\t1\nRR3\tCap\t\tx"
    page.locator("#id_rows").fill(f"Waybill\tGoods\tBrand\tQty\n{row}")
    page.locator("#enter + * button, form[enctype] button.pri").first.press("Enter")
    expect(page.locator("#counts")).to_be_visible()
    assert faults(page) == []
    page.goto(page.url.replace("preview/", "1/"))
    assert faults(page) == []


def test_a_bag_is_entered_without_a_script_and_without_a_mouse(open_as, chan, case, marks):
    page = open_as(chan, f"/cases/{case.number}/goods/", scripts=False, width=390)
    page.get_by_label("Rows from a spreadsheet").focus()
    page.keyboard.insert_text(bag(parcels=3))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    enter = page.get_by_role("button", name="Enter 3 lines")
    enter.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 lines were entered")).to_be_visible()
