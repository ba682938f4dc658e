"""A hit can be made again from its evidence alone."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.matching.strategies import MARKS, line, mark

from countermark.domain.matching import Background, Context, Screener
from countermark.domain.matching.evidence import evidence_of
from countermark.domain.matching.weights import MODEL

WORDS = st.sampled_from(
    [
        "Nike",
        "nike",
        "N1KE",
        "NIKEPRO",
        "Naike",
        "耐克",
        "耐客",
        "red",
        "RED",
        "bag",
        "mikes",
        "for",
        "brand:",
        ",",
        "/",
    ]
)
LINES = st.builds(
    lambda words, brand: line(" ".join(words), brand),
    st.lists(WORDS, max_size=9),
    st.sampled_from(["", "NO BRAND", "N1KE", "Mike", "耐 克"]),
)
REGISTER = (
    mark("Nike", "耐克", "耐克", right_id="1"),
    mark("Mikes", right_id="2"),
    mark("Red", right_id="3"),
    mark("Nik", "耐客", right_id="4", parties=("Harbour Light Ltd", "Someone Else")),
)


def screener(marks, lines):
    return Screener(marks, Context(Background.of(lines)))


@given(LINES, st.lists(LINES, max_size=40))
def test_every_hit_is_made_again_from_its_evidence(one, stream):
    full = screener(REGISTER, [one, *stream, *stream])
    evidence = evidence_of(full, one)
    for hit in full.screen(one):
        assert hit in evidence.about(hit.right_id).screen_again(MODEL)


@given(LINES, MARKS)
def test_marks_that_are_not_found_on_the_line_are_left_out(one, others):
    extra = [replace(m, right_id=f"x{m.right_id}") for m in others]
    full = screener((*REGISTER, *extra), [one] * 20)
    evidence = evidence_of(full, one)
    again = evidence.screen_again(MODEL)
    assert again == full.screen(one)
    assert {hit.right_id for hit in again} <= {m.right_id for m in evidence.marks}


def test_rivals_keep_only_the_parties_that_the_line_names():
    one = line("N1KE shoes", "NIK", consignor="HARBOUR LIGHT LIMITED")
    evidence = evidence_of(screener(REGISTER, [one]), one)
    about = {m.right_id: m.authorised_parties for m in evidence.about("1").marks}
    assert about["4"] == ("Harbour Light Ltd",)
    whole = {m.right_id: m.authorised_parties for m in evidence.about("4").marks}
    assert whole["4"] == ("Harbour Light Ltd", "Someone Else")


def test_words_that_never_occurred_are_not_counted():
    one = line("N1KE shoes", "")
    usage = evidence_of(screener(REGISTER, [line("shoes")] * 9), one).usage
    assert usage.lines == 9
    assert usage.counts == {"shoes": (9, 0)}
