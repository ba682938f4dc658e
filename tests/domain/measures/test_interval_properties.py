"""Wilson's interval of a share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.domain.errors import InvalidInput
from countermark.domain.measures import wilson

COUNTS = st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(COUNTS)
def test_the_share_lies_within_and_the_interval_within_0_and_1(counts):
    successes, trials = counts
    interval = wilson(successes, trials)
    assert 0 <= interval.low <= successes / trials <= interval.high <= 1
    assert interval.low < interval.high


@given(COUNTS)
def test_the_interval_of_the_rest_is_the_mirror_image(counts):
    successes, trials = counts
    one, other = wilson(successes, trials), wilson(trials - successes, trials)
    assert one.low == pytest.approx(1 - other.high, abs=1e-12)


@given(COUNTS)
def test_ten_times_the_cases_narrow_the_interval(counts):
    successes, trials = counts
    few, many = wilson(successes, trials), wilson(10 * successes, 10 * trials)
    assert many.high - many.low < few.high - few.low


def test_known_values():
    """Ten of ten (72 %) and 81 of 263, the example of Newcombe (1998)."""
    assert wilson(10, 10).low == pytest.approx(0.7225, abs=1e-4)
    assert wilson(81, 263).low == pytest.approx(0.2553, abs=1e-4)
    assert wilson(81, 263).high == pytest.approx(0.3662, abs=1e-4)


@pytest.mark.parametrize(("successes", "trials"), [(0, 0), (2, 1), (-1, 1)])
def test_a_share_of_nothing_is_refused(successes, trials):
    with pytest.raises(InvalidInput):
        wilson(successes, trials)
