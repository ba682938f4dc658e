"""Findings: the marks found at the places of one line, and what they do to each other.

A finding is a row of whole numbers; the constants name its columns. All rows of a line stand in
the order in which they were found: the description first, then the brand field.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from countermark.domain.matching.core.jit import compiled
from countermark.domain.matching.core.resemblance import (
    NEAR,
    NEAR_END,
    READING,
    SAME,
    SAME_END,
)

MARK: Final = 0
FORM: Final = 1
RESEMBLANCE: Final = 2
DETAIL: Final = 3
FIELD: Final = 4
"""0 the description, 1 the brand field."""
START: Final = 5
END: Final = 6
"""Place in the folded text of the field."""
KEY: Final = 7
KEY_END: Final = 8
"""Place of the window's letters in the field's points."""
PIECES: Final = 9
PIECES_END: Final = 10
"""Place of the window's pieces among those of the field."""
HASH: Final = 11
"""Hash of the window's letters."""
STRENGTH: Final = 12
"""How strong the resemblance is: family, then fewer edits, then more letters, in one number."""
RIVALS: Final = 13
"""Findings of other marks in the same words that are as strong."""
OUTDONE: Final = 14
"""Whether another mark is found in the same words more strongly."""
FIELDS: Final = 15
"""Number of fields in which the mark is found."""
REFERENTIAL: Final = 16
"""Whether the words before only refer to the mark; set with the score."""
SCORE: Final = 17
"""In units; set last."""
COLUMNS: Final = 18

FIRST_ROWS: Final = 256
_FEWER = 1 << 30
_LETTERS = 1 << 24

@compiled
def family_of(resemblance):
    """Return the family of a resemblance."""
    if resemblance < SAME_END:
        return SAME
    return NEAR if resemblance < NEAR_END else READING


@compiled
def strength_of(resemblance, distance, letters):
    """Return how strong a resemblance is: family, then fewer edits, then more letters."""
    rank = np.int64(READING - family_of(resemblance))
    return (rank * _FEWER + (_FEWER - 1 - np.int64(distance))) * _LETTERS + np.int64(letters)


@compiled
def with_room(rows, needed):
    """Return rows in which there is room for ``needed``, the old ones first."""
    if needed <= rows.shape[0]:
        return rows
    wider = np.empty((2 * needed, rows.shape[1]), rows.dtype)
    wider[: rows.shape[0]] = rows
    return wider


@compiled
def overlaps(rows, one, other):
    """Tell whether two findings share words of a field."""
    return (
        rows[one, FIELD] == rows[other, FIELD]
        and rows[one, START] < rows[other, END]
        and rows[other, START] < rows[one, END]
    )


@compiled
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


@compiled
def _after(rows, one, other):
    if rows[one, FIELD] != rows[other, FIELD]:
        return rows[one, FIELD] > rows[other, FIELD]
    return rows[one, START] > rows[other, START]


@compiled
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


@compiled
def past(rows, one, other):
    """Tell whether a row that comes later by place can no longer overlap one."""
    return rows[other, FIELD] != rows[one, FIELD] or rows[other, START] >= rows[one, END]


@compiled
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
            if kept < one:
                rows[kept] = rows[one]
            kept += 1
    return kept


@compiled
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
        at = first_near(rows, count, order, one, longest)
        while at < count and not past(rows, one, order[at]):
            _compete(rows, one, order[at])
            at += 1
    for one in range(count):
        fields[rows[one, MARK]] = 0


@compiled
def _compete(rows, one, other):
    if rows[one, MARK] == rows[other, MARK] or not overlaps(rows, one, other):
        return
    if rows[other, STRENGTH] > rows[one, STRENGTH]:
        rows[one, OUTDONE] = 1
    elif rows[other, STRENGTH] == rows[one, STRENGTH]:
        rows[one, RIVALS] += 1
