"""Misspelt words in the core: typing errors, words read alike, words cut off, words added to."""

from __future__ import annotations

import numpy as np

from countermark.domain.matching.core.edits import bits_in, brief, distance, signature
from countermark.domain.matching.core.hashing import LONGEST, Hashes, part, salted
from countermark.domain.matching.core.index import (
    HAN_FORM,
    Forms,
    IndexArrays,
    bucket_of,
    form_size,
    letters_of,
    may_have,
    owner_of,
    size_of,
    tag_of,
)
from countermark.domain.matching.core.jit import int64, lean, woven
from countermark.domain.matching.core.keys import (
    PREFIX,
    SHORTEST_CUT,
    SHORTEST_TYPO,
    SKELETON_SALT,
    THREE_CUT,
    allowed,
    bare,
    deletion_keys,
    sieved,
    size_class,
)
from countermark.domain.matching.core.resemblance import (
    AFFIXED,
    AFTER_DETAIL,
    EDIT_DETAIL,
    PHONETIC,
    SHORT_DETAIL,
    SOUND_DETAIL,
    TRUNCATED,
    TYPO,
)
from countermark.domain.matching.core.sounds import Letters, sound_key
from countermark.domain.matching.core.work import SHIFT, Query, Work, add, is_new, untried

SHORTEST_LOOSE = 5
"""Letters of the shortest word that may be misspelt anywhere; shorter ones where a brand is."""

_OTHER_FIRST = 5
_MOST_APART = 4
_MOST_GLUED = 5
_INSERTED, _DELETED, _SWAPPED, _REPLACED, _TWO = range(5)


@lean
def _is_word(forms: Forms, form: int) -> bool:
    """Tell whether a form is a Latin word that may be misspelt."""
    size = form_size(forms, form)
    return forms.flags[form] & HAN_FORM == 0 and SHORTEST_TYPO <= size <= LONGEST


@woven
def typos(index: IndexArrays, query: Query, count: int, work: Work) -> int:
    """Find the marks one edit away, two for nine letters and more."""
    size = query.hi - query.lo
    # A form of nine letters has a deletion in common with one of seven before the second letter
    # goes: only from eight letters on do two deletions find more.
    edits = 2 if size >= PREFIX else 1
    keys = deletion_keys(work.skeleton, size, edits, work.prefix, work.keys)
    keys = _sifted(work.keys, keys, size, work.numbers[SHIFT], index.table.filter)
    if keys == 0:
        return count
    letters = signature(work.skeleton, 0, size)
    short = np.uint64(brief(letters))
    # The loop is here and reads plain arrays, for it is the hottest of all: to pass the tuples to
    # a function costs more than to look at an entry.
    starts, entries, signatures = index.table.starts, index.table.entries, index.forms.signature
    for number in range(keys):
        at, end, tag = bucket_of(work.keys[number], starts)
        for place in range(at, end):
            entry = entries[place]
            recorded = size_of(entry)
            limit = allowed(recorded)
            if tag_of(entry) != tag or abs(recorded - size) > limit:
                continue
            form = owner_of(entry)
            if form < 0 or bits_in(short ^ letters_of(entry)) > 2 * limit:
                continue
            if bits_in(letters ^ signatures[form]) <= 2 * limit and untried(form, work):
                count = _typo(index, query, form, count, work)
    return count


@woven
def _sifted(keys: Hashes, count: int, size: int, shift: int, words: Hashes) -> int:
    """Move the keys that a form of about the size may have to the front; return how many."""
    reach = allowed(size + 2)
    lower, upper = size_class(size - reach), size_class(size + reach)
    kept = 0
    for number in range(count):
        key = keys[number]
        found = may_have(sieved(key, lower), shift, words)
        if not found and upper != lower:
            found = may_have(sieved(key, upper), shift, words)
        if found:
            keys[kept] = key
            kept += 1
    return kept


@lean
def _typo(index: IndexArrays, query: Query, form: int, count: int, work: Work) -> int:
    """Compare the window with a form letter by letter, and note it if it is near."""
    forms = index.forms
    size, recorded = query.hi - query.lo, form_size(forms, form)
    if not is_new(forms.mark[form], work) or not _is_word(forms, form):
        return count
    if recorded < SHORTEST_LOOSE and not query.strong:
        return count
    limit = allowed(recorded)
    edits = _edits(query, form, forms, limit, work)
    if not 0 < edits <= limit:
        return count
    detail = EDIT_DETAIL + _kind(size, recorded, edits, work)
    if bare(forms.points[forms.starts[form]]) != work.skeleton[0]:
        detail += _OTHER_FIRST
    return add(form, forms.mark[form], TYPO, edits, detail, count, work)


@lean
def _edits(query: Query, form: int, forms: Forms, limit: int, work: Work) -> int:
    """Return the edits between the skeletons of the window and of a form, as far as a limit."""
    size = form_size(forms, form)
    recorded = work.recorded
    for at in range(size):
        recorded[at] = bare(forms.points[forms.starts[form] + at])
    written = query.hi - query.lo
    return distance(work.skeleton, 0, written, recorded, 0, size, limit, work.rows)


