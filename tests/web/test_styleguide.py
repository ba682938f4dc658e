"""Every component stands on one page and works as the templates use it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.web.reading import read

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = ROOT / "src/countermark/web/templates/cotton"


@pytest.fixture
def page(client, chan):
    return read(client, chan, "/styleguide/")[1]


def test_every_component_is_shown(page):
    source = (COMPONENTS.parent / "styleguide/page.html").read_text(encoding="utf-8")
    for file in COMPONENTS.glob("*.html"):
        assert f"<c-{file.stem.replace('_', '-')}" in source, file.stem


def test_every_field_has_a_label_that_names_it(page):
    for field in page.select("main input:not([type=hidden], [type=radio]), main select, textarea"):
        assert page.find("label", attrs={"for": field["id"]}), field


def test_a_bad_field_points_to_its_message(page):
    field = page.find(id="bad_word")
    assert field["aria-invalid"] == "true"
    described = field["aria-describedby"].split()
    assert all(page.find(id=name) for name in described)
    assert "bad_word_error" in described


def test_the_summary_takes_the_focus_and_links_to_every_bad_field(page):
    summary = page.select_one(".summary[data-focus][tabindex='-1']")
    for link in summary.select("a"):
        assert page.find(id=link["href"].removeprefix("#")), link


def test_drawings_are_hidden_from_screen_readers(page):
    assert all(svg["aria-hidden"] == "true" for svg in page.select("svg"))


def test_no_identifier_is_used_twice(page):
    ids = [node["id"] for node in page.select("[id]")]
    assert len(ids) == len(set(ids))
