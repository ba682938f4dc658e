"""Misspelt words in the core: typing errors, words read alike, words cut off, words added to."""

from __future__ import annotations

from countermark.domain.matching.core.edits import bits_in, distance, signature
from countermark.domain.matching.core.hashing import LONGEST, part, polynomial_of, salted
from countermark.domain.matching.core.index import (
    HAN_FORM,
    Forms,
    IndexArrays,
    bucket_of,
    form_size,
    may_have,
)
from countermark.domain.matching.core.jit import lean
from countermark.domain.matching.core.keys import (
    PREFIX,
    SHORTEST_CUT,
    SHORTEST_SOUND,
    SHORTEST_TYPO,
    SKELETON_SALT,
    SOUND_SALT,
    THREE_CUT,
    TRUNCATED_SALT,
    allowed,
    bare,
    deletion_keys,
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


@lean
def typos(index: IndexArrays, query: Query, count: int, work: Work) -> int:
    """Find the marks one edit away, two for nine letters and more."""
    size = query.hi - query.lo
    if size < SHORTEST_LOOSE and not query.strong:
        return count
    # A form of nine letters has a deletion in common with one of seven before the second letter
    # goes: only from eight letters on do two deletions find more.
    edits = 2 if size >= PREFIX else 1
    keys = deletion_keys(work.skeleton, size, edits, work.prefix, work.keys)
    letters = signature(work.skeleton, 0, size)
    for number in range(keys):
        key = work.keys[number]
        if may_have(key, work.numbers[SHIFT], index.table.filter):
            count = _typos_of(index, query, key, letters, count, work)
    return count


@lean
def _typos_of(  # noqa: PLR0913 - what is known about the window
    index: IndexArrays, query: Query, key: int, letters: int, count: int, work: Work
) -> int:
    forms, table = index.forms, index.table
    size = query.hi - query.lo
    at, end, tag = bucket_of(key, table)
    for entry in range(at, end):
        form = table.owners[entry]
        if table.tags[entry] != tag or form < 0:
            continue
        recorded = form_size(forms, form)
        limit = allowed(recorded)
        if abs(recorded - size) > limit or bits_in(letters ^ forms.signature[form]) > 2 * limit:
            continue
        if not is_new(forms.mark[form], work) or not untried(form, work):
            continue
        if not _is_word(forms, form) or (recorded < SHORTEST_LOOSE and not query.strong):
            continue
        edits = _edits(query, form, forms, limit, work)
        if 0 < edits <= limit:
            detail = EDIT_DETAIL + _kind(size, form_size(forms, form), edits, work)
            if bare(forms.points[forms.starts[form]]) != work.skeleton[0]:
                detail += _OTHER_FIRST
            count = add(form, forms.mark[form], TYPO, edits, detail, count, work)
    return count


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


@lean
def sounding(index: IndexArrays, query: Query, plain: bool, count: int, work: Work) -> int:
    """Find the marks that are read alike in English."""
    size = query.hi - query.lo
    if size < SHORTEST_LOOSE and not query.strong:
        return count
    own, other, room = work.sounds[0], work.sounds[1], work.sounds[2]
    if plain:
        length = sound_key(query.points, query.lo, query.hi, own, other)
    else:
        length = sound_key(work.skeleton, 0, size, own, other)
    if length < SHORTEST_SOUND:
        return count
    forms, table = index.forms, index.table
    key = salted(polynomial_of(own, 0, length), SOUND_SALT)
    if not may_have(key, work.numbers[SHIFT], table.filter):
        return count
    at, end, tag = bucket_of(key, table)
    for entry in range(at, end):
        form = table.owners[entry]
        if table.tags[entry] != tag or form < 0 or not is_new(forms.mark[form], work):
            continue
        if not _is_word(forms, form):
            continue
        lo, hi = forms.starts[form], forms.starts[form + 1]
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
def truncated(index: IndexArrays, query: Query, count: int, work: Work) -> int:
    """Find the marks that begin so and go on for one to three letters."""
    size = query.hi - query.lo
    if size < SHORTEST_LOOSE and not query.strong:
        return count
    forms, table = index.forms, index.table
    key = salted(work.prefix[size], TRUNCATED_SALT)
    if not may_have(key, work.numbers[SHIFT], table.filter):
        return count
    at, end, tag = bucket_of(key, table)
    for entry in range(at, end):
        form = table.owners[entry]
        if table.tags[entry] != tag or form < 0 or not is_new(forms.mark[form], work):
            continue
        recorded = form_size(forms, form)
        missing = recorded - size
        if not _is_word(forms, form) or recorded < SHORTEST_CUT:
            continue
        if 1 <= missing <= (3 if recorded >= THREE_CUT else 2) and _begins(
            form, forms, 0, size, work
        ):
            count = add(
                form, forms.mark[form], TRUNCATED, missing, SHORT_DETAIL + missing, count, work
            )
    return count


@lean
def _begins(form: int, forms: Forms, lo: int, hi: int, work: Work) -> bool:
    """Tell whether a form begins with ``skeleton[lo:hi]`` of the window."""
    start = forms.starts[form]
    for at in range(lo, hi):
        if bare(forms.points[start + at - lo]) != work.skeleton[at]:
            return False
    return True


@lean
def affixed(index: IndexArrays, query: Query, count: int, work: Work) -> int:
    """Find the marks that have up to five letters glued to them, behind or in front."""
    size = query.hi - query.lo
    if query.pieces > (2 if query.strong else 1):
        return count
    for cut in range(1, min(_MOST_GLUED, size - SHORTEST_TYPO) + 1):
        count = _affixed_of(index, query, 0, size - cut, count, work)
        count = _affixed_of(index, query, cut, size, count, work)
    return count


@lean
def _affixed_of(index: IndexArrays, query: Query, lo: int, hi: int, count: int, work: Work) -> int:
    forms, table = index.forms, index.table
    key = salted(part(work.prefix, lo, hi), SKELETON_SALT)
    if not may_have(key, work.numbers[SHIFT], table.filter):
        return count
    size = query.hi - query.lo
    at, end, tag = bucket_of(key, table)
    for entry in range(at, end):
        form = table.owners[entry]
        if table.tags[entry] != tag or form < 0 or not is_new(forms.mark[form], work):
            continue
        if form_size(forms, form) != hi - lo or not _is_word(forms, form):
            continue
        if _begins(form, forms, lo, hi, work):
            after = lo == 0 or _begins(form, forms, 0, hi - lo, work)
            extra = size - hi + lo
            detail = AFTER_DETAIL + extra + (0 if after else _OTHER_FIRST)
            count = add(form, forms.mark[form], AFFIXED, extra, detail, count, work)
    return count
