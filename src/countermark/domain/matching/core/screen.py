"""From findings to hits: score each, keep the best of every mark, excuse what is explained."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from countermark.domain.matching.core import findings as f
from countermark.domain.matching.core.chars import CharTables
from countermark.domain.matching.core.columns import CONSIGNEE, CONSIGNOR, DESCRIPTION
from countermark.domain.matching.core.counting import own_key
from countermark.domain.matching.core.facts import (
    chapter_of,
    fill_facts,
    fill_letters,
    fill_usage,
)
from countermark.domain.matching.core.index import Forms
from countermark.domain.matching.core.jit import lean
from countermark.domain.matching.core.marks import MarkFacts
from countermark.domain.matching.core.parties import is_authorised, party_key
from countermark.domain.matching.core.trees import FEATURE_COUNT, Trees, contributions, score
from countermark.domain.matching.core.usage import Usage, occurs
from countermark.domain.matching.core.words import WordTable

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


class Holdings(NamedTuple):
    """What findings are judged by.

    Attributes:
        costs: How unlikely letters are for a name, see ``lettering``.
        chapters: Nice classes usual for the goods of each HS chapter, as bits.
    """

    forms: Forms
    marks: MarkFacts
    chars: CharTables
    words: WordTable
    usage: Usage
    costs: np.ndarray
    trees: Trees
    chapters: np.ndarray


class Bench(NamedTuple):
    """Memory to judge in.

    Attributes:
        order: For the numbers of the findings of a line.
        fields, best: A zero for every mark.
        kept: For the best findings of a line, and one more.
        excuses: Likewise.
        facts: For the facts of the findings of a line.
        left: For a number for each tree of the model.
        folded, party: For the name of a party, and its key.
    """

    order: np.ndarray
    fields: np.ndarray
    best: np.ndarray
    kept: np.ndarray
    excuses: np.ndarray
    facts: np.ndarray
    left: np.ndarray
    folded: np.ndarray
    party: np.ndarray


@lean
def judge_lines(columns, rows, count, holdings, bench, least, hits):
    """Choose hits from the findings of some lines.

    Args:
        columns: Lines of a batch.
        rows: Findings, line by line; their order changes.
        count: How many there are.
        holdings: What they are judged by.
        bench: Memory to work in; ``kept`` has one place more than hits are wanted for a line.
        least: Lowest score, in units, that is reported.
        hits: Room for as many hits as there are findings.

    Returns:
        The number of hits.
    """
    marks, trees = holdings.marks, holdings.trees
    written = np.int64(0)
    first = np.int64(0)
    while first < count:
        end = f.end_of_line(rows, count, first)
        own = rows[first:end]
        found = f.settle(own, end - first, bench.order, bench.fields)
        read_facts(columns, own, found, holdings, bench.facts)
        for at in range(found):
            own[at, f.SCORE] = score(bench.facts[at], trees, bench.left)
        kept = best_of(own, found, bench.best, bench.kept, marks)
        if kept and own[bench.kept[0], f.SCORE] >= least:
            excuse(columns, own, kept, holdings.chars, marks, bench)
        for at in range(kept):
            row = own[bench.kept[at]]
            if row[f.SCORE] >= least:
                report(row, bench.excuses[at], hits.rows[written])
                contributions(bench.facts[bench.kept[at]], trees, hits.parts[written])
                written += 1
        first = end
    return written


@lean
def read_facts(columns, own, found, holdings, facts):
    """Write every fact of the findings of a line, a row for each, to ``facts``."""
    forms, marks = holdings.forms, holdings.marks
    line = own[0, f.LINE]
    chapter = chapter_of(columns, line, holdings.chapters)
    name = f.longest_name(own, found)
    counted = occurs(own_key(columns, line), holdings.usage) > 0
    for at in range(found):
        row, out = own[at], facts[at]
        fill_facts(row, name, forms, marks.goods, marks.plain, chapter, out)
        key = forms.hash[row[f.FORM]]
        fill_usage(row, own, found, counted, key, holdings.usage, out)
        fill_letters(row, forms, holdings.chars, holdings.words, holdings.costs, out)


@lean
def best_of(rows, count, best, kept, marks):
    """Put the best finding of each mark into ``kept``, best first; return how many."""
    for at in range(count):
        row = rows[at]
        other = best[row[f.MARK]] - 1
        if other < 0 or _better(row, rows[other]):
            best[row[f.MARK]] = at + 1
    size = np.int64(0)
    for at in range(count):
        mark = rows[at, f.MARK]
        if best[mark]:
            size = _insert(kept, size, best[mark] - 1, rows, marks)
            best[mark] = 0
    return size


@lean
def _better(row, other):
    if row[f.SCORE] != other[f.SCORE]:
        return row[f.SCORE] > other[f.SCORE]
    return row[f.STRENGTH] > other[f.STRENGTH]


@lean
def _insert(kept, count, new, rows, marks):
    """Put a finding in its place among the best, which are at most one fewer than ``kept``."""
    at = count
    while at > 0 and _precedes(rows[new], rows[kept[at - 1]], marks):
        kept[at] = kept[at - 1]
        at -= 1
    kept[at] = new
    return min(count + 1, kept.size - 1)


@lean
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


@lean
def excuse(columns, rows, kept, chars, marks, bench):
    """Write why no alert is due for each of the best findings.

    A name is explained once: where words are an excused mention of one mark, their weaker
    resemblances to other marks are excused with it.
    """
    excuses = bench.excuses
    for at in range(kept):
        row = rows[bench.kept[at]]
        referential = row[f.FIELD] == DESCRIPTION and row[f.REFERENTIAL]
        excuses[at] = REFERENTIAL if referential else 0
    for field in (CONSIGNOR, CONSIGNEE):
        line = rows[0, f.LINE]
        start, end = columns.starts[line, field], columns.ends[line, field]
        size = party_key(columns.points, start, end, chars, bench.folded, bench.party)
        for at in range(kept):
            if is_authorised(bench.party, size, marks, rows[bench.kept[at], f.MARK]):
                excuses[at] = AUTHORISED
    for at in range(kept):
        if excuses[at] == 0:
            excuses[at] = -_excuse_of_better(rows, bench.kept, kept, excuses, bench.kept[at])
    for at in range(kept):
        excuses[at] = abs(excuses[at])


@lean
def _excuse_of_better(rows, kept, count, excuses, one):
    """Return the own excuse of the first better finding in the same words that has one."""
    for at in range(count):
        better = kept[at]
        stronger = rows[better, f.STRENGTH] > rows[one, f.STRENGTH]
        if excuses[at] > 0 and stronger and f.overlaps(rows, better, one):
            return excuses[at]
    return np.int64(0)


@lean
def report(row, reason, hit):
    """Write a finding as a hit."""
    hit[LINE] = row[f.LINE]
    hit[MARK] = row[f.MARK]
    hit[SCORE] = row[f.SCORE]
    hit[RESEMBLANCE] = row[f.RESEMBLANCE]
    hit[FIELD] = row[f.FIELD]
    hit[SPAN_START] = row[f.SPAN_START]
    hit[SPAN_END] = row[f.SPAN_END]
    hit[EXCUSE] = reason
