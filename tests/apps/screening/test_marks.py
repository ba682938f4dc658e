"""How well each mark is found, and which words cause false alarms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.trade import recorded, row, screened

from countermark.apps.screening.models import Hit, HitState
from countermark.apps.screening.selectors import (
    SORTS,
    mark_figures,
    mark_list,
    mark_of,
    noisy_list,
    phrase_figures,
    phrase_list,
)

pytestmark = pytest.mark.django_db
BAG = {"goods_description": "ladies' handbag", "hs_code": "420222"}


@pytest.fixture
def since(clock):
    return timezone.now() - timedelta(days=90)


@pytest.fixture
def marks(clock, lau, chan, hongkong):
    """VELUNDRA: 24 hits, 4 confirmed, 18 dismissed; ORLIVANE: 3 hits, 1 confirmed, 2 dismissed."""
    one = recorded(lau, hongkong)
    two = recorded(lau, hongkong, registration_number="300000002", word="ORLIVANE")
    rows = [row(n, **BAG, declared_brand="VELUNDRA") for n in range(1, 23)]
    rows += [row(n, **BAG, declared_brand="VELUNDR4") for n in (23, 24)]
    rows += [row(n, **BAG, declared_brand="ORLIVANE") for n in (25, 26, 27)]
    screened(chan, rows)
    decide(one, {"confirmed": range(1, 5), "dismissed": range(5, 23)})
    decide(two, {"confirmed": [25], "dismissed": [26, 27]})
    return one, two


def decide(right, states):
    for state, numbers in states.items():
        hits = Hit.objects.filter(right=right, line__line_no__in=list(numbers))
        hits.update(state=HitState(state))


def figures(officer, since, **asked):
    rows = mark_list(visible_to=officer, since=since, **asked)
    return mark_figures(list(rows), visible_to=officer, since=since)


def test_each_marks_hits_and_outcomes_are_counted(marks, lau, since):
    one, two = figures(lau, since)
    assert (one.right, two.right) == marks
    assert (one.hits, one.confirmed, one.dismissed, one.open) == (24, 4, 18, 2)
    assert one.precision == pytest.approx(4 / 22)
    assert one.interval.low < 4 / 22 < one.interval.high
    assert one.share == pytest.approx(18 / 20)
    assert (two.precision, two.decided) == (None, 3)
    assert two.interval.high - two.interval.low > 0.5


def test_marks_above_their_share_of_false_alarms_are_named(marks, lau, since):
    assert [each.right.label for each in noisy_list(visible_to=lau, since=since)] == [
        "VELUNDRA",
        "ORLIVANE",
    ]
    decide(marks[1], {"open": [26, 27]})
    assert noisy_list(visible_to=lau, since=since) == []


@pytest.mark.parametrize("sort", SORTS)
def test_marks_can_be_listed_in_every_order(marks, lau, since, sort):
    first = figures(lau, since, sort=sort)[0].right.label
    assert first == ("ORLIVANE" if sort == "mark" else "VELUNDRA")


def test_marks_are_searched_in_any_script(marks, lau, since):
    assert [each.right.label for each in figures(lau, since, query="orliv")] == ["ORLIVANE"]
    assert len(figures(lau, since, query="薇伦卓")) == 2
    assert figures(lau, since, query="nothing") == []


def test_words_are_counted_apart(marks, lau, since):
    rows = list(phrase_list(visible_to=lau, right=marks[0], since=since))
    assert [(r["phrase"], r["hits"], r["dismissed"], r["open"]) for r in rows] == [
        ("velundra", 22, 18, 0),
        ("velundr4", 2, 0, 2),
    ]
    one = phrase_figures(visible_to=lau, right=marks[0], since=since, phrase="velundra")
    assert (one.example, one.confirmed) == ("VELUNDRA", 4)
    assert phrase_figures(visible_to=lau, right=marks[0], since=since, phrase="x") is None


def test_only_hits_of_the_period_count_and_only_for_analysts(marks, lau, chan, mak, since):
    assert figures(lau, timezone.now() + timedelta(days=1)) == []
    assert mark_of(right=marks[0], visible_to=lau, since=timezone.now()).hits == 24
    later = timezone.now() + timedelta(days=1)
    assert mark_of(right=marks[0], visible_to=lau, since=later).interval is None
    assert figures(chan, since) == figures(mak, since) == []


def test_a_page_of_marks_costs_few_queries(marks, lau, since, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        figures(lau, since)
