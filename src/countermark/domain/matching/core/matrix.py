"""Every finding of some lines with its levels: what training and explanations read."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from countermark.domain.matching.core import findings as f
from countermark.domain.matching.core.facts import chapter_of
from countermark.domain.matching.core.jit import lean
from countermark.domain.matching.core.scorecard import FEATURE_COUNT, level_of, score
from countermark.domain.matching.core.screen import HIT_COLUMNS, read_facts, report


class Matrix(NamedTuple):
    """Room for findings: rows as of hits, without excuses, and the id of every feature's level."""

    rows: np.ndarray
    levels: np.ndarray


def room_for_findings(count: int) -> Matrix:
    """Return room for so many findings."""
    return Matrix(
        np.zeros((count, HIT_COLUMNS), np.int64), np.zeros((count, FEATURE_COUNT), np.int32)
    )


@lean
def write_levels(columns, rows, count, holdings, bench, matrix):
    """Write every finding that stays, whatever its score, with its levels; return how many.

    Args:
        columns: Lines of a batch.
        rows: Findings, line by line; their order changes.
        count: How many there are.
        holdings: What they are judged by.
        bench: Memory to work in.
        matrix: Room for as many as there are findings.
    """
    written = np.int64(0)
    first = np.int64(0)
    while first < count:
        end = f.end_of_line(rows, count, first)
        own = rows[first:end]
        found = f.settle(own, end - first, bench.order, bench.fields)
        chapter = chapter_of(columns, rows[first, f.LINE], holdings.chapters)
        for at in range(found):
            read_facts(own[at], holdings, chapter, bench.facts)
            own[at, f.SCORE] = score(bench.facts, holdings.card)
            report(own[at], 0, matrix.rows[written])
            for feature in range(FEATURE_COUNT):
                level = level_of(bench.facts, feature, holdings.card)
                matrix.levels[written, feature] = level
            written += 1
        first = end
    return written
