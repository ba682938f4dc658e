"""Findings: the marks found at the places of one line, and what they do to each other.

A finding is a row of whole numbers; the constants name its columns. The rows of a line stand
together in the order in which they were found: the description first, then the brand field.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from countermark.domain.matching.core.jit import lean
from countermark.domain.matching.core.places import LOOSE
from countermark.domain.matching.core.resemblance import (
    HAN_HOMOPHONE,
    NEAR,
    NEAR_END,
    PHONETIC,
    READING,
    SAME,
    SAME_END,
    TYPO,
)

LINE: Final = 0
FIELD: Final = 1
"""0 the description, 1 the brand field."""
DECLARED: Final = 2
"""What the brand field of the line says: ``EMPTY``, ``NONE`` or ``NAMES``."""
START: Final = 3
END: Final = 4
"""Place in the folded text of the field."""
SPAN_START: Final = 5
SPAN_END: Final = 6
"""Place in the field as written."""
PLACE: Final = 7
"""Where it stands, as ``levels.PLACE`` has it."""
REFERENTIAL: Final = 8
"""Whether the words before only refer to it."""
CAPITALS: Final = 9
"""Whether it stands out in capitals."""
FOREIGN: Final = 10
"""Whether it is written in other than ASCII."""
CASE: Final = 11
"""How it is written, as ``facts.CASES`` has it."""
HASH: Final = 12
"""Hash of its letters."""
LETTERS: Final = 13
WORDS: Final = 14
STRONG: Final = 15
"""Whether it stands where a trader writes a brand."""
COUNTED: Final = 16
"""Whether windows like it are counted in the usage."""
OCCURS: Final = 17
AS_BRAND: Final = 18
"""In how many lines of the stream its letters occur, and in how many as a brand."""
ORDINARY: Final = 19
"""Whether it is made of ordinary English words."""
COST: Final = 20
"""How unlikely its letters are for a name, see ``lettering``."""
SYLLABLES: Final = 21
"""Into how few pinyin syllables it can be cut; 0 where it cannot be."""
SIGNS: Final = 22
"""Digits and signs in it."""
FOLLOWING: Final = 23
"""What follows it, as ``following`` has it."""
SHARE: Final = 24
"""Eighths of the letters of its field."""
MARK: Final = 25
FORM: Final = 26
"""Positions in the index."""
RESEMBLANCE: Final = 27
DETAIL: Final = 28
"""As ``resemblance`` has them."""
STRENGTH: Final = 29
"""How strong the resemblance is: family, then fewer edits, then more letters, in one number."""
EXPLAINED: Final = 30
"""Letters that both have, less the edits."""
RIVALS: Final = 31
"""Findings of other marks in the same words that are as strong."""
OUTDONE: Final = 32
"""Whether another mark is found in the same words more strongly."""
RIVAL_EXPLAINED: Final = 33
"""Most letters that another mark explains in the same words; -1 where there is no other."""
RIVAL_FAMILY: Final = 34
"""Strongest family of another mark in the same words: 3 same, 2 near, 1 reading, 0 none."""
DENSITY: Final = 35
"""Findings in exactly these words."""
FIELDS: Final = 36
"""Number of fields in which the mark is found."""
AFFIX: Final = 37
"""What is glued to the mark: ``NO_AFFIX``, ``LETTERS_GLUED``, ``WORD_GLUED``, ``NUMBER_GLUED``."""
SCORE: Final = 38
"""In units; set last."""
COLUMNS: Final = 39

PLACE_COLUMNS: Final = MARK
"""The columns before are those of a place; findings of several marks there share them."""

NO_AFFIX: Final = 0
LETTERS_GLUED: Final = 1
WORD_GLUED: Final = 2
NUMBER_GLUED: Final = 3

EMPTY: Final = 0
NONE: Final = 1
NAMES: Final = 2
"""What a brand field says: nothing, "no brand", or a name."""

FIRST_ROWS: Final = 4096
"""Room for the findings of some lines to begin with."""
_FEWER = 1 << 30
_LETTERS = 1 << 24


@lean
def family_of(resemblance):
    """Return the family of a resemblance."""
    if resemblance < SAME_END:
        return SAME
    return NEAR if resemblance < NEAR_END else READING


@lean
def strength_of(resemblance, distance, letters):
    """Return how strong a resemblance is: family, then fewer edits, then more letters."""
    rank = np.int64(READING - family_of(resemblance))
    return (rank * _FEWER + (_FEWER - 1 - np.int64(distance))) * _LETTERS + np.int64(letters)


@lean
def overlaps(rows, one, other):
    """Tell whether two findings share words of a field."""
    return (
        rows[one, FIELD] == rows[other, FIELD]
        and rows[one, START] < rows[other, END]
        and rows[other, START] < rows[one, END]
    )


@lean
def sort_by_place(rows, count, order):
    """Write the numbers of the rows to ``order`` by field and start; return the longest place."""
    longest = np.int64(0)
    for at in range(count):
        longest = max(longest, rows[at, END] - rows[at, START])
        to = at
        while to > 0 and _after(rows, order[to - 1], at):
            order[to] = order[to - 1]
            to -= 1
        order[to] = at
    return longest


@lean
def _after(rows, one, other):
    if rows[one, FIELD] != rows[other, FIELD]:
        return rows[one, FIELD] > rows[other, FIELD]
    return rows[one, START] > rows[other, START]


@lean
def first_near(rows, count, order, one, longest):
    """Return the place in ``order`` from which findings may overlap one."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        other = order[middle]
        before = rows[other, FIELD] < rows[one, FIELD] or (
            rows[other, FIELD] == rows[one, FIELD]
            and rows[other, START] + longest <= rows[one, START]
        )
        if before:
            low = middle + 1
        else:
            high = middle
    return low


