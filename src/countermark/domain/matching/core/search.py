"""Search in the core: which forms a window resembles, by every layer, strongest layer first.

The rules are those of ``matching.layers``; here every layer asks the one table, and compares the
letters of what comes back. A mark is found once, by the first layer that finds it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.chars import ALPHA, CharTables, facts_of
from countermark.domain.matching.core.hashing import (
    LONGEST,
    Points,
    fill_prefixes,
    polynomial_of,
    salted,
)
from countermark.domain.matching.core.index import (
    HAN_FORM,
    WEAK_FORM,
    Forms,
    IndexArrays,
    bucket_of,
    form_size,
    may_have,
    owner_of,
    tag_of,
)
from countermark.domain.matching.core.jit import lean, woven
from countermark.domain.matching.core.keys import (
    EXACT_SALT,
    JYUTPING_SALT,
    PINYIN_SALT,
    SHORTEST_SKELETON,
    SHORTEST_SOUND,
    SHORTEST_TYPO,
    SKELETON_SALT,
    SOUND_SALT,
    TRUNCATED_SALT,
    bare,
    write_skeleton,
)
from countermark.domain.matching.core.memo import Memo, recall, remember, rememberable
from countermark.domain.matching.core.misspelt import (
    SHORTEST_LOOSE,
    affixed,
    sound_of,
    sounding,
    truncated,
    typos,
)
from countermark.domain.matching.core.names import homophones, romanised, variants
from countermark.domain.matching.core.readings import CANTONESE, MANDARIN, SHORTEST_ROMAN
from countermark.domain.matching.core.resemblance import (
    EXACT,
    JOINED,
    SIGNS_DETAIL,
    SKELETON,
    SPACED,
    SPLIT,
)
from countermark.domain.matching.core.work import SHIFT, Query, Work, add, begin, is_new

Pieces = npt.NDArray[np.int32]

FEW_PIECES = 3
"""Words that may be misspelt together; ``MOST_PIECES`` where they have ``LONG_NAME`` letters."""
MOST_PIECES = 5
LONG_NAME = 12
_MOST_SIGNS = 4
_SMALL_A, _SMALL_Z = ord("a"), ord("z")
_MOST_OF_SPLIT = 2


@lean
def search(
    index: IndexArrays,
    chars: CharTables,
    memo: Memo,
    work: Work,
    points: Points,
    lo: int,
    hi: int,
    pieces: Pieces,
    first: int,
    last: int,
    han: bool,
    strong: bool,
    exact_only: bool,
) -> int:
    """Write the forms that a window resembles into ``work.out``; return how many there are.

    Args:
        index: The register.
        chars: Facts about characters.
        memo: Answers to earlier windows; only saves time.
        work: Working room; rows of ``out`` are form, resemblance, distance, detail.
        points: Folded characters, of which ``lo:hi`` is the key of the window.
        lo: Start of the key.
        hi: End of the key.
        pieces: Lengths of words, of which ``first:last`` are the words of the key.
        first: Start of the words.
        last: End of the words.
        han: The window is Chinese.
        strong: The window stands where a trader writes a brand.
        exact_only: Skip every layer but the first, for windows that are ordinary words.
    """
    query = Query(points, lo, hi, last - first, strong)
    if exact_only or han or not rememberable(points, lo, hi, last - first):
        return _ask(index, chars, query, pieces, first, work, han, exact_only)
    slot, count = recall(memo, query, pieces, first, work.out)
    if count < 0:
        count = _ask(index, chars, query, pieces, first, work, False, False)
        remember(memo, slot, query, pieces, first, work.out, count)
    return count


@woven
def _ask(
    index: IndexArrays,
    chars: CharTables,
    query: Query,
    pieces: Pieces,
    first: int,
    work: Work,
    han: bool,
    exact_only: bool,
) -> int:
    begin(work)
    shift, words = work.numbers[SHIFT], index.table.filter
    count = np.int64(0)
    key = salted(polynomial_of(query.points, query.lo, query.hi), EXACT_SALT)
    if may_have(key, shift, words):
        count = _exact(index, query, key, pieces, first, work)
    size = query.hi - query.lo
    if exact_only or (size > LONGEST and not han):
        return count
    if han:
        count = homophones(index, query, count, work)
        return variants(index, query, count, work)
    if size < SHORTEST_SKELETON:
        return count
    letters = _letters(query, chars)
    write_skeleton(query.points, query.lo, query.hi, work.skeleton)
    fill_prefixes(work.skeleton, 0, size, work.prefix)
    key = salted(work.prefix[size], SKELETON_SALT)
    if letters > 1 and may_have(key, shift, words):
        count = _disguised(index, query, key, count, work)
    if size < SHORTEST_TYPO or 2 * letters < size:
        return count
    return _as_word(index, query, letters == size, count, work)


@lean
def _may_be_misspelt(query: Query) -> bool:
    """Tell whether a window is few words, or so long that more of them are no chance."""
    size = query.hi - query.lo
    return query.pieces <= (FEW_PIECES if size < LONG_NAME else MOST_PIECES)


@woven
def _as_word(index: IndexArrays, query: Query, plain: bool, count: int, work: Work) -> int:
    """Search the layers of words that may be misspelt; ``plain`` ones have only letters.

    A layer is asked only for keys that somebody may have.
    """
    size = query.hi - query.lo
    shift, words = work.numbers[SHIFT], index.table.filter
    if size >= (SHORTEST_ROMAN if query.strong else SHORTEST_ROMAN + 1):
        spelling = polynomial_of(query.points, query.lo, query.hi)
        key = salted(spelling, PINYIN_SALT)
        if may_have(key, shift, words):
            count = romanised(index, query, key, MANDARIN, count, work)
        key = salted(spelling, JYUTPING_SALT)
        if may_have(key, shift, words):
            count = romanised(index, query, key, CANTONESE, count, work)
    if _may_be_misspelt(query) and (size >= SHORTEST_LOOSE or query.strong):
        count = typos(index, query, count, work)
        length = sound_of(query, plain, work)
        key = salted(polynomial_of(work.sounds[0], 0, length), SOUND_SALT)
        if length >= SHORTEST_SOUND and may_have(key, shift, words):
            count = sounding(index, query, key, length, count, work)
        key = salted(work.prefix[size], TRUNCATED_SALT)
        if may_have(key, shift, words):
            count = truncated(index, query, key, count, work)
    if query.pieces <= (2 if query.strong else 1):
        count = affixed(index, query, count, work)
    return count


@woven
def _letters(query: Query, chars: CharTables) -> int:
    """Return how many characters of the window are letters."""
    letters = 0
    for at in range(query.lo, query.hi):
        point = np.int64(query.points[at])
        if _SMALL_A <= point <= _SMALL_Z or facts_of(point, chars) & ALPHA:
            letters += 1
    return letters


@lean
def _exact(
    index: IndexArrays, query: Query, key: np.uint64, pieces: Pieces, first: int, work: Work
) -> int:
    """Find the marks of the same letters, whatever separates them."""
    forms, table = index.forms, index.table
    count = np.int64(0)
    at, end, tag = bucket_of(key, table.starts)
    for entry in range(at, end):
        form = owner_of(table.entries[entry])
        if tag_of(table.entries[entry]) != tag or form < 0 or not _same(query, form, forms):
            continue
        weak = forms.flags[form] & WEAK_FORM != 0
        if is_new(forms.mark[form], work) and (query.strong or not weak):
            label = _label(query, pieces, first, form, forms)
            count = add(form, forms.mark[form], label, 0, 0, count, work)
    return count


@lean
def _same(query: Query, form: int, forms: Forms) -> bool:
    """Tell whether a form has just the letters of the window."""
    if form_size(forms, form) != query.hi - query.lo:
        return False
    start = forms.starts[form]
    for at in range(query.hi - query.lo):
        if forms.points[start + at] != query.points[query.lo + at]:
            return False
    return True


@lean
def _label(query: Query, pieces: Pieces, first: int, form: int, forms: Forms) -> int:
    """Return what became of the blanks: kept, lost, gained, or one after every letter."""
    recorded = forms.piece_starts[form + 1] - forms.piece_starts[form]
    if query.pieces < recorded:
        return JOINED
    same = query.pieces == recorded
    longest = 0
    for at in range(query.pieces):
        size = pieces[first + at]
        longest = max(longest, size)
        same = same and size == forms.pieces[forms.piece_starts[form] + at]
    if same:
        return EXACT
    return SPACED if longest == 1 and query.pieces > _MOST_OF_SPLIT else SPLIT


@lean
def _disguised(index: IndexArrays, query: Query, key: np.uint64, count: int, work: Work) -> int:
    """Find the marks of the same letters once digits and signs are read as letters."""
    forms, table = index.forms, index.table
    at, end, tag = bucket_of(key, table.starts)
    for entry in range(at, end):
        form = owner_of(table.entries[entry])
        if tag_of(table.entries[entry]) != tag or form < 0 or not is_new(forms.mark[form], work):
            continue
        signs = _signs(query, form, forms, work)
        if signs >= 0:
            detail = SIGNS_DETAIL + min(signs, _MOST_SIGNS)
            count = add(form, forms.mark[form], SKELETON, 0, detail, count, work)
    return count


@lean
def _signs(query: Query, form: int, forms: Forms, work: Work) -> int:
    """Return how many characters differ from a form of the same skeleton, -1 for another one."""
    size = query.hi - query.lo
    if form_size(forms, form) != size or forms.flags[form] & HAN_FORM:
        return -1
    signs = 0
    for at in range(size):
        point = forms.points[forms.starts[form] + at]
        if bare(point) != work.skeleton[at]:
            return -1
        if point != query.points[query.lo + at]:
            signs += 1
    return signs
