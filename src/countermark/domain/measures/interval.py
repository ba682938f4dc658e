"""How sure a share is that was counted on few cases."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

from countermark.domain.errors import InvalidInput

Z_95: Final = 1.959963984540054
"""The two-sided 95 % point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The shares, 0 to 1, that a count agrees with at 95 %; ``low <= share <= high``."""

    low: float
    high: float


def wilson(successes: int, trials: int) -> Interval:
    """Return Wilson's 95 % score interval of a share.

    Unlike the textbook interval it stays within 0 and 1 and is honest about few cases: ten of ten
    is not certainty, it is 72 % or more.

    Args:
        successes: How many of the trials, 0 to ``trials``.
        trials: At least 1.

    Raises:
        InvalidInput: There are no trials, or more successes than trials.
    """
    if trials < 1 or not 0 <= successes <= trials:
        raise InvalidInput("share-of-nothing", successes=successes, trials=trials)
    share, squared = successes / trials, Z_95 * Z_95
    middle = share + squared / (2 * trials)
    spread = Z_95 * sqrt(share * (1 - share) / trials + squared / (4 * trials * trials))
    scale = 1 + squared / trials
    low, high = (middle - spread) / scale, (middle + spread) / scale
    return Interval(max(0.0, min(low, share)), min(1.0, max(high, share)))
