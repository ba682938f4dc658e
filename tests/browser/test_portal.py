"""A right holder with no training records one mark with both administrations, by keyboard alone."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal import auth as totp
from PIL import Image
from playwright.sync_api import Page
from tests.browser.looking import LANGUAGES, WIDTHS, faults
from tests.filing import account, file_in, holder_made, speaks_for
from tests.web.portal.conftest import PDF
from tests.workflows.conftest import paired as _paired

from countermark.apps.accounts.selectors import administration_get
from countermark.apps.register.models import Recordation
from countermark.lawbook import recordation_needs

paired = _paired
MOST_TABS = 160
WORDS = {
    "registration_number": "304561234",
    "word": "VELUNDRA",
    "nice_classes": "18, 25",
    "goods": "handbags and purses",
    "valid_from": "01012020",
    "valid_until": "01012040",
}
"""What is typed, by the name of the field; day and month are alike in every order of a date."""


@pytest.fixture
def holder(hongkong, guangdong):
    return holder_made()


@pytest.fixture
def ann(tuen_mun, holder):
    who = account("ann@meridian.example", tuen_mun)
    totp.TOTP.activate(who, totp.generate_totp_secret())
    speaks_for(who, holder)
    return who


@pytest.fixture
def papers(tmp_path):
    """A paper and a picture on the holder's disk, by the kind of what asks for them."""
    paper, picture = tmp_path / "certificate.pdf", tmp_path / "bag.png"
    paper.write_bytes(PDF)
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(drawn, "PNG")
    picture.write_bytes(drawn.getvalue())
    return {"document": paper, "image": picture}


@dataclass
class Hands:
    """Two hands on a keyboard: Tab, Space, Enter, arrows and letters, and nothing else."""

    page: Page
    needed: dict[str, Path] = field(default_factory=dict)
    """Papers that are needed, by the name of their input."""

    def focused(self) -> dict[str, str]:
        return self.page.evaluate(
            """() => { const at = document.activeElement; return {
                 tag: at.tagName, name: at.name || "", type: at.type || "", value: at.value || "",
                 href: at.getAttribute("href") || "", id: at.id || "",
                 shown: String(at.offsetParent !== null && !at.closest("[aria-hidden=true]")) } }"""
        )

    def tab_to(self, **wanted: str) -> None:
        """Press Tab until what is wanted has the focus."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            now = self.focused()
            if all(now[key] == value for key, value in wanted.items()):
                return
        raise AssertionError(f"{wanted} cannot be reached by Tab on {self.page.url}")

    def leave_by(self, key: str = "Enter") -> None:
        """Press a key that leads to another page, and wait until it is there."""
        self.page.evaluate("document.querySelector('main').dataset.left = 'yes'")
        self.page.keyboard.press(key)
        # A page that is swapped in has its address before it has its content.
        self.page.wait_for_selector("main:not([data-left])")
        self.page.wait_for_load_state("load")

    def open(self, href: str) -> None:
        self.tab_to(tag="A", href=href)
        self.leave_by()

    def choose(self, name: str, value: str) -> None:
        """Answer a question with one answer, and go on."""
        self.tab_to(tag="INPUT", name=name)
        for _ in range(20):
            if self.focused()["value"] == value:
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")
        self.leave_by()

    def fill_topic(self) -> None:
        """Go through a page of the form from its top, write what is asked, and go on."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            now = self.focused()
            if (now["name"], now["value"]) == ("do", "continue"):
                self.leave_by()
                return
            self._write(now)
        raise AssertionError(f"no way on from {self.page.url}")

    def _write(self, now: dict[str, str]) -> None:
        name = now["name"]
        if now["type"] == "file":
            if name in self.needed:
                with self.page.expect_file_chooser(timeout=10_000) as chooser:
                    # Once this is answered the page knows that its chooser is taken over.
                    self.focused()
                    self.page.keyboard.press("Space")
                chooser.value.set_files(self.needed.pop(name))
        elif not now["value"] and (name in WORDS or name.startswith("statement-")):
            self.page.keyboard.type(WORDS.get(name, "As told by the right holder."))


