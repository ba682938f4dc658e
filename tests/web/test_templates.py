"""Templates compile, codes have words, and vendored files are what they claim to be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from tools.vendor import differing, unlisted

from countermark.apps.accounts.permissions import Role
from countermark.domain import vocabulary
from countermark.domain.matching.core.features import FAMILIES, FEATURES
from countermark.domain.quantity import UNITS
from countermark.lawbook import right_types
from countermark.web.labels import KINDS

TEMPLATES = Path(__file__).resolve().parents[2] / "src/countermark/web/templates"
NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("name", NAMES)
def test_every_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", NAMES)
def test_no_template_holds_style_or_script_of_its_own(name):
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", source)
    assert not re.search(r"<script(?![^>]*(?:src=|application/json))", source)


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_of_word_a_template_asks_for_exists(name):
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    assert set(re.findall(r'\|label:"([a-z-]+)"', source)) <= set(KINDS)


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("role", Role),
        ("direction", vocabulary.Direction),
        ("channel", vocabulary.Channel),
        ("transport", vocabulary.TransportMode),
        ("category", vocabulary.GoodsCategory),
        ("basis", vocabulary.ValueBasis),
        ("right-type", right_types()),
        ("party-role", vocabulary.PartyRole),
        ("unit", UNITS),
        ("resemblance", FAMILIES),
        ("contribution", ["start", *(feature.name for feature in FEATURES)]),
    ],
)
def test_every_code_of_the_program_has_its_word(kind, codes):
    assert set(map(str, codes)) <= set(KINDS[kind])


def test_vendored_files_are_what_they_claim_to_be():
    assert differing() == []
    assert unlisted() == []
