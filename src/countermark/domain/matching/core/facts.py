"""Facts of one finding: the value of every axis of ``levels``, in its place.

Adding a fact is adding an axis there and a line in ``fill_facts`` here.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from countermark.domain.matching.core import findings as f
from countermark.domain.matching.core import levels
from countermark.domain.matching.core.columns import BRAND
from countermark.domain.matching.core.index import HAN_FORM
from countermark.domain.matching.core.jit import compiled
from countermark.domain.matching.core.places import place, referential
from countermark.domain.matching.core.resemblance import DETAILS, SAME, SAME_END
from countermark.domain.matching.core.text import in_capitals, original_span
from countermark.domain.matching.core.usage import brandness, occurs_per_10_000
from countermark.domain.matching.core.words import ordinary_words

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

_RATES = np.array(levels.RATES)
_SHARES = np.array(levels.SHARES)
_BRANDS = len(levels.BRANDS)
_DETAILS = len(DETAILS)
_LABELLED = levels.PLACE.values.index("labelled")
_FOLLOWED = levels.PLACE.values.index("followed")
_UNKNOWN = -2
_UNSEEN = -1

EMPTY: Final = 0
NONE: Final = 1
NAMES: Final = 2
"""What a brand field says: nothing, "no brand", or a name."""


@compiled
def fill_facts(row, text, line, declared, chapter, known, facts):
    """Write every fact of a finding to ``facts`` and return its span in the original field.

    Args:
        row: The finding.
        text: Its field.
        line: Code points of the batch, and where the field begins in them.
        declared: What the brand field says.
        chapter: Nice classes usual for the goods, as bits.
        known: What is known besides the line (``screen.Known``).
        facts: Room for all.
    """
    points, base = line
    forms = known.index.forms
    form = row[f.FORM]
    letters = forms.starts[form + 1] - forms.starts[form]
    pieces = forms.piece_starts[form + 1] - forms.piece_starts[form]
    han = forms.flags[form] & HAN_FORM != 0
    family = f.family_of(row[f.RESEMBLANCE])
    first, last = original_span(text, row[f.START], row[f.END])
    where = place(text, row[f.START], row[f.END])
    facts[FAMILY] = family
    facts[RESEMBLANCE] = row[f.RESEMBLANCE]
    facts[SIZE] = size_fact(letters, han)
    facts[EDITS] = edits_fact(row, han, pieces)
    facts[PLACE] = where
    facts[GOODS] = goods_fact(known.marks.goods[row[f.MARK]], chapter)
    facts[USAGE] = usage_fact(row, text, known)
    facts[MARK_USAGE] = mark_usage_fact(family, forms.hash[form], known.usage)
    facts[DECLARED] = declared_fact(row[f.FIELD], declared, where)
    facts[WRITING] = writing_fact(points, base + first, base + last, han, known.marks.plain[row[f.MARK]])
    facts[CAPITALS] = in_capitals(points[base:], first, last, text, known.chars)
    facts[COMPETITION] = 4 if row[f.OUTDONE] else min(row[f.RIVALS], 3)
    facts[CORROBORATION] = row[f.FIELDS] > 1
    facts[REFERENCE] = referential(text, row[f.START])
    return first, last


@compiled
def size_fact(letters, han):
    """Return the class of a length."""
    if han:
        return 8 + min(letters, 5)
    if letters <= 6:
        return letters - 1
    if letters <= 8:
        return 6
    return 7 if letters <= 11 else 8


@compiled
def edits_fact(row, han, pieces):
    """Return what was done to the mark; where nothing was, how many words it has."""
    resemblance = row[f.RESEMBLANCE]
    if resemblance >= SAME_END:
        return 5 + (resemblance - SAME_END) * _DETAILS + row[f.DETAIL]
    return 4 if han else min(pieces, 4) - 1


@compiled
def goods_fact(classes, chapter):
    """Return whether the goods are of a class the mark is recorded for."""
    one = np.uint64(1)
    if classes == 0 or chapter == 0:
        return 0
    if classes == one:
        return 3
    return 1 if classes & chapter & ~one else 2


@compiled
def usage_of(key, usage):
    """Return frequency and brandness of a key's hash as one step; negative where there is none."""
    if usage.total[0] == 0:
        return _UNKNOWN
    rate = occurs_per_10_000(key, usage)
    if rate == 0.0:
        return _UNSEEN
    often = 0
    while often < _RATES.size and rate >= _RATES[often]:
        often += 1
    share = brandness(key, usage)
    brand = 0
    while brand < _SHARES.size and share >= _SHARES[brand]:
        brand += 1
    return often * _BRANDS + brand


@compiled
def usage_fact(row, text, known):
    """Return how the words are used; where the stream does not tell, whether they are ordinary."""
    step = usage_of(np.uint64(row[f.HASH]), known.usage)
    if step >= 0:
        return 4 + step
    ordinary = ordinary_words(
        text.points,
        row[f.KEY],
        row[f.KEY_END],
        text.pieces,
        row[f.PIECES],
        row[f.PIECES_END],
        known.chars,
        known.words,
    )
    return (0 if step == _UNKNOWN else 2) + (0 if ordinary else 1)


@compiled
def mark_usage_fact(family, key, usage):
    """Return how the mark itself is used, where the words only resemble it."""
    return 0 if family == SAME else 3 + usage_of(key, usage)


@compiled
def declared_fact(field, declared, where):
    """Return what the brand field says, seen from the description."""
    if field == BRAND:
        return 0
    return 1 + 2 * declared + (where == _LABELLED or where == _FOLLOWED)


@compiled
def writing_fact(points, start, end, han, plain):
    """Return whether the words are written in other than ASCII, and the mark is not."""
    if han:
        return 0
    for at in range(start, end):
        if points[at] > 127:
            return 2 if plain else 1
    return 0
