"""Triage as officers work: by keyboard, on a phone, without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from countermark.apps.screening.models import Disposition, Hit

pytestmark = pytest.mark.django_db(transaction=True)

SELECTED = "tr.row[aria-selected=true]"


def state_of(number):
    return Hit.objects.get(number=number).state


def opened(page):
    return page.locator("#evidence .l1 .mono").inner_text()


def test_a_hit_is_decided_by_keyboard_and_the_next_one_opens(open_as, chan, hits):
    page = open_as(chan, "/rights/")
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url("**/triage/")
    first = opened(page)
    page.keyboard.press("j")
    expect(page.locator("#evidence .l1 .mono")).not_to_have_text(first)
    second = opened(page)
    page.keyboard.press("d")
    page.keyboard.type("genuine goods, seen")
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_contain_text(second)
    assert state_of(second) == "dismissed"
    assert opened(page) not in {first, second}
    expect(page.locator(f"{SELECTED} a.goods")).to_be_focused()
    expect(page.locator(".rail [data-count=triage]")).to_have_text("3")
    page.keyboard.press("z")
    expect(page.locator("#evidence .l1 .mono")).to_have_text(second)
    assert state_of(second) == "open"
    assert Disposition.objects.count() == 2


def test_a_missing_reason_takes_the_focus_to_the_summary(open_as, chan, hits):
    page = open_as(chan, "/triage/")
    page.keyboard.press("c")
    page.keyboard.press("Enter")
    expect(page.locator(".acts .summary")).to_be_focused()
    assert not Disposition.objects.exists()


def test_shortcuts_never_act_while_somebody_types_or_composes(open_as, chan, hits):
    page = open_as(chan, "/triage/")
    first = opened(page)
    page.keyboard.press("/")
    page.keyboard.type("jcd?")
    expect(page.locator("#search")).to_have_value("jcd?")
    assert opened(page) == first
    page.evaluate(
        """() => { document.activeElement.blur(); document.body.dispatchEvent(
        new KeyboardEvent("keydown", {key: "c", isComposing: true, bubbles: true})) }"""
    )
    expect(page.locator(".acts details[open]")).to_have_count(0)


def test_shortcuts_that_are_turned_off_do_nothing(open_as, chan, hits):
    chan.shortcuts = False
    chan.save()
    page = open_as(chan, "/triage/")
    for key in ("c", "?", "j"):
        page.keyboard.press(key)
    expect(page.locator(".acts details[open], dialog[open]")).to_have_count(0)


def test_the_list_of_keys_opens_and_closes(open_as, chan, hits):
    page = open_as(chan, "/triage/")
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog#keys")).to_be_hidden()


def test_on_a_phone_the_evidence_fills_the_screen_and_undo_stays_in_view(open_as, chan, hits):
    page = open_as(chan, "/triage/", width=390)
    expect(page.locator("#evidence")).to_be_hidden()
    page.locator("tr.row").nth(1).click()
    expect(page.locator("#evidence")).to_be_visible()
    expect(page.locator(".list")).to_be_hidden()
    box = page.locator(".acts summary").first.bounding_box()
    assert box["height"] >= 44
    page.locator(".acts summary").nth(1).click()
    page.fill("#reason-dismiss", "genuine goods, seen")
    page.locator(".acts details[open] button").click()
    expect(page.locator(".done button")).to_be_in_viewport()
    page.locator(".ev .back").click()
    expect(page.locator(".list")).to_be_visible()
    expect(page.locator("tr.row")).to_have_count(3)


def test_everything_works_without_scripts(open_as, chan, hits):
    page = open_as(chan, "/triage/", scripts=False)
    page.locator("tr.row a.goods").nth(1).click()
    number = opened(page)
    page.locator(".acts summary").nth(1).click()
    page.fill("#reason-dismiss", "genuine goods, seen")
    page.locator(".acts details[open] button").click()
    assert state_of(number) == "dismissed"
    page.locator(".done button").click()
    assert state_of(number) == "open"


@pytest.mark.parametrize("width", [320, 390, 1024, 1440])
def test_the_time_to_decide_is_always_in_view(open_as, chan, hits, width):
    page = open_as(chan, "/triage/", width=width)
    for due in page.locator("tr.row .c-due").all():
        box = due.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
