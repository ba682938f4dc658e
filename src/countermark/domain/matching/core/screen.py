"""The hits of a batch of lines: score every finding, keep the best of each mark, excuse."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from countermark.domain.matching.core import findings as f
from countermark.domain.matching.core.collect import chapter_of, find
from countermark.domain.matching.core.columns import BRAND, CONSIGNEE, CONSIGNOR, DESCRIPTION
from countermark.domain.matching.core.facts import REFERENCE, fill_facts
from countermark.domain.matching.core.jit import compiled
from countermark.domain.matching.core.parties import is_authorised, party_key
from countermark.domain.matching.core.scorecard import (
    FEATURE_COUNT,
    contributions,
    score,
)

LINE: Final = 0
MARK: Final = 1
SCORE: Final = 2
RESEMBLANCE: Final = 3
FIELD: Final = 4
SPAN_START: Final = 5
SPAN_END: Final = 6
EXCUSE: Final = 7
HIT_COLUMNS: Final = 8

EXCUSES: Final = (None, "authorised", "referential")
AUTHORISED: Final = 1
REFERENTIAL: Final = 2


class Hits(NamedTuple):
    """Room for hits: a row of ``HIT_COLUMNS`` and one of contributions for each.

    ``parts`` holds what the start and each feature contributed, in units.
    """

    rows: np.ndarray
    parts: np.ndarray


def room_for_hits(count: int) -> Hits:
    """Return room for so many hits."""
    return Hits(
        np.zeros((count, HIT_COLUMNS), np.int64), np.zeros((count, FEATURE_COUNT + 1), np.int64)
    )


@compiled
def screen_lines(columns, first, known, room, least, hits):
    """Screen lines from ``first`` on until all are done or the hits are full.

    Args:
        columns: Lines of a batch.
        first: Number of the line to begin with.
        known: What is known besides.
        room: Memory to work in; ``kept`` has one place more than hits are wanted for a line.
        least: Lowest score, in units, that is reported.
        hits: Room for the hits.

    Returns:
        The number of the line to go on with, and the number of hits.
    """
    top = room.kept.size - 1
    rows = np.empty((f.FIRST_ROWS, f.COLUMNS), np.int64)
    count = 0
    for line in range(first, columns.starts.shape[0]):
        if count + top > hits.rows.shape[0]:
            return line, count
        rows, found, declared = find(columns, line, known, room, rows)
        if found:
            chapter = chapter_of(columns, line, known.chapters)
            kept = best_of(columns, line, known, room, rows, found, declared, chapter)
            excuse(columns, line, known, room, rows, kept)
            for at in range(kept):
                row = rows[room.kept[at]]
                if row[f.SCORE] >= least:
                    hits.rows[count, EXCUSE] = room.excuses[at]
                    report(columns, line, known, room, row, declared, chapter, hits, count)
                    count += 1
    return columns.starts.shape[0], count


@compiled
def text_at(room, field):
    """Return the field a finding is in."""
    return room.brand if field == BRAND else room.description


@compiled
def read_facts(columns, line, known, room, row, declared, chapter):
    """Fill the room's facts with those of a finding; return its span in the original field."""
    field = row[f.FIELD]
    base = columns.starts[line, field]
    text = text_at(room, field)
    return fill_facts(
        row, text, (columns.points, base), declared, chapter, known, room.facts
    )


@compiled
def best_of(columns, line, known, room, rows, count, declared, chapter):
    """Score the findings of a line and keep the best of each mark, best first; return how many."""
    for at in range(count):
        row = rows[at]
        read_facts(columns, line, known, room, row, declared, chapter)
        row[f.REFERENTIAL] = room.facts[REFERENCE]
        row[f.SCORE] = score(room.facts, known.card)
        best = room.best[row[f.MARK]] - 1
        if best < 0 or _better(row, rows[best]):
            room.best[row[f.MARK]] = at + 1
    kept = 0
    for at in range(count):
        best = room.best[rows[at, f.MARK]] - 1
        if best >= 0:
            room.best[rows[at, f.MARK]] = 0
            kept = _insert(room.kept, kept, best, rows, known.marks)
    return kept


@compiled
def _better(row, other):
    if row[f.SCORE] != other[f.SCORE]:
        return row[f.SCORE] > other[f.SCORE]
    return row[f.STRENGTH] > other[f.STRENGTH]


@compiled
def _insert(kept, count, new, rows, marks):
    """Put a finding in its place among the best, which are at most one fewer than ``kept``."""
    at = count
    while at > 0 and _precedes(rows[new], rows[kept[at - 1]], marks):
        kept[at] = kept[at - 1]
        at -= 1
    kept[at] = new
    return min(count + 1, kept.size - 1)


@compiled
def _precedes(row, other, marks):
    """Tell whether a finding comes first: the better score, else the lower right id."""
    if row[f.SCORE] != other[f.SCORE]:
        return row[f.SCORE] > other[f.SCORE]
    one, end = marks.id_starts[row[f.MARK]], marks.id_starts[row[f.MARK] + 1]
    two, last = marks.id_starts[other[f.MARK]], marks.id_starts[other[f.MARK] + 1]
    while one < end and two < last and marks.ids[one] == marks.ids[two]:
        one += 1
        two += 1
    if one == end or two == last:
        return two < last
    return marks.ids[one] < marks.ids[two]


@compiled
def excuse(columns, line, known, room, rows, kept):
    """Write why no alert is due for each of the best findings.

    A name is explained once: where words are an excused mention of one mark, their weaker
    resemblances to other marks are excused with it.
    """
    for at in range(kept):
        room.excuses[at] = 0
    for field in (CONSIGNOR, CONSIGNEE):
        start, end = columns.starts[line, field], columns.ends[line, field]
        size = party_key(columns.points, start, end, known.chars, room.folded, room.parties)
        for at in range(kept):
            mark = rows[room.kept[at], f.MARK]
            if is_authorised(room.parties, size, known.marks, mark):
                room.excuses[at] = AUTHORISED
    for at in range(kept):
        row = rows[room.kept[at]]
        if room.excuses[at] == 0 and row[f.FIELD] == DESCRIPTION and row[f.REFERENTIAL]:
            room.excuses[at] = REFERENTIAL
    for at in range(kept):
        if room.excuses[at] == 0:
            room.excuses[at] = -_excuse_of_better(room, rows, kept, room.kept[at])
    for at in range(kept):
        room.excuses[at] = abs(room.excuses[at])


@compiled
def _excuse_of_better(room, rows, kept, one):
    """Return the own excuse of the first better finding in the same words that has one."""
    for at in range(kept):
        better = room.kept[at]
        if (
            room.excuses[at] > 0
            and f.overlaps(rows, better, one)
            and rows[better, f.STRENGTH] > rows[one, f.STRENGTH]
        ):
            return room.excuses[at]
    return 0


@compiled
def report(columns, line, known, room, row, declared, chapter, hits, count):
    """Write a hit and its contributions."""
    first, last = read_facts(columns, line, known, room, row, declared, chapter)
    hit = hits.rows[count]
    hit[LINE] = line
    hit[MARK] = row[f.MARK]
    hit[SCORE] = row[f.SCORE]
    hit[RESEMBLANCE] = row[f.RESEMBLANCE]
    hit[FIELD] = row[f.FIELD]
    hit[SPAN_START] = first
    hit[SPAN_END] = last
    contributions(room.facts, known.card, hits.parts[count])
