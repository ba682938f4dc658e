import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.envelopes.cast import LANE

from countermark.domain.envelopes.chain import MAX_AHEAD, Position, Standing, lane_start, standing
from countermark.domain.envelopes.retry import batch_size_after, retry_delay_s
from countermark.domain.envelopes.schema import (
    MESSAGE_TYPES,
    lane_kind,
    parks_on_failure,
    type_get,
)
from countermark.domain.errors import EnvelopeRefused

HASHES = st.integers(0, 5).map(lambda n: f"{n:064x}")
HEADS = st.builds(Position, st.integers(1, 3), st.integers(1, 50), HASHES)


@given(HEADS, st.lists(HASHES, max_size=6))
def test_each_message_of_an_honest_lane_is_next_in_turn(head, hashes):
    for sha in hashes:
        assert standing(head, head) is Standing.NEXT
        head = head.after(sha)


@given(HEADS, HASHES)
def test_another_message_in_a_place_already_passed_is_a_fork(head, sha):
    assert standing(head.after(sha), head) is Standing.FORK


@given(HEADS, HASHES)
def test_the_next_place_with_another_predecessor_is_a_fork(head, other):
    found = standing(head, Position(head.epoch, head.seq, other))
    assert found is (Standing.NEXT if other == head.prev else Standing.FORK)


@given(HEADS, st.integers(1, 2 * MAX_AHEAD))
def test_a_later_place_is_a_gap_and_too_far_beyond_the_limit(head, ahead):
    found = standing(head, Position(head.epoch, head.seq + ahead, head.prev))
    assert found is (Standing.GAP if ahead <= MAX_AHEAD else Standing.TOO_FAR)


def test_another_epoch_is_never_next():
    head = lane_start("cn-gd", "hk", LANE)
    assert standing(head, Position(2, 1, head.prev)) is Standing.EPOCH
    assert standing(Position(2, 1, head.prev), head) is Standing.FORK


def test_the_first_place_names_lane_sender_and_recipient():
    starts = {
        lane_start("cn-gd", "hk", LANE).prev,
        lane_start("hk", "cn-gd", LANE).prev,
        lane_start("cn-gd", "hk", "stats").prev,
    }
    assert len(starts) == 3


@pytest.mark.parametrize(
    ("lane", "kind", "parks"),
    [(LANE, "case", True), (LANE.replace("case", "op"), "op", True), ("stats", "stats", False)],
)
def test_only_lanes_whose_order_matters_park(lane, kind, parks):
    assert (lane_kind(lane), parks_on_failure(lane)) == (kind, parks)


@pytest.mark.parametrize("lane", ["", "case", "case:", "stats:1", "other", LANE + "0"])
def test_a_lane_of_another_form_is_refused(lane):
    with pytest.raises(EnvelopeRefused, match="lane-malformed"):
        lane_kind(lane)


def test_every_type_says_in_which_kind_of_lane_it_travels():
    assert all(type_get(name).name == name for name in MESSAGE_TYPES)
    assert type_get("case.referral/1").dataschema == "urn:countermark:schema:case.referral/1"
    with pytest.raises(EnvelopeRefused, match="type-unknown"):
        type_get("case.referral/9")


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_waiting_never_exceeds_a_quarter_of_an_hour(failures, uniform):
    assert 0 <= retry_delay_s(failures, uniform) < 900


@given(st.integers(1, 30), st.floats(0, 1, exclude_max=True))
def test_a_further_failure_never_shortens_the_longest_wait(failures, uniform):
    assert retry_delay_s(failures, uniform) <= retry_delay_s(failures + 1, uniform)


@given(st.lists(st.booleans()))
def test_the_batch_size_stays_within_its_bounds(outcomes):
    size = 16
    for succeeded in outcomes:
        size = batch_size_after(size, succeeded=succeeded)
        assert 4 <= size <= 64
