"""Text: one field of a line folded and cut into tokens, in buffers that serve for every line.

A text is folded by the table of ``chars`` and cut into words and runs of Han characters. The
letters of all tokens are then written once more without what separates them, so that every piece
of neighbouring tokens read as one is a slice of that.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.buffers import (
    BRAND_FIELD,
    END,
    IS_HAN,
    LETTERS,
    LOWERS,
    ORIGINAL,
    READS_ON,
    SIGNS,
    SIZE,
    STAGE,
    START,
    TOKENS,
    UNTITLED,
    UPPERS,
    USUAL,
    TextBuffer,
)
from countermark.domain.matching.core.chars import (
    BLANK,
    HAN,
    LOWER,
    SEVERAL,
    SIGN,
    TITLE,
    UPPER,
    WORD,
    CharTables,
    cell_of,
    facts_of,
    points_of,
)
from countermark.domain.matching.core.hashing import (
    LONGEST,
    Hashes,
    Points,
    fill_prefixes,
    hash_of,
    mixed,
    part,
)
from countermark.domain.matching.core.jit import int64, lean, woven


@lean
def folded_size(points: Points, lo: int, hi: int, chars: CharTables) -> int:
    """Return how many characters ``points[lo:hi]`` has once it is folded."""
    size = int64(0)
    for index in range(lo, hi):
        cell = cell_of(int64(points[index]), chars)
        if chars.facts[cell] & SEVERAL:
            size += int64(chars.several[chars.delta[cell]])
        else:
            size += 1
    return size


@lean
def read_text(
    points: Points, lo: int, hi: int, brand_field: bool, chars: CharTables, text: TextBuffer
) -> None:
    """Fold ``points[lo:hi]`` and cut it into tokens.

    Args:
        points: Texts one after the other, of which ``points[lo:hi]`` is read.
        lo: Where the text begins.
        hi: Where it ends.
        brand_field: The text says what brand the goods bear, and little else.
        chars: The folding table.
        text: Takes the result; made with room for the text by ``windows.new_text``.
    """
    text.head[ORIGINAL] = hi - lo
    text.head[BRAND_FIELD] = brand_field
    text.head[STAGE] = 0
    _fold(points, lo, hi, chars, text)
    _cut(text)
    letters = text.head[SIZE]
    if text.head[TOKENS]:
        last = text.head[TOKENS] - 1
        size = text.tokens[last, END] - text.tokens[last, START]
        letters = int64(text.tokens[last, LETTERS]) + size
    fill_prefixes(text.points, text.head[SIZE], letters, text.prefix)


@woven
def _fold(points: Points, lo: int, hi: int, chars: CharTables, text: TextBuffer) -> None:
    size = int64(0)
    uppers = lowers = untitled = left = int64(0)
    for index in range(lo, hi):
        point = int64(points[index])
        cell = cell_of(point, chars)
        facts = int64(chars.facts[cell])
        case = facts & (UPPER | LOWER | TITLE)
        uppers += case == UPPER
        lowers += case == LOWER
        untitled += _breaks_title(left, case)
        left = case
        first = int64(chars.delta[cell])
        if facts & SEVERAL:
            for place in range(first + 1, first + 1 + int64(chars.several[first])):
                text.points[size] = chars.several[place]
                text.starts[size] = index - lo
                size += 1
        else:
            text.points[size] = point + first
            text.starts[size] = index - lo
            size += 1
    text.head[SIZE] = size
    text.head[UPPERS] = uppers
    text.head[LOWERS] = lowers
    text.head[UNTITLED] = untitled
    signs = int64(0)
    for at in range(size):
        facts = int64(chars.facts[cell_of(int64(text.points[at]), chars)])
        text.facts[at] = facts
        signs |= facts & SIGN
    text.head[SIGNS] = signs


@woven
def _cut(text: TextBuffer) -> None:
    size = text.head[SIZE]
    letters = size
    count = int64(0)
    at = int64(0)
    while at < size:
        kind = text.facts[at] & (HAN | WORD)
        if not kind:
            at += 1
            continue
        text.tokens[count, START] = at
        text.tokens[count, IS_HAN] = kind == HAN
        text.tokens[count, USUAL] = 0
        text.tokens[count, LETTERS] = letters
        while at < size and text.facts[at] & (HAN | WORD) == kind:
            text.points[letters] = text.points[at]
            text.spots[letters - size] = at
            letters += 1
            at += 1
        text.tokens[count, END] = at
        text.pieces[count] = at - text.tokens[count, START]
        if count:
            left, start = text.tokens[count - 1], text.tokens[count, START]
            alike = left[IS_HAN] == text.tokens[count, IS_HAN]
            left[READS_ON] = alike and reads_on(
                text.points, text.facts, left[END], start, left[IS_HAN] != 0
            )
        count += 1
    if count:
        text.tokens[count - 1, READS_ON] = 0
    text.head[TOKENS] = count


@lean
def hash_of_letters(
    points: Points, prefix: Hashes, first: int, key: int, key_end: int
) -> np.uint64:
    """Return the hash of letters of a text, ``points[key:key_end]``; they begin at ``first``."""
    if key_end - key > LONGEST:
        return hash_of(points, key, key_end)
    return mixed(part(prefix, key - first, key_end - first))


@lean
def reads_on(
    points: Points, facts: npt.NDArray[np.uint16], end: int, start: int, han: bool
) -> bool:
    """Tell whether two neighbouring tokens of one kind may be parts of one name.

    Args:
        points: A folded text.
        facts: Facts of its characters.
        end: Where the left token ends.
        start: Where the right token starts.
        han: Both are of Han characters.
    """
    if start - end > 3 or (han and start == end):
        return False
    if not han and start - end == 1 and points[end] == _BAR:
        return True  # a bar alone may be a letter: SKY|INE
    for at in range(end, start):
        if han:
            if not (facts[at] & BLANK or among(points[at], _HAN_GAP)):
                return False
        elif among(points[at], _NO_GAP):
            return False
    return True


_BAR = ord("|")
_HAN_GAP = points_of("-_.·・*~/")
_NO_GAP = points_of(",;:|()[]\n")


@lean
def among(point: int, points: Points) -> bool:
    """Tell whether a code point is one of a few."""
    for one in points:
        if one == point:
            return True
    return False


@lean
def original_span(text: TextBuffer, start: int, end: int) -> tuple[int, int]:
    """Return the span of the field as written that the folded ``start:end`` came from.

    Marks and invisible characters after the last character belong to it, so that an accent
    written as a combining mark is not cut off.
    """
    if start >= end:
        return int64(0), int64(0)
    following = text.head[ORIGINAL]
    if end < text.head[SIZE]:
        following = int64(text.starts[end])
    return int64(text.starts[start]), max(following, int64(text.starts[end - 1]) + 1)


@lean
def in_capitals(
    points: Points, lo: int, span: tuple[int, int], text: TextBuffer, chars: CharTables
) -> bool:
    """Tell whether a span of a field stands out in capitals among small letters.

    That is: it is in capitals, or in title case unlike the rest; and the rest has more small
    letters than capitals.

    Args:
        points: The texts that the field was read from.
        lo: Where the field begins in them.
        span: Start and end in the field as written.
        text: The field.
        chars: Facts of characters.
    """
    start, end = span
    size = text.head[ORIGINAL]
    left = _case_at(points, lo, start - 1, size, chars)
    uppers = lowers = cased = broken = untitled = int64(0)
    before, within = left, int64(0)
    for at in range(start, end):
        case = _case_at(points, lo, at, size, chars)
        uppers += case == UPPER
        lowers += case == LOWER
        cased += case != 0
        broken += _breaks_title(within, case)
        untitled += _breaks_title(before, case)
        before = within = case
    if text.head[LOWERS] - lowers <= text.head[UPPERS] - uppers:
        return False
    if uppers and uppers == cased:
        return True
    if broken or not cased:
        return False
    right = _case_at(points, lo, end, size, chars)
    untitled += _breaks_title(before, right) - _breaks_title(left, right)
    return bool(text.head[UNTITLED] > untitled)


@lean
def _case_at(points: Points, lo: int, at: int, size: int, chars: CharTables) -> int:
    """Return ``UPPER``, ``LOWER``, ``TITLE``, or 0 for what has no case or is outside the field."""
    if at < 0 or at >= size:
        return int64(0)
    return facts_of(int64(points[lo + at]), chars) & (UPPER | LOWER | TITLE)


@lean
def _breaks_title(left: int, right: int) -> int:
    """Return 1 where two neighbours are not as in title case: capitals first, small ones after."""
    if right == LOWER:
        return int64(left == 0)
    return int64(right != 0 and left != 0)
