"""When to try again: full jitter, from about a second to at most a quarter of an hour, for ever."""

from __future__ import annotations

BASE_S = 1.0
CAP_S = 900.0
BATCH_SMALLEST, BATCH_LARGEST = 4, 64


def retry_delay_s(failures: int, uniform: float) -> float:
    """Return seconds to wait after a number of failures in a row.

    Args:
        failures: At least 1.
        uniform: A random number in [0, 1); spreads many nodes that failed at the same moment.
    """
    ceiling = CAP_S if failures > 10 else min(CAP_S, BASE_S * 2 ** (failures - 1))
    return ceiling * uniform


def batch_size_after(size: int, *, succeeded: bool) -> int:
    """Return how many messages to send next time: twice as many, or half as many.

    A fixed size makes no progress where the other side dies of large requests.
    """
    changed = size * 2 if succeeded else size // 2
    return max(BATCH_SMALLEST, min(BATCH_LARGEST, changed))