@lean
def past(rows, one, other):
    """Tell whether a row that comes later by place can no longer overlap one."""
    return rows[other, FIELD] != rows[one, FIELD] or rows[other, START] >= rows[one, END]


@lean
def strongest(rows, count, order):
    """Drop findings whose words are a stronger resemblance to the same mark; return how many stay.

    Args:
        rows: The findings of a line; what stays moves up in order.
        count: How many there are.
        order: Room for as many numbers.
    """
    longest = sort_by_place(rows, count, order)
    for one in range(count):
        rows[one, SCORE] = 0
        at = first_near(rows, count, order, one, longest)
        while at < count and not past(rows, one, order[at]):
            other = order[at]
            if rows[other, MARK] == rows[one, MARK] and rows[other, STRENGTH] > rows[one, STRENGTH]:
                if overlaps(rows, one, other):
                    rows[one, SCORE] = -1
                    break
            at += 1
    kept = 0
    for one in range(count):
        if rows[one, SCORE] == 0:
            for column in range(COLUMNS):
                rows[kept, column] = rows[one, column]
            kept += 1
    return kept


@lean
def compare(rows, count, order, fields):
    """Set on each finding how other marks do in the same words, and where else its mark stands.

    Args:
        rows: The findings of a line that stayed.
        count: How many there are.
        order: Room for as many numbers.
        fields: A zero for every mark; zero again afterwards.
    """
    for one in range(count):
        fields[rows[one, MARK]] |= 1 << rows[one, FIELD]
    longest = sort_by_place(rows, count, order)
    for one in range(count):
        rows[one, FIELDS] = 2 if fields[rows[one, MARK]] == 3 else 1
        rows[one, RIVALS] = 0
        rows[one, OUTDONE] = 0
        rows[one, RIVAL_EXPLAINED] = -1
        rows[one, RIVAL_FAMILY] = 0
        rows[one, DENSITY] = 1
        at = first_near(rows, count, order, one, longest)
        while at < count and not past(rows, one, order[at]):
            _compete(rows, one, order[at])
            at += 1
    for one in range(count):
        fields[rows[one, MARK]] = 0


@lean
def _compete(rows, one, other):
    if rows[one, MARK] == rows[other, MARK] or not overlaps(rows, one, other):
        return
    if rows[other, STRENGTH] > rows[one, STRENGTH]:
        rows[one, OUTDONE] = 1
    elif rows[other, STRENGTH] == rows[one, STRENGTH]:
        rows[one, RIVALS] += 1
    rows[one, RIVAL_EXPLAINED] = max(rows[one, RIVAL_EXPLAINED], rows[other, EXPLAINED])
    family = 3 - family_of(rows[other, RESEMBLANCE])
    rows[one, RIVAL_FAMILY] = max(rows[one, RIVAL_FAMILY], family)
    if rows[one, START] == rows[other, START] and rows[one, END] == rows[other, END]:
        rows[one, DENSITY] += 1


@lean
def explained(resemblance, distance, window, letters):
    """Return how many letters a window and a form have in common, less the edits."""
    edited = resemblance == TYPO or resemblance == PHONETIC or resemblance >= HAN_HOMOPHONE
    return min(window, letters) - (distance if edited else 0)


@lean
def own_use(rows, count, key):
    """Return whether a line itself was counted with a key, and whether as a brand there."""
    present, strong = np.int64(0), np.int64(0)
    for at in range(count):
        if rows[at, HASH] == key and rows[at, COUNTED]:
            present = 1
            strong |= rows[at, STRONG]
    return present, strong


@lean
def longest_name(rows, count):
    """Return the letters of the longest mark that is literally there and does not stand loose."""
    letters = np.int64(0)
    for at in range(count):
        if rows[at, RESEMBLANCE] < SAME_END and rows[at, PLACE] != LOOSE:
            letters = max(letters, rows[at, EXPLAINED])
    return letters


@lean
def end_of_line(rows, count, first):
    """Return where the findings of the line end that begin with the ``first``."""
    end = first + 1
    while end < count and rows[end, LINE] == rows[first, LINE]:
        end += 1
    return end


@lean
def settle(rows, count, order, fields):
    """Keep the strongest findings of a line and compare them; return how many stay."""
    if count > 1:
        count = strongest(rows, count, order)
    compare(rows, count, order, fields)
    return count
