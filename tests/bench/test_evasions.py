"""The second corpus maker disguises names, says which, and is the same for the same seed."""

from __future__ import annotations

import random

import pytest
from bench.evasions.latin import LATIN
from tests.bench.conftest import made_lines

NAMES = ["Panasonic Marble Works", "Louis Vuitton", "Samsung", "Dioxcmel"]


@pytest.mark.parametrize("family", LATIN)
def test_every_family_changes_some_name(family):
    made = {LATIN[family](random.Random(n), name) for n in range(5) for name in NAMES}
    assert made - {None} - set(NAMES)


@pytest.mark.parametrize("family", LATIN)
def test_no_family_fails_on_an_odd_name(family):
    for name in ("A", "3M", "É", "& Co", "x" * 40, "Ünï-Cödé 7"):
        made = LATIN[family](random.Random(1), name)
        assert made is None or made


def test_the_same_seed_makes_the_same_lines():
    assert made_lines("one", 40) == made_lines("one", 40)
    assert made_lines("one", 40) != made_lines("two", 40)


def test_an_infringing_line_carries_its_disguise_and_its_mark():
    marks, lines = made_lines("three", 200)
    infringing = [(line, gold) for line, gold in lines if gold["label"]]
    assert infringing
    for line, gold in infringing:
        assert gold["surface"] in line["desc"] or gold["surface"] == line["brand"]
        assert gold["surface"] != marks[gold["marks"][0]]["latin"]


def test_decoys_under_a_disguise_are_not_infringing():
    kinds = {gold["kind"]: gold["label"] for _, gold in made_lines("four", 400)[1]}
    assert kinds["disguised"] == 0
    assert kinds["unrecorded"] == 0