def made(state, holder, who, *, code="hk", number="1"):
    """A file in a state, without papers: those of the builder are rows with nothing behind."""
    office = administration_get(code=code)
    file = file_in(state, administration=office, holder=holder, by=who, number=number)
    file.documents.all().delete()
    return file


def needed(office, papers):
    needs = recordation_needs(office.law, "trade-mark")
    return {
        f"file-{need.code}": papers[need.kind.value]
        for need in needs
        if need.required and need.kind.value in papers
    }


def record(page, office, papers):
    """Record the mark with one administration, from the list of files to the receipt."""
    hands = Hands(page, needed(office, papers))
    hands.open("/portal/files/new/")
    hands.choose("administration", office.code)
    hands.choose("type", "trade-mark")
    file = urlsplit(page.url).path
    hands.open(f"{file}topics/right/")
    while urlsplit(page.url).path != f"{file}check/":
        hands.fill_topic()
    assert not hands.needed
    hands.tab_to(name="declared")
    page.keyboard.press("Space")
    hands.tab_to(tag="BUTTON", type="submit")
    hands.leave_by()
    assert urlsplit(page.url).path == f"{file}filed/"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mark_is_recorded_with_both_administrations_by_keyboard_alone(
    open_as, ann, papers, paired, language
):
    page = open_as(ann, "/portal/", language=language)
    assert page.locator("html").get_attribute("lang") == language
    record(page, administration_get(code="hk"), papers)
    assert faults(page) == []
    Hands(page).open("/portal/")
    record(page, administration_get(code="cn-gd"), papers)
    files = Recordation.objects.order_by("pk")
    assert [(file.administration.code, file.state) for file in files] == [
        ("hk", "submitted"),
        ("cn-gd", "submitted"),
    ]
    assert [file.content["word"] for file in files] == ["VELUNDRA", "VELUNDRA"]
    assert all(file.documents.count() >= 2 for file in files)


@pytest.mark.django_db(transaction=True)
def test_a_bad_answer_puts_the_focus_on_the_summary_and_its_links_lead_to_the_fields(
    open_as, ann, holder
):
    file = made("draft", holder, ann)
    file.content = {}
    file.save()
    page = open_as(ann, f"/portal/files/{file.pk}/topics/right/")
    Hands(page).tab_to(name="word")
    page.keyboard.press("Enter")
    page.wait_for_selector(".summary")
    assert page.evaluate("document.activeElement.className") == "summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_registration_number"
    assert faults(page) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scripts", [True, False])
def test_a_paper_is_uploaded_with_and_without_scripts(open_as, ann, holder, papers, scripts):
    file = made("draft", holder, ann)
    page = open_as(ann, f"/portal/files/{file.pk}/topics/documents/", scripts=scripts)
    page.set_input_files("[name=file-certificate]", papers["document"])
    page.click("#at-file-certificate button[value=upload]")
    page.wait_for_selector(".files a:has-text('certificate.pdf')")
    page.click("#at-file-certificate button[value^=remove]")
    page.wait_for_selector(".files", state="detached")
    assert file.documents.get().removed_at


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_the_portal_are_within_reach_of_everybody(open_as, ann, holder, width):
    draft = made("draft", holder, ann, code="cn-gd")
    live = made("in-force", holder, ann, number="2")
    asked = made("more-asked", holder, ann, number="3")
    topics = ["right", "holder", "contacts", "parties", "documents", "images"]
    addresses = [
        *("/portal/", "/portal/holders/", "/portal/holders/new/?as=agent"),
        *("/portal/files/new/", "/portal/files/new/?administration=hk"),
        *(f"/portal/files/{draft.pk}/topics/{topic}/" for topic in topics),
        *(f"/portal/files/{file.pk}/" for file in (draft, live, asked)),
        f"/portal/files/{draft.pk}/check/",
        f"/portal/files/{live.pk}/acts/withdraw/",
        f"/portal/files/{live.pk}/change/",
        f"/portal/files/{live.pk}/change/?topic=right&topic=contacts&topic=holder",
    ]
    page = open_as(ann, addresses[0], width=width)
    found = {}
    for address in addresses:
        page.goto(urlsplit(page.url)._replace(path="", query="").geturl() + address)
        if wrong := faults(page):
            found[address] = wrong
    assert found == {}
