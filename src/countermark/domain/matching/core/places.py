"""Places: where in a field a brand stands, what says that there is none, what only refers to one.

Cues are looked for ``REACH`` characters before and after a place. A word of a cue begins at the
edge of a word; a Chinese cue may stand anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from countermark.domain.matching.core.buffers import (
    BRAND_FIELD,
    END,
    IS_HAN,
    LETTERS,
    SIZE,
    START,
    TOKENS,
    Facts,
    TextBuffer,
)
from countermark.domain.matching.core.chars import ALNUM, BLANK, DECIMAL, WORD, points_of
from countermark.domain.matching.core.hashing import Points
from countermark.domain.matching.core.jit import int64, lean, woven
from countermark.domain.matching.core.phrases import (
    BRAND_WORDS,
    BRAND_WORDS_HAN,
    COUNTED,
    NAME_WORDS,
    NO_BRAND,
    REACH,
    REFERENTIAL,
    REFERENTIAL_HAN,
)
from countermark.domain.matching.core.text import among

WHOLE_FIELD: Final = 0
"""Codes of places: a brand field, or a part of it; then the description's places, strong first."""
IN_FIELD: Final = 1
LABELLED: Final = 2
FOLLOWED: Final = 3
BRACKETED: Final = 4
LEADING: Final = 5
DELIMITED: Final = 6
LOOSE: Final = 7


def phrase_table(phrases: Iterable[str], *, edge: bool = True) -> Points:
    """Return phrases, longest first, as rows: length, whether it begins a word, characters."""
    rows = sorted(phrases, key=len, reverse=True)
    table = np.zeros((len(rows), 2 + max(map(len, rows))), dtype=np.uint32)
    for row, phrase in zip(table, rows, strict=True):
        row[0], row[1] = len(phrase), edge and phrase.isascii()
        row[2 : 2 + len(phrase)] = points_of(phrase)
    return table


_BRAND_WORDS = phrase_table((*BRAND_WORDS, *BRAND_WORDS_HAN))
_NAME_WORDS = phrase_table(NAME_WORDS, edge=False)
_REFERENTIAL = phrase_table((*REFERENTIAL, *REFERENTIAL_HAN))
_NO_BRAND = phrase_table(NO_BRAND)
_SIGNS = phrase_table(("®", "™", "℠", "(r)", "(tm)", "(c)"))
_BRANDED = phrase_table(("brand", "branded"))
_BRANDED_HAN = phrase_table(("牌", "品牌"))
_OTHER_HAN = points_of("号子")
_COUNTED = points_of(COUNTED)
_LINKS = points_of(":=/-\"'([#为是")
_REFERRING_LINKS = points_of(":,-\"'(")
_FOLLOWING_LINKS = points_of("\"')]")
_OPENING = points_of("([{\"'<«“【《「")
_CLOSING = points_of(")]}\"'>»”】》」")
_DELIMITERS = points_of(',;:/|()[]"')
_DASH, _I, _S = ord("-"), ord("i"), ord("s")
_A, _Z, _LONGEST_UNIT = ord("a"), ord("z"), 8


@woven
def mark_places(text: TextBuffer) -> None:
    """Set ``introduced`` and ``followed`` wherever a window without signs may start or end."""
    size = text.head[SIZE]
    for token in range(text.head[TOKENS]):
        start, end = int64(text.tokens[token, START]), int64(text.tokens[token, END])
        text.introduced[start] = introduced_at(text.points, text.facts, start)
        text.followed[end] = followed_at(text.points, text.facts, size, end)
        if text.tokens[token, IS_HAN]:
            for at in range(start + 1, end):
                text.introduced[at] = introduced_at(text.points, text.facts, at)
                text.followed[at] = followed_at(text.points, text.facts, size, at)


@lean
def introduced_at(points: Points, facts: Facts, start: int) -> bool:
    """Tell whether a word for "brand" introduces the text from ``start`` on."""
    lowest = max(int64(0), start - REACH)
    at = _before_links(points, facts, start, lowest)
    if _phrase_before(points, facts, at, lowest, _BRAND_WORDS) >= 0:
        return True
    at = _phrase_before(points, facts, at, lowest, _NAME_WORDS)
    if at < 0:
        return False
    return (
        _phrase_before(points, facts, _before_blanks(facts, at, lowest), lowest, _BRAND_WORDS) >= 0
    )


@lean
def _before_links(points: Points, facts: Facts, start: int, lowest: int) -> int:
    """Return where signs and words between "brand" and its name begin: "brand is", "商标为"."""
    at = start
    while at > lowest:
        point = points[at - 1]
        if facts[at - 1] & BLANK or among(point, _LINKS):
            at -= 1
        elif point == _S and at - 2 >= lowest and points[at - 2] == _I:
            if not (_edge(facts, at - 2) and (at == start or not facts[at] & WORD)):
                return at
            at -= 2
        else:
            return at
    return at


@lean
def _before_blanks(facts: Facts, at: int, lowest: int) -> int:
    while at > lowest and facts[at - 1] & BLANK:
        at -= 1
    return at


@lean
def _edge(facts: Facts, at: int) -> bool:
    """Tell whether no letter stands before a position."""
    return at == 0 or not facts[at - 1] & WORD


@lean
def _phrase_before(points: Points, facts: Facts, end: int, lowest: int, phrases: Points) -> int:
    """Return where a phrase that ends at ``end`` begins, or -1."""
    for row in range(len(phrases)):
        size = int64(phrases[row, 0])
        start = end - size
        if start < lowest or phrases[row, 1 + size] != points[end - 1]:
            continue
        if _same(points, start, phrases, row) and (not phrases[row, 1] or _edge(facts, start)):
            return start
    return int64(-1)