@lean
def _kind(written: int, recorded: int, edits: int, work: Work) -> int:
    """Return which edit it was; of two words as long, a swap makes two characters differ."""
    if edits > 1:
        return _TWO
    if written != recorded:
        return _INSERTED if written > recorded else _DELETED
    differing = 0
    for at in range(written):
        differing += work.skeleton[at] != work.recorded[at]
    return _REPLACED if differing == 1 else _SWAPPED


@woven
def sound_of(query: Query, plain: bool, work: Work) -> int:
    """Write how the window sounds into ``work.sounds[0]`` and return its length, 0 if it has none.

    A window that is not all letters is read with its digits and signs as letters.
    """
    own, other = work.sounds[0], work.sounds[1]
    if plain:
        return sound_key(query.points, query.lo, query.hi, own, other)
    return sound_key(work.skeleton, 0, query.hi - query.lo, own, other)


@lean
def sounding(
    index: IndexArrays, query: Query, key: np.uint64, length: int, count: int, work: Work
) -> int:
    """Find the marks that are read alike in English, of a sound of some length."""
    own, other, room = work.sounds[0], work.sounds[1], work.sounds[2]
    forms, table = index.forms, index.table
    at, end, tag = bucket_of(key, table.starts)
    for entry in range(at, end):
        form = owner_of(table.entries[entry])
        if tag_of(table.entries[entry]) != tag or form < 0 or not is_new(forms.mark[form], work):
            continue
        if not _is_word(forms, form):
            continue
        lo, hi = int64(forms.starts[form]), int64(forms.starts[form + 1])
        if sound_key(forms.points, lo, hi, other, room) != length or not _alike(own, other, length):
            continue
        edits = distance(
            query.points, query.lo, query.hi, forms.points, lo, hi, _MOST_APART, work.rows
        )
        if edits <= _MOST_APART:
            first = query.points[query.lo] == forms.points[lo]
            detail = SOUND_DETAIL + edits + (0 if first else _OTHER_FIRST)
            count = add(form, forms.mark[form], PHONETIC, edits, detail, count, work)
    return count


@lean
def _alike(left: Letters, right: Letters, size: int) -> bool:
    for at in range(size):
        if left[at] != right[at]:
            return False
    return True


@lean
def truncated(index: IndexArrays, query: Query, key: np.uint64, count: int, work: Work) -> int:
    """Find the marks that begin so and go on for one to three letters."""
    size = query.hi - query.lo
    forms, table = index.forms, index.table
    at, end, tag = bucket_of(key, table.starts)
    for entry in range(at, end):
        form = owner_of(table.entries[entry])
        if tag_of(table.entries[entry]) != tag or form < 0 or not is_new(forms.mark[form], work):
            continue
        recorded = form_size(forms, form)
        missing = recorded - size
        if not _is_word(forms, form) or recorded < SHORTEST_CUT:
            continue
        if 1 <= missing <= (3 if recorded >= THREE_CUT else 2) and _begins(
            form, forms, 0, size, work
        ):
            detail = SHORT_DETAIL + missing
            count = add(form, forms.mark[form], TRUNCATED, missing, detail, count, work)
    return count


@lean
def _begins(form: int, forms: Forms, lo: int, hi: int, work: Work) -> bool:
    """Tell whether a form begins with ``skeleton[lo:hi]`` of the window."""
    start = forms.starts[form]
    for at in range(lo, hi):
        if bare(forms.points[start + at - lo]) != work.skeleton[at]:
            return False
    return True


@woven
def affixed(index: IndexArrays, query: Query, count: int, work: Work) -> int:
    """Find the marks that have up to five letters glued to them, behind or in front."""
    size = query.hi - query.lo
    shift, bits = work.numbers[SHIFT], index.table.filter
    for cut in range(1, min(_MOST_GLUED, size - SHORTEST_TYPO) + 1):
        for lo in (0, cut):
            key = salted(part(work.prefix, lo, lo + size - cut), SKELETON_SALT)
            if may_have(key, shift, bits):
                count = _affixed_of(index, query, key, lo, lo + size - cut, count, work)
    return count


@lean
def _affixed_of(
    index: IndexArrays, query: Query, key: np.uint64, lo: int, hi: int, count: int, work: Work
) -> int:
    forms, table = index.forms, index.table
    at, end, tag = bucket_of(key, table.starts)
    for entry in range(at, end):
        form = owner_of(table.entries[entry])
        if tag_of(table.entries[entry]) != tag or form < 0 or not is_new(forms.mark[form], work):
            continue
        if form_size(forms, form) != hi - lo or not _is_word(forms, form):
            continue
        if _begins(form, forms, lo, hi, work):
            after = lo == 0 or _begins(form, forms, 0, hi - lo, work)
            extra = query.hi - query.lo - hi + lo
            detail = AFTER_DETAIL + extra + (0 if after else _OTHER_FIRST)
            count = add(form, forms.mark[form], AFFIXED, extra, detail, count, work)
    return count
