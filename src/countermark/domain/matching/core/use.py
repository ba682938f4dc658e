"""How often words are used in the stream, and how often as a brand, in coarse steps."""

from __future__ import annotations

from typing import Final

import numpy as np

from countermark.domain.matching.core import buffers as b
from countermark.domain.matching.core.jit import lean
from countermark.domain.matching.core.levels import BRANDS, RATES, SHARES
from countermark.domain.matching.core.usage import brandness, occurs_per_10_000
from countermark.domain.matching.core.words import ordinary_words

UNKNOWN: Final = -2
"""Nothing has been counted."""
UNSEEN: Final = -1
"""What was counted does not have the key."""

_RATES = np.array(RATES)
_SHARES = np.array(SHARES)
_BRANDS = len(BRANDS)


@lean
def use_of(key, usage):
    """Return frequency and brandness of a key's hash as one step, ``UNKNOWN`` or ``UNSEEN``."""
    if usage.total[0] == 0:
        return UNKNOWN
    rate = occurs_per_10_000(key, usage)
    if rate == 0.0:
        return UNSEEN
    often = 0
    while often < _RATES.size and rate >= _RATES[often]:
        often += 1
    share = brandness(key, usage)
    brand = 0
    while brand < _SHARES.size and share >= _SHARES[brand]:
        brand += 1
    return often * _BRANDS + brand


@lean
def usage_fact(text, row, key, chars, words, usage):
    """Return how a window's words are used; where nothing tells, whether they are ordinary."""
    step = use_of(key, usage)
    if step >= 0:
        return 4 + step
    ordinary = ordinary_words(
        text.points,
        row[b.KEY],
        row[b.KEY_END],
        text.pieces,
        row[b.SIZES],
        row[b.SIZES_END],
        chars,
        words,
    )
    return (0 if step == UNKNOWN else 2) + (0 if ordinary else 1)


@lean
def mark_usage_fact(key, usage):
    """Return how the mark itself is used."""
    return 3 + use_of(key, usage)
