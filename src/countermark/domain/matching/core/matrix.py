"""Every finding of some lines with its facts: what training and explanations read."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from countermark.domain.matching.core import findings as f
from countermark.domain.matching.core.facts import FACT_COUNT
from countermark.domain.matching.core.jit import lean
from countermark.domain.matching.core.screen import HIT_COLUMNS, read_facts, report
from countermark.domain.matching.core.trees import score


class Matrix(NamedTuple):
    """Room for findings: rows as of hits, without excuses, and the facts of each."""

    rows: np.ndarray
    facts: np.ndarray


def room_for_findings(count: int) -> Matrix:
    """Return room for so many findings."""
    return Matrix(np.zeros((count, HIT_COLUMNS), np.int64), np.zeros((count, FACT_COUNT), np.uint8))


@lean
def write_facts(columns, rows, count, holdings, bench, matrix):
    """Write every finding that stays, whatever its score, with its facts; return how many.

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
        read_facts(columns, own, found, holdings, bench.facts)
        for at in range(found):
            own[at, f.SCORE] = score(bench.facts[at], holdings.trees, bench.left)
            report(own[at], 0, matrix.rows[written])
            for fact in range(FACT_COUNT):
                matrix.facts[written, fact] = bench.facts[at, fact]
            written += 1
        first = end
    return written
