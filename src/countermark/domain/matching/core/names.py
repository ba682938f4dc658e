"""Chinese names in the core: romanised, in characters read alike, with one other character."""

from __future__ import annotations

import numpy as np

from countermark.domain.matching.core.hashing import (
    continued,
    fill_prefixes,
    salted,
)
from countermark.domain.matching.core.index import (
    HAN_FORM,
    IndexArrays,
    bucket_of,
    form_size,
    may_have,
    owner_of,
    tag_of,
)
from countermark.domain.matching.core.jit import int64, lean
from countermark.domain.matching.core.keys import (
    HOMOPHONE_SALT,
    LONGEST_VARIANT,
    wildcard_key,
)
from countermark.domain.matching.core.readings import (
    MANDARIN,
    Tongue,
    usual_syllable,
)
from countermark.domain.matching.core.resemblance import (
    CHANGED_DETAIL,
    HAN_HOMOPHONE,
    HAN_VARIANT,
    JYUTPING,
    MOST_CHANGED,
    PINYIN,
    SYLLABLES_DETAIL,
    VARIANT_DETAIL,
)
from countermark.domain.matching.core.work import SHIFT, Query, Work, add, is_new

_MOST_SYLLABLES = 4
_CHANGED_ROW = 10
_SHORTEST = 2
_SHORTEST_VARIANT = 3
_MOST_VARIANT = 5


@lean
def romanised(
    index: IndexArrays, query: Query, key: np.uint64, tongue: int, count: int, work: Work
) -> int:
    """Find the Chinese names that the window may be in pinyin, or those in jyutping."""
    forms, table = index.forms, index.table
    at, end, tag = bucket_of(key, table.starts)
    for entry in range(at, end):
        reading = ~owner_of(table.entries[entry])
        if (
            tag_of(table.entries[entry]) != tag
            or reading < 0
            or index.readings.tongue[reading] != tongue
        ):
            continue
        form = index.readings.form[reading]
        if is_new(forms.mark[form], work) and _spelt_so(index, reading, query):
            detail = SYLLABLES_DETAIL + min(form_size(forms, form), _MOST_SYLLABLES)
            resemblance = PINYIN if tongue == MANDARIN else JYUTPING
            count = add(form, forms.mark[form], resemblance, 0, detail, count, work)
    return count


@lean
def _spelt_so(index: IndexArrays, reading: int, query: Query) -> bool:
    """Tell whether a reading in letters is the window."""
    if index.readings.tongue[reading] == MANDARIN:
        return _spells(index, reading, index.tongues.mandarin, query)
    return _spells(index, reading, index.tongues.cantonese, query)


@lean
def _spells(index: IndexArrays, reading: int, tongue: Tongue, query: Query) -> bool:
    at = query.lo
    for place in range(index.readings.starts[reading], index.readings.starts[reading + 1]):
        syllable = int64(index.readings.syllables[place])
        for letter in range(tongue.spelt[syllable], tongue.spelt[syllable + 1]):
            if at >= query.hi or query.points[at] != tongue.letters[letter]:
                return False
            at += 1
    return at == query.hi


@lean
def homophones(index: IndexArrays, query: Query, count: int, work: Work) -> int:
    """Find the Chinese names of other characters that are read alike in Mandarin."""
    size = query.hi - query.lo
    if size < (_SHORTEST if query.strong else _SHORTEST + 1):
        return count
    sound = np.uint64(0)
    for at in range(query.lo, query.hi):
        syllable = usual_syllable(query.points[at], index.tongues.mandarin)
        if syllable < 0:
            return count
        sound = continued(sound, syllable)
    forms, table = index.forms, index.table
    key = salted(sound, HOMOPHONE_SALT)
    if not may_have(key, work.numbers[SHIFT], table.filter):
        return count
    at, end, tag = bucket_of(key, table.starts)
    for entry in range(at, end):
        reading = ~owner_of(table.entries[entry])
        if (
            tag_of(table.entries[entry]) != tag
            or reading < 0
            or not _reads_alike(index, reading, query)
        ):
            continue
        form = index.readings.form[reading]
        if is_new(forms.mark[form], work):
            changed = _changed(index, form, query)
            row = min(form_size(forms, form), _MOST_SYLLABLES) - _SHORTEST
            detail = CHANGED_DETAIL + _CHANGED_ROW * row + min(changed, MOST_CHANGED)
            count = add(form, forms.mark[form], HAN_HOMOPHONE, changed, detail, count, work)
    return count


@lean
def _reads_alike(index: IndexArrays, reading: int, query: Query) -> bool:
    """Tell whether a reading in Mandarin is that of the window."""
    readings = index.readings
    lo, hi = readings.starts[reading], readings.starts[reading + 1]
    if readings.tongue[reading] != MANDARIN or hi - lo != query.hi - query.lo:
        return False
    if form_size(index.forms, readings.form[reading]) != hi - lo:
        return False
    for at in range(hi - lo):
        syllable = usual_syllable(query.points[query.lo + at], index.tongues.mandarin)
        if syllable != readings.syllables[lo + at]:
            return False
    return True


@lean
def _changed(index: IndexArrays, form: int, query: Query) -> int:
    """Return how many characters of a form of the same length the window has not."""
    start = index.forms.starts[form]
    changed = 0
    for at in range(query.hi - query.lo):
        changed += index.forms.points[start + at] != query.points[query.lo + at]
    return changed


@lean
def variants(index: IndexArrays, query: Query, count: int, work: Work) -> int:
    """Find the Chinese names of three to eight characters of which one is another."""
    size = query.hi - query.lo
    shortest = _SHORTEST_VARIANT if query.strong else _SHORTEST_VARIANT + 1
    if size < shortest or size > LONGEST_VARIANT:
        return count
    fill_prefixes(query.points, query.lo, query.hi, work.prefix)
    for at in range(size):
        key = wildcard_key(work.prefix, size, at)
        if may_have(key, work.numbers[SHIFT], index.table.filter):
            count = _variants_of(index, query, key, count, work)
    return count


@lean
def _variants_of(index: IndexArrays, query: Query, key: np.uint64, count: int, work: Work) -> int:
    forms, table = index.forms, index.table
    size = query.hi - query.lo
    at, end, tag = bucket_of(key, table.starts)
    for entry in range(at, end):
        form = owner_of(table.entries[entry])
        if tag_of(table.entries[entry]) != tag or form < 0 or not is_new(forms.mark[form], work):
            continue
        if form_size(forms, form) != size or forms.flags[form] & HAN_FORM == 0:
            continue
        if _changed(index, form, query) <= 1:
            row = min(size, _MOST_SYLLABLES) - _SHORTEST
            detail = CHANGED_DETAIL + _CHANGED_ROW * row + 1
            if size >= _MOST_VARIANT:
                detail = VARIANT_DETAIL
            count = add(form, forms.mark[form], HAN_VARIANT, 1, detail, count, work)
    return count
