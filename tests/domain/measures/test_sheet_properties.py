"""Laws that every sheet keeps, whatever the cases."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.measures.strategies import CASE_LISTS

from countermark.domain.measures import Tally, breakdown_completed, breakdown_shortened, sheet_of
from countermark.domain.measures.sheet import SPLITS
from countermark.domain.measures.tally import tally_sum
from countermark.domain.quantity import articles

DIMENSIONS = st.sampled_from(sorted(SPLITS))


def added(breakdown):
    return tally_sum(part.tally for part in breakdown.parts)


@given(CASE_LISTS)
def test_every_breakdown_adds_up_to_the_total_in_every_figure(cases):
    sheet = sheet_of(cases)
    assert {each.dimension for each in sheet.breakdowns} == set(SPLITS)
    for breakdown in sheet.breakdowns:
        assert added(breakdown) == sheet.total


@given(CASE_LISTS)
def test_the_total_is_what_a_plain_count_finds(cases):
    total = sheet_of(cases).total
    lines = [line for case in cases for line in case.goods]
    assert total.cases == len(cases)
    assert total.items == articles([line.quantity for line in lines])
    plain = Counter()
    for line in lines:
        if line.amount:
            plain[line.amount.key] += line.amount.money.minor
    assert {a.key: a.money.minor for a in total.amounts} == {k: v for k, v in plain.items() if v}


@given(CASE_LISTS, CASE_LISTS)
def test_counting_apart_and_adding_is_counting_together(left, right):
    assert sheet_of(left).total + sheet_of(right).total == sheet_of([*left, *right]).total


@given(CASE_LISTS, st.randoms())
def test_the_order_of_the_cases_changes_nothing(cases, random):
    shuffled = list(cases)
    random.shuffle(shuffled)
    assert sheet_of(shuffled) == sheet_of(cases)


@given(CASE_LISTS, DIMENSIONS, st.integers(0, 6))
def test_a_shortened_breakdown_still_adds_up(cases, dimension, rows):
    sheet = sheet_of(cases)
    assert added(breakdown_shortened(sheet.breakdown(dimension), rows)) == sheet.total


@given(CASE_LISTS, DIMENSIONS, st.data())
def test_whatever_parts_are_left_out_the_completed_breakdown_adds_up(cases, dimension, data):
    sheet = sheet_of(cases)
    whole = sheet.breakdown(dimension)
    kept = (
        data.draw(st.lists(st.sampled_from(whole.parts), unique_by=lambda p: p.code))
        if (whole.parts)
        else []
    )
    stated = type(whole)(dimension, tuple(kept))
    assert added(breakdown_completed(stated, sheet.total)) == sheet.total


@given(CASE_LISTS)
def test_no_row_rests_on_more_cases_than_there_are_or_fewer_than_stand_under_it(cases):
    sheet = sheet_of(cases)
    for breakdown in sheet.breakdowns:
        for part in breakdown.parts:
            assert part.tally.cases <= part.behind <= sheet.total.cases


@given(CASE_LISTS, CASE_LISTS)
def test_taking_away_what_was_added_leaves_what_was_there(left, right):
    one, other = sheet_of(left).total, sheet_of(right).total
    assert (one + other) - other == one
    assert (one - one).empty
    assert one + Tally() == one
