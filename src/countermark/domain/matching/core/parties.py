"""Parties: when a consignor or consignee is the one a right holder has authorised.

Two names are the same party where their keys are equal: without case, width, script and
punctuation, common short forms written out. Nothing is guessed beyond that, and the legal form
counts: an excuse must rest on the name that was recorded. Keys are kept as UTF-8.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.chars import (
    HAN,
    LONGEST_FOLD,
    WORD,
    CharTables,
    char_tables,
    facts_of,
    fold_into,
)
from countermark.domain.matching.core.columns import points_of
from countermark.domain.matching.core.jit import compiled, int64, lean

if TYPE_CHECKING:
    from countermark.domain.matching.core.marks import MarkFacts

SHORT_FORMS: Final = {
    "co": "company",
    "ltd": "limited",
    "inc": "incorporated",
    "corp": "corporation",
    "intl": "international",
    "mfg": "manufacturing",
}
Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]
Points = npt.NDArray[np.uint32]

_LONGEST_SHORT = max(map(len, SHORT_FORMS))
_LONGEST_FORM = max(map(len, SHORT_FORMS.values()))


def _table(words: Sequence[str], width: int) -> Bytes:
    rows = [[*word.encode(), *(0,) * (width - len(word))] for word in words]
    return np.array(rows, np.uint8)


_SHORT = _table(list(SHORT_FORMS), _LONGEST_SHORT + 1)
_FORMS = _table(list(SHORT_FORMS.values()), _LONGEST_FORM + 1)

KEY_ROOM: Final = 4 * LONGEST_FOLD
"""Bytes that the key of a name may need for each of its characters, and as many once more."""


def keys_of(names: Sequence[Sequence[str]], chars: CharTables) -> tuple[Bytes, Places, Places]:
    """Return the keys of groups of names, where each begins, and the number in each group.

    A name without a letter has no key: it is nobody.
    """
    every = list(chain.from_iterable(names))
    points = points_of("".join(every))
    ends = np.cumsum(np.fromiter(map(len, every), np.int64, len(every)))
    sizes = np.array([len(group) for group in names], np.int64)
    longest = max(map(len, every), default=0)
    folded = np.empty(LONGEST_FOLD * (longest + 1), np.uint32)
    room = np.empty(KEY_ROOM * (longest + 1), np.uint8)
    return _keys_of(points, ends, sizes, chars, folded, room)


def name_key(name: str) -> bytes:
    """Return the key of one name; two names with the same one are the same party."""
    points = points_of(name)
    folded = np.empty(LONGEST_FOLD * (len(name) + 1), np.uint32)
    room = np.empty(KEY_ROOM * (len(name) + 1), np.uint8)
    size = party_key(points, 0, len(name), char_tables(), folded, room)
    return room[:size].tobytes()


@compiled
def _keys_of(
    points: Points, ends: Places, sizes: Places, chars: CharTables, folded: Points, room: Bytes
) -> tuple[Bytes, Places, Places]:
    keys = np.empty(4 * points.size + 64, np.uint8)
    starts = np.zeros(ends.size + 1, np.int64)
    counts = np.zeros(sizes.size, np.int64)
    at, key, start = 0, 0, int64(0)
    for group in range(sizes.size):
        for _ in range(sizes[group]):
            size = party_key(points, start, ends[at], chars, folded, room)
            start = ends[at]
            at += 1
            if size == 0:
                continue
            if starts[key] + size > keys.size:
                wider = np.empty(2 * (keys.size + size), np.uint8)
                wider[: starts[key]] = keys[: starts[key]]
                keys = wider
            keys[starts[key] : starts[key] + size] = room[:size]
            starts[key + 1] = starts[key] + size
            key += 1
            counts[group] += 1
    return keys[: starts[key]].copy(), starts[: key + 1].copy(), counts


@lean
def party_key(
    points: Points, start: int, end: int, chars: CharTables, folded: Points, key: Bytes
) -> int:
    """Write the key of the name ``points[start:end]`` to ``key`` and return its size in bytes.

    Args:
        points: Code points as written.
        start: Where the name begins.
        end: Where it ends.
        chars: Tables of characters.
        folded: Room for ``LONGEST_FOLD`` points for each character.
        key: Room for ``KEY_ROOM`` bytes for each character and once more.
    """
    count = fold_into(points, start, end, chars, folded, 0)
    size, at = 0, 0
    while at < count:
        last = at
        while last < count and 97 <= folded[last] <= 122:
            last += 1
        if last > at:
            size = _put_word(folded, at, last, key, size)
            at = last
            continue
        if facts_of(folded[at], chars) & (HAN | WORD):
            size = put_utf8(folded[at], key, size)
        at += 1
    return size


@lean
def _put_word(folded: Points, at: int, last: int, key: Bytes, size: int) -> int:
    """Write a run of Latin letters, written out where it is a short form; return the new size."""
    form = _form_of(folded, at, last)
    if form < 0:
        for place in range(at, last):
            key[size] = folded[place]
            size += 1
        return size
    place = 0
    while _FORMS[form, place]:
        key[size] = _FORMS[form, place]
        size += 1
        place += 1
    return size


@lean
def _form_of(folded: Points, at: int, last: int) -> int:
    if last - at > _LONGEST_SHORT:
        return -1
    for form in range(_SHORT.shape[0]):
        place = 0
        while place < last - at and _SHORT[form, place] == folded[at + place]:
            place += 1
        if place == last - at and _SHORT[form, place] == 0:
            return form
    return -1


@lean
def put_utf8(point: int, out: Bytes, at: int) -> int:
    """Write a code point as UTF-8, lone surrogates as if they were characters; return the end."""
    if point < 0x80:
        out[at] = point
        return at + 1
    if point < 0x800:
        out[at] = 0xC0 | (point >> 6)
        out[at + 1] = 0x80 | (point & 0x3F)
        return at + 2
    if point < 0x10000:
        out[at] = 0xE0 | (point >> 12)
        out[at + 1] = 0x80 | ((point >> 6) & 0x3F)
        out[at + 2] = 0x80 | (point & 0x3F)
        return at + 3
    out[at] = 0xF0 | (point >> 18)
    out[at + 1] = 0x80 | ((point >> 12) & 0x3F)
    out[at + 2] = 0x80 | ((point >> 6) & 0x3F)
    out[at + 3] = 0x80 | (point & 0x3F)
    return at + 4


@lean
def is_authorised(key: Bytes, size: int, facts: MarkFacts, mark: int) -> bool:
    """Tell whether a party's key, ``key[:size]``, is that of a party of a mark."""
    if size == 0:
        return False
    for party in range(facts.first_party[mark], facts.first_party[mark + 1]):
        start = facts.party_starts[party]
        if facts.party_starts[party + 1] - start != size:
            continue
        at = 0
        while at < size and facts.parties[start + at] == key[at]:
            at += 1
        if at == size:
            return True
    return False
