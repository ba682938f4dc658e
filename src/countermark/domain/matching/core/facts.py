"""Facts of one finding: the value of every axis of ``levels``, in its place.

Adding a fact is adding an axis there and a line in ``fill_facts`` here.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from countermark.domain.matching.core import findings as f
from countermark.domain.matching.core import levels
from countermark.domain.matching.core.columns import BRAND, HS_CODE
from countermark.domain.matching.core.index import HAN_FORM
from countermark.domain.matching.core.jit import lean
from countermark.domain.matching.core.resemblance import DETAILS, SAME, SAME_END
from countermark.domain.matching.core.use import mark_usage_fact

FAMILY: Final = levels.AXES.index(levels.FAMILY)
RESEMBLANCE: Final = levels.AXES.index(levels.RESEMBLANCE)
SIZE: Final = levels.AXES.index(levels.SIZE)
EDITS: Final = levels.AXES.index(levels.EDITS)
PLACE: Final = levels.AXES.index(levels.PLACE)
GOODS: Final = levels.AXES.index(levels.GOODS)
USAGE: Final = levels.AXES.index(levels.USAGE)
MARK_USAGE: Final = levels.AXES.index(levels.MARK_USAGE)
DECLARED: Final = levels.AXES.index(levels.DECLARED)
WRITING: Final = levels.AXES.index(levels.WRITING)
CAPITALS: Final = levels.AXES.index(levels.CAPITALS)
COMPETITION: Final = levels.AXES.index(levels.COMPETITION)
CORROBORATION: Final = levels.AXES.index(levels.CORROBORATION)
REFERENCE: Final = levels.AXES.index(levels.REFERENCE)
FACT_COUNT: Final = len(levels.AXES)

_DETAILS = len(DETAILS)
_LABELLED = levels.PLACE.values.index("labelled")
_FOLLOWED = levels.PLACE.values.index("followed")


@lean
def fill_facts(row, forms, goods, plain, usage, chapter, facts):
    """Write every fact of a finding to ``facts``.

    Args:
        row: The finding.
        forms: The forms of the index.
        goods: Nice classes of each mark, as bits.
        plain: For each mark whether it is recorded in ASCII.
        usage: Counts of keys.
        chapter: Nice classes usual for the goods of the line, as bits.
        facts: Room for all.
    """
    form, mark = row[f.FORM], row[f.MARK]
    letters = forms.starts[form + 1] - forms.starts[form]
    pieces = forms.piece_starts[form + 1] - forms.piece_starts[form]
    han = forms.flags[form] & HAN_FORM != 0
    family = f.family_of(row[f.RESEMBLANCE])
    facts[FAMILY] = family
    facts[RESEMBLANCE] = row[f.RESEMBLANCE]
    facts[SIZE] = size_fact(letters, han)
    facts[EDITS] = edits_fact(row, han, pieces)
    facts[PLACE] = row[f.PLACE]
    facts[GOODS] = goods_fact(goods[mark], chapter)
    facts[USAGE] = row[f.USAGE]
    facts[MARK_USAGE] = 0 if family == SAME else mark_usage_fact(forms.hash[form], usage)
    facts[DECLARED] = declared_fact(row)
    facts[WRITING] = 0 if han or not row[f.FOREIGN] else 2 if plain[mark] else 1
    facts[CAPITALS] = row[f.CAPITALS]
    facts[COMPETITION] = 4 if row[f.OUTDONE] else min(row[f.RIVALS], 3)
    facts[CORROBORATION] = row[f.FIELDS] > 1
    facts[REFERENCE] = row[f.REFERENTIAL]


@lean
def size_fact(letters, han):
    """Return the class of a length."""
    if han:
        return 8 + min(letters, 5)
    if letters <= 6:
        return letters - 1
    if letters <= 8:
        return 6
    return 7 if letters <= 11 else 8


@lean
def edits_fact(row, han, pieces):
    """Return what was done to the mark; where nothing was, how many words it has."""
    resemblance = row[f.RESEMBLANCE]
    if resemblance >= SAME_END:
        return 5 + (resemblance - SAME_END) * _DETAILS + row[f.DETAIL]
    return 4 if han else min(pieces, 4) - 1


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
def declared_fact(row):
    """Return what the brand field says, seen from the description."""
    if row[f.FIELD] == BRAND:
        return 0
    strong = row[f.PLACE] == _LABELLED or row[f.PLACE] == _FOLLOWED
    return 1 + 2 * row[f.DECLARED] + strong


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