@lean
def _same(points: Points, start: int, phrases: Points, row: int) -> bool:
    for at in range(phrases[row, 0]):
        if points[start + at] != phrases[row, 2 + at]:
            return False
    return True


@lean
def followed_at(points: Points, facts: Facts, size: int, end: int) -> bool:
    """Tell whether a word or sign for "brand" follows the text before ``end``."""
    highest = min(size, end + REACH)
    at = end
    while at < highest and (facts[at] & BLANK or among(points[at], _FOLLOWING_LINKS)):
        at += 1
    if phrase_at(points, size, at, _SIGNS) >= 0:
        return True
    after = phrase_at(points, size, at, _BRANDED)
    if after >= 0:
        return after == size or not facts[after] & WORD
    after = phrase_at(points, size, at, _BRANDED_HAN)
    return after == size or (after >= 0 and not among(points[after], _OTHER_HAN))


@lean
def phrase_at(points: Points, size: int, start: int, phrases: Points) -> int:
    """Return where a phrase that begins at ``start`` ends, or -1."""
    for row in range(len(phrases)):
        end = start + int64(phrases[row, 0])
        if end <= size and _same(points, start, phrases, row):
            return end
    return int64(-1)


@lean
def place(text: TextBuffer, start: int, end: int) -> int:
    """Return the code of the place where ``start:end`` of a field stands."""
    if text.head[BRAND_FIELD]:
        last = text.head[TOKENS] - 1
        whole = last < 0 or (text.tokens[0, START] >= start and text.tokens[last, END] <= end)
        return int64(WHOLE_FIELD if whole else IN_FIELD)
    if introduced_at(text.points, text.facts, start):
        return int64(LABELLED)
    if followed_at(text.points, text.facts, text.head[SIZE], end):
        return int64(FOLLOWED)
    return _weak_place(text.points, text.facts, text.head[SIZE], start, end)


@lean
def _weak_place(points: Points, facts: Facts, size: int, start: int, end: int) -> int:
    lowest = max(int64(0), start - REACH)
    before = _before_blanks(facts, start, lowest)
    after = _after_blanks(facts, size, end)
    if before > lowest and _bracketed(points, size, before, after):
        return int64(BRACKETED)
    if start < REACH and _leads(points, facts, start):
        return int64(LEADING)
    if _opens(points, facts, before, lowest) and _closes(points, facts, size, after):
        return int64(DELIMITED)
    return int64(LOOSE)


@lean
def _after_blanks(facts: Facts, size: int, end: int) -> int:
    highest = min(size, end + REACH)
    at = end
    while at < highest and facts[at] & BLANK:
        at += 1
    return at


@lean
def _bracketed(points: Points, size: int, before: int, after: int) -> bool:
    if after == size:
        return False
    return among(points[before - 1], _OPENING) and among(points[after], _CLOSING)


@lean
def _opens(points: Points, facts: Facts, at: int, lowest: int) -> bool:
    """Tell whether nothing, a delimiter or a dash after a blank stands before a position."""
    if at == 0:
        return True
    if at == lowest:
        return False
    if among(points[at - 1], _DELIMITERS):
        return True
    dash = points[at - 1] == _DASH and at - 2 >= lowest
    return dash and facts[at - 2] & BLANK != 0


@lean
def _closes(points: Points, facts: Facts, size: int, at: int) -> bool:
    """Tell whether nothing, a delimiter or a dash before a blank stands at a position."""
    if at == size or among(points[at], _DELIMITERS):
        return True
    dash = points[at] == _DASH and at + 1 < size
    return dash and facts[at + 1] & BLANK != 0


@lean
def _leads(points: Points, facts: Facts, start: int) -> bool:
    """Tell whether nothing but signs, or a number of packages, stands before a position."""
    at = _after_signs(facts, int64(0), start)
    if at == start:
        return True
    digits = at
    while at < start and facts[at] & DECIMAL:
        at += 1
    if at == digits:
        return False
    after = _after_signs(facts, at, start)
    if after == start:
        return after > at
    unit = _after_unit(points, after, start)
    rest = _after_signs(facts, unit, start)
    return unit > after and rest > unit and rest == start


@lean
def _after_signs(facts: Facts, at: int, end: int) -> int:
    while at < end and not facts[at] & ALNUM:
        at += 1
    return at


@lean
def _after_unit(points: Points, start: int, end: int) -> int:
    """Return where a unit of packing ends: up to eight Latin letters, or Chinese counting words."""
    at = start
    while at < end and at - start < _LONGEST_UNIT and _A <= points[at] <= _Z:
        at += 1
    if at > start:
        return at
    while at < end and among(points[at], _COUNTED):
        at += 1
    return at


@lean
def referential(text: TextBuffer, start: int) -> bool:
    """Tell whether the words before ``start`` only refer to what follows: "for X", "适用于X"."""
    lowest = max(int64(0), start - REACH)
    at = start
    while at > lowest and (
        text.facts[at - 1] & BLANK or among(text.points[at - 1], _REFERRING_LINKS)
    ):
        at -= 1
    return _phrase_before(text.points, text.facts, at, lowest, _REFERENTIAL) >= 0


@lean
def names_no_brand(text: TextBuffer) -> bool:
    """Tell whether a brand field is empty or says that the goods bear no brand."""
    if not text.head[TOKENS]:
        return True
    last = text.head[TOKENS] - 1
    start = text.head[SIZE]
    end = int64(text.tokens[last, LETTERS] + text.tokens[last, END] - text.tokens[last, START])
    for row in range(len(_NO_BRAND)):
        if _NO_BRAND[row, 0] == end - start and _same(text.points, start, _NO_BRAND, row):
            return True
    return False
