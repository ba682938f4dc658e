"""From lines to findings: fold, cut into windows, look up, and note all that the text tells."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from countermark.domain.matching.core import buffers as b
from countermark.domain.matching.core import findings as f
from countermark.domain.matching.core.buffers import Needs, TextBuffer
from countermark.domain.matching.core.chars import (
    BLANK,
    LONGEST_FOLD,
    SEVERAL,
    CharTables,
    cell_of,
    facts_of,
)
from countermark.domain.matching.core.columns import BRAND, DESCRIPTION
from countermark.domain.matching.core.counting import is_counted
from countermark.domain.matching.core.following import following, letters_of
from countermark.domain.matching.core.jit import lean
from countermark.domain.matching.core.lettering import (
    Lettering,
    case_of,
    cost_of,
    signs_in,
    syllables_of,
)
from countermark.domain.matching.core.memo import Memo
from countermark.domain.matching.core.places import names_no_brand, place, referential
from countermark.domain.matching.core.resemblance import AFFIXED, AFTER_DETAIL, MOST_GLUED
from countermark.domain.matching.core.search import Work, search
from countermark.domain.matching.core.text import in_capitals, original_span, read_text
from countermark.domain.matching.core.usage import Usage, as_brand, mark_exact_only, occurs
from countermark.domain.matching.core.windows import find_windows, more
from countermark.domain.matching.core.words import (
    WordTable,
    is_number,
    is_ordinary,
    ordinary_words,
)


class Lore(NamedTuple):
    """What is known of characters and words."""

    chars: CharTables
    words: WordTable
    usage: Usage
    lettering: Lettering


class Wanted(NamedTuple):
    """What is looked for.

    Attributes:
        active: For each mark, whether it is looked for.
        needs: Windows that these marks need.
    """

    active: np.ndarray
    needs: Needs


class Desk(NamedTuple):
    """Memory to search in; what it holds between lines never changes a result.

    Attributes:
        place: For the columns of one place.
        least: For the syllables of the beginnings of a word.
        rows: For findings.
    """

    description: TextBuffer
    brand: TextBuffer
    memo: Memo
    work: Work
    place: np.ndarray
    least: np.ndarray
    rows: np.ndarray


@lean
def find_lines(columns, first, lore, index, wanted, desk):
    """Write the findings of lines from ``first`` on, until all are done or there is no room.

    Args:
        columns: Lines of a batch.
        first: Number of the line to begin with.
        lore: What is known of characters and words.
        index: The register.
        wanted: What is looked for.
        desk: Memory to work in; ``rows`` takes the findings.

    Returns:
        The number of the line to go on with, and the number of findings.
    """
    chars, brand, description, at = lore.chars, desk.brand, desk.description, desk.place
    total = np.int64(0)
    for line in range(first, columns.starts.shape[0]):
        at[f.LINE] = line
        at[f.DECLARED] = read_brand(columns, line, chars, brand)
        start, end = columns.starts[line, DESCRIPTION], columns.ends[line, DESCRIPTION]
        read_text(columns.points, start, end, False, chars, description)
        at[f.FIELD] = DESCRIPTION
        count = find(description, columns.points, start, lore, index, wanted, desk, total)
        if at[f.DECLARED] == f.NAMES and count >= 0:
            start = columns.starts[line, BRAND]
            at[f.FIELD] = BRAND
            count = find(brand, columns.points, start, lore, index, wanted, desk, count)
        if count < 0:
            return line, total
        total = count
    return columns.starts.shape[0], total


@lean
def read_brand(columns, line, chars, text):
    """Read the brand field and return whether it is empty, names no brand, or names one."""
    start, end = columns.starts[line, BRAND], columns.ends[line, BRAND]
    at = start
    while at < end and facts_of(columns.points[at], chars) & BLANK:
        at += 1
    if at == end:
        return f.EMPTY
    read_text(columns.points, start, end, True, chars, text)
    return f.NONE if names_no_brand(text) else f.NAMES


@lean
def find(text, points, start, lore, index, wanted, desk, count):
    """Add the findings of a field that has been read to the ``count`` that are there.

    Returns:
        How many there are, or -1 where there is no room for them.
    """
    work, rows = desk.work, desk.rows
    while more(text):
        windows = find_windows(text, wanted.needs)
        mark_exact_only(text, windows, lore.usage)
        for window in range(windows):
            row = text.rows[window]
            matches = search(
                index,
                lore.chars,
                desk.memo,
                work,
                text.points,
                row[b.KEY],
                row[b.KEY_END],
                text.pieces,
                row[b.SIZES],
                row[b.SIZES_END],
                row[b.HAN_WINDOW] != 0,
                row[b.STRONG] != 0,
                text.exact_only[window] != 0,
            )
            if matches:
                if count + matches > rows.shape[0]:
                    return np.int64(-1)
                describe(text, window, points, start, lore, desk.least, desk.place)
                forms = index.forms
                before = count
                count = add(
                    work.out,
                    matches,
                    forms.mark,
                    forms.starts,
                    wanted.active,
                    desk.place,
                    rows,
                    count,
                )
                note_affixes(text.points, row, lore, rows[before:count])
    return count


@lean
def describe(text, window, points, base, lore, least, at):
    """Note what the text tells of a place, whatever mark is found there."""
    row, key = text.rows[window], text.hashes[window]
    start, end = np.int64(row[b.WINDOW_START]), np.int64(row[b.WINDOW_END])
    first, last = original_span(text, start, end)
    at[f.START] = start
    at[f.END] = end
    at[f.SPAN_START] = first
    at[f.SPAN_END] = last
    at[f.PLACE] = place(text, start, end)
    at[f.REFERENTIAL] = referential(text, start)
    at[f.CAPITALS] = in_capitals(points, base, (first, last), text, lore.chars)
    at[f.FOREIGN] = is_foreign(points, base + first, base + last)
    at[f.HASH] = np.int64(key)
    at[f.LETTERS] = row[b.KEY_END] - row[b.KEY]
    at[f.WORDS] = row[b.SIZES_END] - row[b.SIZES]
    at[f.STRONG] = row[b.STRONG]
    at[f.COUNTED] = is_counted(row)
    at[f.OCCURS] = occurs(key, lore.usage)
    at[f.AS_BRAND] = as_brand(key, lore.usage)
    at[f.CASE] = case_of(points, base + first, base + last, at[f.WORDS], lore.chars)
    at[f.FOLLOWING] = following(text, end)
    at[f.SHARE] = 8 * at[f.LETTERS] // letters_of(text)
    spell(text.points, row, text.pieces, lore, least, at)


@lean
def spell(points, row, pieces, lore, least, at):
    """Note what the letters of a window tell: whether they are words, a name, or pinyin."""
    lo, hi = np.int64(row[b.KEY]), np.int64(row[b.KEY_END])
    first, last = row[b.SIZES], row[b.SIZES_END]
    at[f.ORDINARY] = ordinary_words(points, lo, hi, pieces, first, last, lore.chars, lore.words)
    at[f.COST] = cost_of(points, lo, hi, lore.lettering.costs)
    at[f.SYLLABLES] = syllables_of(points, lo, hi, lore.lettering.syllables, least)
    at[f.SIGNS] = signs_in(points, lo, hi, lore.chars)


@lean
def note_affixes(points, row, lore, found):
    """Note on each finding of a window what is glued to the mark there."""
    lo, hi = np.int64(row[b.KEY]), np.int64(row[b.KEY_END])
    for at in range(found.shape[0]):
        found[at, f.AFFIX] = f.NO_AFFIX
        if found[at, f.RESEMBLANCE] == AFFIXED:
            glued = found[at, f.DETAIL] - AFTER_DETAIL - 1
            extra = min(glued % MOST_GLUED + 1, hi - lo)
            first = lo if glued >= MOST_GLUED else hi - extra
            found[at, f.AFFIX] = affix_of(points, first, first + extra, lore)


@lean
def affix_of(points, lo, hi, lore):
    """Return whether letters glued to a mark are a word, a number, or neither."""
    if is_number(points, lo, hi, lore.chars):
        return np.int64(f.NUMBER_GLUED)
    if hi - lo > 1 and is_ordinary(points, lo, hi, lore.words):
        return np.int64(f.WORD_GLUED)
    return np.int64(f.LETTERS_GLUED)


@lean
def is_foreign(points, start, end):
    """Tell whether a text is written in other than ASCII."""
    for at in range(start, end):
        if points[at] > 127:
            return True
    return False


@lean
def add(matches, count, marks, starts, active, place, rows, total):
    """Add a finding for each match whose mark is looked for; return the number of findings."""
    for match in range(count):
        form = np.int64(matches[match, 0])
        mark = marks[form]
        if not active[mark]:
            continue
        row = rows[total]
        for column in range(f.PLACE_COLUMNS):
            row[column] = place[column]
        row[f.MARK] = mark
        row[f.FORM] = form
        row[f.RESEMBLANCE] = matches[match, 1]
        row[f.DETAIL] = matches[match, 3]
        letters = starts[form + 1] - starts[form]
        row[f.STRENGTH] = f.strength_of(matches[match, 1], matches[match, 2], letters)
        row[f.EXPLAINED] = f.explained(
            matches[match, 1], matches[match, 2], place[f.LETTERS], letters
        )
        total += 1
    return total


@lean
def longest_texts(columns, chars):
    """Return the characters of the longest field that is screened, folded, and of all fields."""
    folded, written = np.int64(0), np.int64(0)
    for line in range(columns.starts.shape[0]):
        for field in range(columns.starts.shape[1]):
            start, end = columns.starts[line, field], columns.ends[line, field]
            written = max(written, end - start)
            if (field == DESCRIPTION or field == BRAND) and end - start > folded // LONGEST_FOLD:
                folded = max(folded, folded_size(columns.points, start, end, chars))
    return folded, written


@lean
def folded_size(points, start, end, chars):
    """Return how many characters a text has once it is folded."""
    size = np.int64(0)
    for at in range(start, end):
        cell = cell_of(np.int64(points[at]), chars)
        if chars.facts[cell] & SEVERAL:
            size += np.int64(chars.several[chars.delta[cell]])
        else:
            size += 1
    return size
