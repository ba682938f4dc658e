"""The queue: who sees what, in which order, and how it is searched."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.apps.screening.conftest import NOW
from tests.trade import recorded, row, screened

from countermark.apps.screening.models import Hit
from countermark.apps.screening.selectors import (
    VIEWS,
    hit_comparison,
    hit_get,
    hit_queue,
    queue_counts,
)
from countermark.apps.screening.services import finder, hit_dispose
from countermark.domain.errors import InvalidInput, NotFound

pytestmark = pytest.mark.django_db
SCORES = {"EXACT-1": 0.9, "EXACT-2": 0.8, "LOOSE-3": 0.3, "OLD-4": 0.85, "REF-5": 0.01}
BAG = {"goods_description": "ladies' handbag", "hs_code": "420222"}


@pytest.fixture
def queue(clock, chan, lau, hongkong, monkeypatch) -> dict[str, Hit]:
    """Five hits by the number of their declaration, with scores that no model can move."""
    monkeypatch.setattr(finder, "LEAST_SCORE", 0)
    recorded(lau, hongkong)
    orlivane = {"word": "ORLIVANE", "word_zh_hans": "奥丽梵", "word_zh_hant": "奧麗梵"}
    recorded(lau, hongkong, registration_number="300000002", nice_classes=(14,), **orlivane)
    screened(
        chan,
        [
            row(number="EXACT-1", declared_brand="VELUNDRA", **BAG),
            row(number="EXACT-2", declared_brand="薇倫卓", consignor="東莞鵜鶘貿易", **BAG),
            row(number="LOOSE-3", declared_brand="0RLIVANE", **BAG),
            row(number="OLD-4", declared_on="2013-01-01", declared_brand="VELUNDRA", **BAG),
            row(number="REF-5", goods_description="leather strap for VELUNDRA"),
        ],
    )
    for number, score in SCORES.items():
        Hit.objects.filter(line__declaration__number=number).update(score=score)
    hits = Hit.objects.select_related("line__declaration")
    return {hit.line.declaration.number: hit for hit in hits}


def numbers(hits) -> list[str]:
    return [hit.line.declaration.number for hit in hits]


def decide(hit: Hit, by, decision: str, **more) -> None:
    hit_dispose(hit=hit, decision=decision, reason="seen", by=by, **more)


def test_the_best_score_stands_first_and_an_excused_hit_is_not_queued(queue, chan):
    hits = hit_queue(visible_to=chan)
    assert numbers(hits) == ["EXACT-1", "OLD-4", "EXACT-2", "LOOSE-3"]
    assert numbers(hit_queue(visible_to=chan, view="excused")) == ["REF-5"]


def test_what_is_due_within_the_hour_stands_before_any_score(queue, chan, clock):
    urgent = queue["LOOSE-3"]
    Hit.objects.filter(pk=urgent.pk).update(decide_by=NOW + timedelta(minutes=60))
    assert numbers(hit_queue(visible_to=chan))[0] == "LOOSE-3"
    assert numbers(hit_queue(visible_to=chan, view="due")) == ["LOOSE-3"]
    clock.shift(timedelta(hours=48))
    assert set(numbers(hit_queue(visible_to=chan, view="due"))) == {
        "EXACT-1",
        "EXACT-2",
        "LOOSE-3",
    }


def test_a_decided_hit_leaves_the_queue_and_the_latest_decision_stands_first(queue, chan, clock):
    decide(queue["EXACT-1"], chan, "confirm")
    clock.shift(timedelta(seconds=1))
    decide(queue["OLD-4"], chan, "dismiss")
    assert set(numbers(hit_queue(visible_to=chan))) == {"EXACT-2", "LOOSE-3"}
    assert numbers(hit_queue(visible_to=chan, view="decided")) == ["OLD-4", "EXACT-1"]


def test_a_snoozed_hit_comes_back_when_its_time_has_come(queue, chan, clock):
    decide(queue["EXACT-1"], chan, "snooze", snooze_until=NOW + timedelta(hours=2))
    assert numbers(hit_queue(visible_to=chan, view="snoozed")) == ["EXACT-1"]
    assert "EXACT-1" not in numbers(hit_queue(visible_to=chan))
    clock.shift(timedelta(hours=2))
    assert "EXACT-1" in numbers(hit_queue(visible_to=chan))
    assert not hit_queue(visible_to=chan, view="snoozed").exists()


def test_counts_are_those_of_the_views_in_one_query(queue, chan, django_assert_num_queries):
    decide(queue["EXACT-1"], chan, "confirm")
    decide(queue["LOOSE-3"], chan, "snooze", snooze_until=NOW + timedelta(hours=2))
    with django_assert_num_queries(1):
        counts = queue_counts(chan)
    assert counts == {view: hit_queue(visible_to=chan, view=view).count() for view in VIEWS}
    assert counts == {"open": 2, "due": 0, "snoozed": 1, "decided": 1, "excused": 1}


def test_hits_are_seen_by_the_office_of_the_declaration_and_by_those_who_see_all(
    queue, chan, ho, wu, kwok
):
    assert hit_queue(visible_to=wu).count() == hit_queue(visible_to=chan).count() == 4
    for stranger in (ho, kwok):
        assert not hit_queue(visible_to=stranger).exists()
        assert set(queue_counts(stranger).values()) == {0}
        with pytest.raises(NotFound):
            hit_get(number=queue["EXACT-1"].number, visible_to=stranger)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("exact-1", {"EXACT-1"}),
        ("velundra", {"EXACT-1", "EXACT-2", "OLD-4"}),
        ("薇伦", {"EXACT-1", "EXACT-2", "OLD-4"}),
        ("orlivane", {"LOOSE-3"}),
        ("meridian", {"EXACT-1", "EXACT-2", "LOOSE-3", "OLD-4"}),
        ("东莞鹈鹕", {"EXACT-2"}),
        ("harbour light", {"EXACT-1", "EXACT-2", "LOOSE-3", "OLD-4"}),
        ("300000002", {"LOOSE-3"}),
        ("!!", set()),
        ("  ", {"EXACT-1", "EXACT-2", "LOOSE-3", "OLD-4"}),
    ],
)
def test_the_queue_is_searched_in_any_script(queue, chan, query, found):
    assert set(numbers(hit_queue(visible_to=chan, query=query))) == found


def test_a_hit_is_found_by_its_number(queue, chan):
    hit = queue["OLD-4"]
    assert list(hit_queue(visible_to=chan, query=hit.number.lower())) == [hit]


def test_scores_below_a_floor_are_left_out(queue, chan):
    assert numbers(hit_queue(visible_to=chan, min_score=0.85)) == ["EXACT-1", "OLD-4"]


def test_a_view_that_does_not_exist_is_refused(chan):
    with pytest.raises(InvalidInput):
        hit_queue(visible_to=chan, view="all")


def test_a_list_costs_one_query_however_long_it_is(queue, wu, django_assert_num_queries):
    with django_assert_num_queries(1):
        for hit in hit_queue(visible_to=wu):
            declaration = hit.line.declaration
            assert hit.right.holder.name == "Meridian Ltd"
            assert (hit.ruleset.version, declaration.office.code)[1] == "tuen-mun"
            assert declaration.consignor.name != declaration.consignee.name


def test_a_hit_is_got_with_its_decisions(queue, chan, django_assert_num_queries):
    decide(queue["EXACT-1"], chan, "confirm")
    with django_assert_num_queries(3):
        hit = hit_get(number=queue["EXACT-1"].number, visible_to=chan)
        assert [d.by.display_name for d in hit.dispositions.all()] == ["Chan Ka-yee"]


def test_a_hit_is_compared_with_the_nearest_script_of_its_mark(queue):
    hit = Hit.objects.select_related("right").get(pk=queue["EXACT-2"].pk)
    comparison = hit_comparison(hit)
    assert comparison.equal
    assert comparison.recorded[0].text == "薇倫卓"
