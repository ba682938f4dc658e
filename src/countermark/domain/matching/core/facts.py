"""Facts of one finding: what the model asks for, each a number from 0 to 255 in its place."""

from __future__ import annotations

from typing import Final

import numpy as np

from countermark.domain.matching.core import findings as f
from countermark.domain.matching.core.columns import BRAND, HS_CODE
from countermark.domain.matching.core.features import FACTS
from countermark.domain.matching.core.index import HAN_FORM
from countermark.domain.matching.core.jit import lean
from countermark.domain.matching.core.lettering import cost_of, signs_in
from countermark.domain.matching.core.resemblance import HAN_HOMOPHONE, SAME
from countermark.domain.matching.core.usage import as_brand, occurs
from countermark.domain.matching.core.words import ordinary_words

FACT_COUNT: Final = len(FACTS)
(
    RESEMBLANCE,
    LETTERS,
    SCRIPT,
    WORDS,
    PIECES,
    SHARE,
    DETAIL,
    SIGNS,
    MARK_SIGNS,
    AFFIX,
    PLACE,
    GOODS,
    OCCURS,
    BRANDNESS,
    ORDINARY,
    LEARNED,
    MARK_OCCURS,
    MARK_BRANDNESS,
    MARK_ORDINARY,
    DECLARED,
    WRITING,
    STANDS_OUT,
    CASE,
    RIVALS,
    OUTDONE,
    EXPLAINED,
    RIVAL_FAMILY,
    DENSITY,
    OTHER_EXACT,
    FIELDS,
    REFERENTIAL,
    FOLLOWING,
    MISSPELLING,
    NATURAL,
    SYLLABLES,
) = range(FACT_COUNT)

_LONGEST, _MOST_WORDS, _MOST_PIECES, _MOST_SIGNS, _MOST_RIVALS = 31, 7, 15, 7, 15
_EVEN, _FAR = 8, 7
_NO_RIVAL = 16
_COST_MIDDLE, _MOST_COST = 24, 63


@lean
def fill_facts(row, name, forms, goods, plain, chapter, facts):
    """Write the facts of a finding that its row and its mark tell.

    Args:
        row: The finding.
        name: Letters of the longest mark of the line, see ``findings.longest_name``.
        forms: The forms of the index.
        goods: Nice classes of each mark, as bits.
        plain: For each mark whether it is recorded in ASCII.
        chapter: Nice classes usual for the goods of the line, as bits.
        facts: Room for all.
    """
    form, mark = row[f.FORM], row[f.MARK]
    han = forms.flags[form] & HAN_FORM != 0
    facts[RESEMBLANCE] = row[f.RESEMBLANCE]
    facts[LETTERS] = min(_LONGEST, forms.starts[form + 1] - forms.starts[form])
    facts[SCRIPT] = han
    facts[WORDS] = min(_MOST_WORDS, forms.piece_starts[form + 1] - forms.piece_starts[form])
    facts[PIECES] = min(_MOST_PIECES, row[f.WORDS])
    facts[SHARE] = min(_LONGEST, row[f.SHARE])
    facts[DETAIL] = row[f.DETAIL]
    facts[SIGNS] = min(_MOST_SIGNS, row[f.SIGNS])
    facts[AFFIX] = row[f.AFFIX]
    facts[PLACE] = row[f.PLACE]
    facts[GOODS] = goods_fact(goods[mark], chapter)
    facts[ORDINARY] = row[f.ORDINARY]
    facts[DECLARED] = 0 if row[f.FIELD] == BRAND else 1 + row[f.DECLARED]
    facts[WRITING] = 0 if han or not row[f.FOREIGN] else 2 if plain[mark] else 1
    facts[STANDS_OUT] = row[f.CAPITALS]
    facts[CASE] = row[f.CASE]
    facts[RIVALS] = min(_MOST_RIVALS, row[f.RIVALS])
    facts[OUTDONE] = row[f.OUTDONE]
    facts[EXPLAINED] = _NO_RIVAL
    if row[f.RIVAL_EXPLAINED] >= 0:
        ahead = row[f.EXPLAINED] - row[f.RIVAL_EXPLAINED]
        facts[EXPLAINED] = max(-_EVEN, min(_FAR, ahead)) + _EVEN
    facts[RIVAL_FAMILY] = row[f.RIVAL_FAMILY]
    facts[DENSITY] = min(_LONGEST, row[f.DENSITY])
    facts[OTHER_EXACT] = min(_LONGEST, name)
    facts[FIELDS] = row[f.FIELDS]
    facts[REFERENTIAL] = row[f.REFERENTIAL]
    facts[FOLLOWING] = row[f.FOLLOWING]


