"""What follows a place: words that tell of a pattern or colour, or that a company is named."""

from __future__ import annotations

from typing import Final

import numpy as np

from countermark.domain.matching.core.buffers import END, LETTERS, SIZE, START, TOKENS, TextBuffer
from countermark.domain.matching.core.chars import BLANK
from countermark.domain.matching.core.jit import lean
from countermark.domain.matching.core.phrases import COMPANY, DESCRIBED
from countermark.domain.matching.core.places import phrase_at, phrase_table

NOTHING: Final = 0
A_DESCRIPTION: Final = 1
"""A word that makes what stands before it a manner: "burton colour", "diamond pattern"."""
A_COMPANY: Final = 2
"""The end of a company's name."""

COMPANY_REACH: Final = 20
BLANKS_REACH: Final = 3

_DESCRIBED = phrase_table(sorted(DESCRIBED, key=len, reverse=True))
_COMPANY = phrase_table(COMPANY)
_A, _Z = ord("a"), ord("z")


@lean
def following(text: TextBuffer, end: int) -> int:
    """Return what follows the text before ``end``."""
    size = text.head[SIZE]
    at = end
    while at < min(size, end + BLANKS_REACH) and text.facts[at] & BLANK:
        at += 1
    after = phrase_at(text.points, size, at, _DESCRIBED)
    if after == size or (after >= 0 and not _A <= text.points[after] <= _Z):
        return np.int64(A_DESCRIPTION)
    for at in range(end, min(size, end + COMPANY_REACH)):
        if phrase_at(text.points, size, at, _COMPANY) >= 0:
            return np.int64(A_COMPANY)
    return np.int64(NOTHING)


@lean
def letters_of(text: TextBuffer) -> int:
    """Return how many letters a field has, at least one."""
    last = text.head[TOKENS] - 1
    if last < 0:
        return np.int64(1)
    end = np.int64(text.tokens[last, LETTERS] + text.tokens[last, END] - text.tokens[last, START])
    return max(np.int64(1), end - text.head[SIZE])
