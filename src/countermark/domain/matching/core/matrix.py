"""Every finding of a batch of lines with its levels: what training and explanations read."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from countermark.domain.matching.core import findings as f
from countermark.domain.matching.core.collect import Known, Room, chapter_of, find
from countermark.domain.matching.core.columns import LineColumns
from countermark.domain.matching.core.jit import compiled
from countermark.domain.matching.core.scorecard import FEATURE_COUNT, level_of, score
from countermark.domain.matching.core.screen import (
    FIELD,
    HIT_COLUMNS,
    LINE,
    MARK,
    RESEMBLANCE,
    SCORE,
    SPAN_END,
    SPAN_START,
    read_facts,
)


class Matrix(NamedTuple):
    """Findings: rows as of hits, without excuses, and the id of the level of each feature."""

    rows: np.ndarray
    levels: np.ndarray


def matrix_of(columns: LineColumns, known: Known, room: Room) -> Matrix:
    """Return every finding of the lines, in order, whatever its score."""
    return Matrix(*_matrix(columns, known, room))


@compiled
def _matrix(columns, known, room):
    rows = np.empty((f.FIRST_ROWS, f.COLUMNS), np.int64)
    out = np.empty((4096, HIT_COLUMNS), np.int64)
    levels = np.empty((4096, FEATURE_COUNT), np.int32)
    count = 0
    for line in range(columns.starts.shape[0]):
        rows, found, declared = find(columns, line, known, room, rows)
        chapter = chapter_of(columns, line, known.chapters)
        out = f.with_room(out, count + found)
        levels = f.with_room(levels, count + found)
        for at in range(found):
            row = rows[at]
            first, last = read_facts(columns, line, known, room, row, declared, chapter)
            out[count, LINE] = line
            out[count, MARK] = row[f.MARK]
            out[count, SCORE] = score(room.facts, known.card)
            out[count, RESEMBLANCE] = row[f.RESEMBLANCE]
            out[count, FIELD] = row[f.FIELD]
            out[count, SPAN_START] = first
            out[count, SPAN_END] = last
            for feature in range(FEATURE_COUNT):
                levels[count, feature] = level_of(room.facts, feature, known.card)
            count += 1
    return out[:count].copy(), levels[:count].copy()