@lean
def fill_usage(row, own, found, counted, key, usage, facts):
    """Write the facts of how the words and the mark are used in other lines than this one.

    Args:
        row: The finding.
        own: All findings of the line.
        found: How many there are.
        counted: Whether the line is among those that were counted.
        key: Hash of the mark's form.
        usage: Counts of keys.
        facts: Room for all.
    """
    lines = usage.total[0]
    facts[LEARNED] = 0 if not lines else 1 if lines < 3_000 else 2 if lines < 20_000 else 3
    facts[OCCURS] = facts[BRANDNESS] = facts[MARK_OCCURS] = facts[MARK_BRANDNESS] = 0
    if not lines:
        return
    present, strong = f.own_use(own, found, row[f.HASH]) if counted else (0, 0)
    seen, branded = row[f.OCCURS] - present, row[f.AS_BRAND] - strong
    facts[OCCURS] = step_of(seen)
    facts[BRANDNESS] = share_of(branded, seen)
    if f.family_of(row[f.RESEMBLANCE]) != SAME:
        present, strong = f.own_use(own, found, np.int64(key)) if counted else (0, 0)
        seen, branded = occurs(key, usage) - present, as_brand(key, usage) - strong
        facts[MARK_OCCURS] = step_of(seen)
        facts[MARK_BRANDNESS] = share_of(branded, seen)


@lean
def fill_letters(row, forms, chars, words, costs, facts):
    """Write the facts that the letters of the mark tell, alone and beside those of the words.

    Args:
        row: The finding.
        forms: The forms of the index.
        chars: Tables of characters.
        words: Ordinary English words.
        costs: See ``lettering``.
        facts: Room for all.
    """
    form, size = row[f.FORM], row[f.LETTERS]
    lo, hi = forms.starts[form], forms.starts[form + 1]
    first, last = forms.piece_starts[form], forms.piece_starts[form + 1]
    facts[MARK_ORDINARY] = ordinary_words(
        forms.points, lo, hi, forms.pieces, first, last, chars, words
    )
    facts[MARK_SIGNS] = min(_MOST_SIGNS, signs_in(forms.points, lo, hi, chars))
    facts[MISSPELLING] = facts[NATURAL] = facts[SYLLABLES] = 0
    if not facts[SCRIPT]:
        apart = (row[f.COST] - cost_of(forms.points, lo, hi, costs)) // 8 + _COST_MIDDLE
        facts[MISSPELLING] = max(0, min(_MOST_COST, apart))
        facts[NATURAL] = min(_MOST_COST, row[f.COST] // (size + 1) // 2)
    if f.family_of(row[f.RESEMBLANCE]) != SAME and row[f.RESEMBLANCE] < HAN_HOMOPHONE:
        facts[SYLLABLES] = row[f.SYLLABLES]


@lean
def step_of(count):
    """Return the step of a count: none 1, one 2, up to three, nine, 29, 99, and more 7."""
    if count <= 1:
        return 1 if count <= 0 else 2
    if count < 10:
        return 3 if count < 4 else 4
    return 5 if count < 30 else 6 if count < 100 else 7


@lean
def share_of(branded, seen):
    """Return the step of the share of brands: 1 below 1/50, 1/5, 1/2, 4/5, and above 5; or 0."""
    if seen <= 0:
        return 0
    if branded * 5 < seen:
        return 1 if branded * 50 < seen else 2
    return 3 if branded * 2 < seen else 4 if branded * 5 < seen * 4 else 5


@lean
def goods_fact(classes, chapter):
    """Return whether the goods are of a class the mark is recorded for."""
    one = np.uint64(1)
    if classes == 0 or chapter == 0:
        return 0
    if classes == one:
        return 3
    return 1 if classes & chapter & ~one else 2


@lean
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
