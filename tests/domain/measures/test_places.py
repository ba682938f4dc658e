"""A declared place is read only where there is no doubt."""

from __future__ import annotations

import pytest

from countermark.domain.measures import territory_of, territory_of_place
from countermark.domain.measures.places import NOT_RECOGNISED


@pytest.mark.parametrize(
    ("text", "territory"),
    [
        ("HK", "hk"),
        ("hk", "hk"),
        (" Hong  Kong ", "hk"),
        ("香港", "hk"),
        ("中国香港", "hk"),
        ("HKHKG", "hk"),
        ("CNSZX", "cn"),
        ("US LAX", "us"),
        ("cn-gd", "cn"),
        ("Macau", "mo"),
        ("China", "cn"),
        ("", ""),
        ("  ", ""),
        ("CHINO", NOT_RECOGNISED),
        ("JAPAN", NOT_RECOGNISED),
        ("us lax", NOT_RECOGNISED),
        ("Kwai Chung, Hong Kong", NOT_RECOGNISED),
        ("美国", NOT_RECOGNISED),
    ],
)
def test_codes_and_the_parties_own_names_are_read_and_nothing_is_guessed(text, territory):
    assert territory_of_place(text) == territory


@pytest.mark.parametrize(("code", "territory"), [("cn-gd", "cn"), ("hk", "hk")])
def test_an_administration_stands_for_the_territory_of_its_code(code, territory):
    assert territory_of(code) == territory
