"""Windows: the pieces of a field that are looked up in the register.

A window is one to five neighbouring words read as one, a run of single letters, or a piece of
Chinese text, contiguous or spaced out. Windows overlap; which of them means something is decided
later. Their key is what is looked up: the letters without what separates them, and in a signed
reading also the signs that stand for letters (``adid@s``).
"""

from __future__ import annotations

from countermark.domain.matching.core.buffers import (
    AT,
    BRAND_FIELD,
    END,
    HAN_WINDOW,
    IS_HAN,
    KEY,
    KEY_END,
    LETTERS,
    MOST_AT_A_PLACE,
    MOST_HAN,
    MOST_LETTERS,
    MOST_SIGNS,
    MOST_WORDS,
    NEED,
    PIECES,
    READS_ON,
    SIGNS,
    SIZE,
    SIZES,
    SIZES_END,
    STAGE,
    START,
    STRONG,
    TOKENS,
    WINDOW_END,
    WINDOW_START,
    Counts,
    Facts,
    Ints,
    Needs,
    TextBuffer,
    pairs_of,
)
from countermark.domain.matching.core.chars import SIGN
from countermark.domain.matching.core.hashing import hash_of
from countermark.domain.matching.core.jit import int64, lean, woven
from countermark.domain.matching.core.places import followed_at, introduced_at, mark_places
from countermark.domain.matching.core.text import hash_of_letters

_READY, _RUNS, _NEEDS, _DONE = range(4)
"""Stages of ``find_windows``."""


@lean
def find_windows(text: TextBuffer, needs: Needs) -> int:
    """Fill ``text.rows`` and ``text.hashes`` with the next windows and return how many they are.

    They come in portions, so that the room they take does not depend on the text: 0 is returned
    after the last one, and ``more`` tells beforehand.
    """
    if text.head[STAGE] == _READY:
        if not text.head[BRAND_FIELD]:
            mark_places(text)
        text.head[AT] = text.head[NEED] = 0
        text.head[STAGE] = _RUNS
    text.head[PIECES] = text.head[TOKENS]
    count = int64(0)
    if text.head[STAGE] == _RUNS:
        count = _windows_of_runs(text, needs, count)
    if text.head[STAGE] == _NEEDS:
        count = _windows_needed(text, needs, count)
    return count


@lean
def more(text: TextBuffer) -> bool:
    """Tell whether ``find_windows`` has not yet come to the end of a text."""
    return bool(text.head[STAGE] != _DONE)


@woven
def _windows_of_runs(text: TextBuffer, needs: Needs, count: int) -> int:
    """Add the windows that start at each token, or each Han character, in order.

    ``AT`` counts tokens in its upper half, and Han characters of the token in its lower half.
    """
    token, offset = text.head[AT] >> 32, text.head[AT] & 0xFFFFFFFF
    while token < text.head[TOKENS]:
        if _full(text, needs, count):
            text.head[AT] = (token << 32) | offset
            return count
        if text.tokens[token, IS_HAN]:
            count = _han_windows(text, token, offset, needs, count)
            offset += 1
            if offset < text.pieces[token]:
                continue
        else:
            count = _word_windows(text, token, count)
        token, offset = token + 1, int64(0)
    text.head[AT] = 0
    text.head[STAGE] = _NEEDS
    return count


@woven
def _full(text: TextBuffer, needs: Needs, count: int) -> bool:
    """Tell whether the windows that start at one more place might not fit."""
    rows = MOST_AT_A_PLACE + len(needs.han_lengths)
    longest = needs.han_lengths[-1] if len(needs.han_lengths) else 0
    sizes = 2 * rows + MOST_HAN + longest
    return count + rows > len(text.rows) or text.head[PIECES] + sizes > len(text.pieces)


@woven
def _windows_needed(text: TextBuffer, needs: Needs, count: int) -> int:
    """Add the neighbouring tokens of one kind that have needed lengths, whatever the gaps."""
    tokens = text.head[TOKENS]
    pairs = pairs_of(text.pieces, 0, tokens)
    for need in range(text.head[NEED], len(needs.masks)):
        if needs.masks[need] & ~pairs:
            continue
        words = int64(needs.offsets[need + 1] - needs.offsets[need])
        for first in range(text.head[AT], tokens - words + 1):
            if count == len(text.rows):
                text.head[NEED], text.head[AT] = need, first
                return count
            if _has_sizes(text.tokens, text.pieces, first, needs, need):
                count = _add_tokens(text, first, first + words - 1, count)
        text.head[AT] = 0
    text.head[STAGE] = _DONE
    return count


@lean
def _has_sizes(tokens: Ints, sizes: Ints, first: int, needs: Needs, need: int) -> bool:
    lo, hi = int64(needs.offsets[need]), int64(needs.offsets[need + 1])
    for at in range(lo, hi):
        token = first + at - lo
        if sizes[token] != needs.pieces[at]:
            return False
        if tokens[token, IS_HAN] != tokens[first, IS_HAN]:
            return False
    return hi > lo


@lean
def _word_windows(text: TextBuffer, first: int, count: int) -> int:
    last = first
    single = True
    signed = text.head[SIGNS] != 0
    for words in range(1, MOST_LETTERS + 1):
        single = single and text.pieces[last] == 1
        if words > MOST_WORDS and not single:
            break
        count = _add_tokens(text, first, last, count)
        signed = (
            signed
            and words <= MOST_WORDS
            and (words == 1 or _only_signs(text.tokens, text.facts, last))
        )
        if signed and words <= MOST_WORDS:
            count = _add_signed(text, first, last, count)
        if not text.tokens[last, READS_ON]:
            break
        last += 1
    return count


