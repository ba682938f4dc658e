"""From one line to its findings: fold, cut into windows, look up, keep the strongest."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from countermark.domain.matching.core import findings as f
from countermark.domain.matching.core.chars import BLANK, CharTables, facts_of
from countermark.domain.matching.core.columns import BRAND, DESCRIPTION, HS_CODE, LineColumns
from countermark.domain.matching.core.facts import EMPTY, NAMES, NONE
from countermark.domain.matching.core.jit import compiled
from countermark.domain.matching.core.index import IndexArrays
from countermark.domain.matching.core.marks import MarkFacts
from countermark.domain.matching.core.memo import Memo
from countermark.domain.matching.core.places import names_no_brand
from countermark.domain.matching.core.scorecard import Scorecard
from countermark.domain.matching.core.search import Work, search
from countermark.domain.matching.core.text import TextBuffer, read_text
from countermark.domain.matching.core.usage import Usage, mark_exact_only
from countermark.domain.matching.core.windows import Needs, find_windows, more, restart
from countermark.domain.matching.core.words import WordTable

CHAPTERS: Final = 100
"""Two digits of an HS code."""

_START, _END, _KEY, _KEY_END, _PIECES, _PIECES_END, _HAN, _STRONG = range(8)


class Known(NamedTuple):
    """What is known besides the lines; nothing in it changes while lines are screened.

    Attributes:
        chapters: Nice classes usual for the goods of each HS chapter, as bits.
        active: For each mark, whether it is looked for.
    """

    chars: CharTables
    words: WordTable
    usage: Usage
    card: Scorecard
    index: IndexArrays
    needs: Needs
    marks: MarkFacts
    chapters: np.ndarray
    active: np.ndarray


class Room(NamedTuple):
    """Memory that a batch works in; what it holds between lines never changes a result.

    Attributes:
        fields, best: A zero for every mark.
        folded, parties: For the names of two parties.
        kept: For the best findings of a line, and one more.
        excuses: Likewise.
        facts: For the facts of one finding.
    """

    description: TextBuffer
    brand: TextBuffer
    memo: Memo
    work: Work
    fields: np.ndarray
    best: np.ndarray
    folded: np.ndarray
    parties: np.ndarray
    kept: np.ndarray
    excuses: np.ndarray
    facts: np.ndarray


@compiled
def find(columns, line, known, room, rows):
    """Return the findings of a line, how many they are, and what its brand field says.

    Args:
        columns: Lines of a batch.
        line: Number of the line.
        known: What is known besides.
        room: Memory to work in.
        rows: Room for findings; a wider one is returned where it is too small.
    """
    declared = read_brand(columns, line, known.chars, room.brand)
    start, end = columns.starts[line, DESCRIPTION], columns.ends[line, DESCRIPTION]
    read_text(columns.points, start, end, False, known.chars, room.description)
    rows, count = collect(room.description, DESCRIPTION, known, room, rows, 0)
    if declared == NAMES:
        rows, count = collect(room.brand, BRAND, known, room, rows, count)
    if count > 1:
        order = np.empty(count, np.int64)
        count = f.strongest(rows, count, order)
        f.compare(rows, count, order, room.fields)
    elif count == 1:
        rows[0, f.RIVALS] = 0
        rows[0, f.OUTDONE] = 0
        rows[0, f.FIELDS] = 1
    return rows, count, declared


@compiled
def read_brand(columns, line, chars, text):
    """Read the brand field and return whether it is empty, names no brand, or names one."""
    start, end = columns.starts[line, BRAND], columns.ends[line, BRAND]
    at = start
    while at < end and facts_of(columns.points[at], chars) & BLANK:
        at += 1
    if at == end:
        return EMPTY
    read_text(columns.points, start, end, True, chars, text)
    return NONE if names_no_brand(text) else NAMES


@compiled
def collect(text, field, known, room, rows, count):
    """Add the marks found in a field that has been read; return the rows and their number."""
    restart(text)
    while True:
        windows = find_windows(text, known.needs)
        if windows == 0:
            return rows, count
        mark_exact_only(text, windows, known.chars, known.usage)
        for window in range(windows):
            matches = look_up(text, window, known, room)
            if matches:
                rows = f.with_room(rows, count + matches)
                count = add(text, window, matches, field, known, room, rows, count)
        if not more(text):
            return rows, count


@compiled
def look_up(text, window, known, room):
    """Ask the index for one window; the matches are in the room's work."""
    row = text.rows[window]
    return search(
        known.index,
        known.chars,
        room.memo,
        room.work,
        text.points,
        row[_KEY],
        row[_KEY_END],
        text.pieces,
        row[_PIECES],
        row[_PIECES_END],
        row[_HAN] != 0,
        row[_STRONG] != 0,
        text.exact_only[window] != 0,
    )


@compiled
def add(text, window, matches, field, known, room, rows, count):
    """Add a finding for each match whose mark is looked for; return the number of findings."""
    forms = known.index.forms
    place = text.rows[window]
    for match in range(matches):
        found = room.work.out[match]
        form = found[0]
        mark = forms.mark[form]
        if not known.active[mark]:
            continue
        row = rows[count]
        row[f.MARK] = mark
        row[f.FORM] = form
        row[f.RESEMBLANCE] = found[1]
        row[f.DETAIL] = found[3]
        row[f.FIELD] = field
        row[f.START] = place[_START]
        row[f.END] = place[_END]
        row[f.KEY] = place[_KEY]
        row[f.KEY_END] = place[_KEY_END]
        row[f.PIECES] = place[_PIECES]
        row[f.PIECES_END] = place[_PIECES_END]
        row[f.HASH] = np.int64(text.hashes[window])
        letters = forms.starts[form + 1] - forms.starts[form]
        row[f.STRENGTH] = f.strength_of(found[1], found[2], letters)
        count += 1
    return count


@compiled
def chapter_of(columns, line, chapters):
    """Return the Nice classes usual for the goods of a line's HS code, as bits."""
    number, digits = 0, 0
    for at in range(columns.starts[line, HS_CODE], columns.ends[line, HS_CODE]):
        point = columns.points[at]
        if 48 <= point <= 57:
            number = 10 * number + np.int64(point) - 48
            digits += 1
            if digits == 2:
                return chapters[number]
    return np.uint64(0)