@woven
def _add_tokens(text: TextBuffer, first: int, last: int, count: int) -> int:
    """Add the window of neighbouring tokens."""
    key = int64(text.tokens[first, LETTERS])
    key_end = int64(text.tokens[last, LETTERS] + text.pieces[last])
    start, end = int64(text.tokens[first, START]), int64(text.tokens[last, END])
    _add(text, count, (start, end), (key, key_end), (first, last + 1))
    text.rows[count, HAN_WINDOW] = text.tokens[first, IS_HAN]
    return count + 1


@lean
def _add(
    text: TextBuffer,
    at: int,
    span: tuple[int, int],
    key: tuple[int, int],
    sizes: tuple[int, int],
) -> None:
    """Write a window of letters; ``HAN_WINDOW`` is left to the caller."""
    text.rows[at, WINDOW_START], text.rows[at, WINDOW_END] = span
    text.rows[at, KEY], text.rows[at, KEY_END] = key
    text.rows[at, SIZES], text.rows[at, SIZES_END] = sizes
    brand = text.introduced[span[0]] | text.followed[span[1]]
    text.rows[at, STRONG] = text.head[BRAND_FIELD] or brand
    text.hashes[at] = hash_of_letters(text.points, text.prefix, text.head[SIZE], key[0], key[1])


@lean
def _only_signs(tokens: Ints, facts: Facts, token: int) -> bool:
    """Tell whether nothing but signs that may be letters stands between a token and the last."""
    lo, hi = tokens[token - 1, END], tokens[token, START]
    for at in range(lo, hi):
        if not facts[at] & SIGN:
            return False
    return bool(hi > lo)


@lean
def _add_signed(text: TextBuffer, first: int, last: int, count: int) -> int:
    """Add readings of tokens in which the signs in and around them are letters."""
    start, end = int64(text.tokens[first, START]), int64(text.tokens[last, END])
    lowest, highest = start, end
    while lowest > 0 and start - lowest < MOST_SIGNS and text.facts[lowest - 1] & SIGN:
        lowest -= 1
    size = text.head[SIZE]
    while highest < size and highest - end < MOST_SIGNS and text.facts[highest] & SIGN:
        highest += 1
    for left in range(lowest, start + 1):
        introduced = text.head[BRAND_FIELD] != 0 or introduced_at(text.points, text.facts, left)
        for right in range(end, highest + 1):
            if first == last and left == start and right == end:
                continue
            sizes = _sizes_of_one(text.head, text.pieces, right - left)
            text.rows[count, WINDOW_START], text.rows[count, WINDOW_END] = left, right
            text.rows[count, KEY], text.rows[count, KEY_END] = left, right
            text.rows[count, SIZES], text.rows[count, SIZES_END] = sizes, sizes + 1
            text.rows[count, HAN_WINDOW] = 0
            text.rows[count, STRONG] = introduced or followed_at(
                text.points, text.facts, size, right
            )
            text.hashes[count] = hash_of(text.points, left, right)
            count += 1
    return count


@lean
def _sizes_of_one(head: Counts, pieces: Ints, size: int) -> int:
    """Write one size to ``pieces`` and return where."""
    at = int64(head[PIECES])
    pieces[at] = size
    head[PIECES] = at + 1
    return at


@lean
def _han_windows(text: TextBuffer, token: int, offset: int, needs: Needs, count: int) -> int:
    """Add the pieces of Chinese text that start at a character and may be one name.

    Their characters have no gaps, or all have, or one in four has.
    """
    first = int64(text.tokens[token, LETTERS]) + offset
    last = first
    gaps = before_gap = longer = int64(0)
    ones = text.head[PIECES]
    while True:
        size = last - first + 1
        if size > MOST_HAN:
            while longer < len(needs.han_lengths) and needs.han_lengths[longer] < size:
                longer += 1
            if longer == len(needs.han_lengths):
                return count
        if 1 < gaps < size - 1:
            return count
        wanted = size <= MOST_HAN or needs.han_lengths[longer] == size
        if wanted and (gaps == 0 or gaps == size - 1 or (gaps == 1 and size > 3)):
            sizes = _han_sizes(text.head, text.pieces, size, (gaps, before_gap), ones)
            start = int64(text.spots[first - text.head[SIZE]])
            end = int64(text.spots[last - text.head[SIZE]]) + 1
            _add(text, count, (start, end), (first, last + 1), sizes)
            text.rows[count, HAN_WINDOW] = 1
            count += 1
        if last + 1 == text.tokens[token, LETTERS] + text.pieces[token]:
            if not text.tokens[token, READS_ON]:
                return count
            token += 1
            gaps += 1
            before_gap = size
        last += 1


@lean
def _han_sizes(
    head: Counts, pieces: Ints, size: int, gaps: tuple[int, int], ones: int
) -> tuple[int, int]:
    """Write the sizes of the parts of a Han window to ``pieces``; return where.

    Windows of the same start whose characters are all apart share their ones, from ``ones`` on.
    """
    count, before = gaps
    if count == 0:
        at = _sizes_of_one(head, pieces, size)
        return at, at + 1
    if count == 1 and size > 2:
        at = _sizes_of_one(head, pieces, before)
        _sizes_of_one(head, pieces, size - before)
        return at, at + 2
    while head[PIECES] < ones + size:
        _sizes_of_one(head, pieces, int64(1))
    return ones, ones + size
