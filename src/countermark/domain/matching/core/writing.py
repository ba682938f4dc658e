"""How marks are written, in the core: their forms, as ``matching.forms`` has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.buffers import (
    END,
    IS_HAN,
    LETTERS,
    MOST_WORDS,
    START,
    TOKENS,
    Ints,
    TextBuffer,
    needs_of,
    new_text,
)
from countermark.domain.matching.core.chars import DIGIT, HAN, CharTables, facts_of, fold_into
from countermark.domain.matching.core.edits import signature
from countermark.domain.matching.core.hashing import Hashes, Points, hash_of
from countermark.domain.matching.core.index import HAN_FORM, UNUSUAL_FORM, WEAK_FORM, Forms
from countermark.domain.matching.core.jit import compiled, int64, lean
from countermark.domain.matching.core.keys import bare
from countermark.domain.matching.core.text import folded_size, read_text, reads_on
from countermark.domain.matching.types import RecordedMark

WORDS_OF_MARK = 3
_LEAST_FOR_A_LOOSE_GAP = 3


class Written(NamedTuple):
    """Forms as they are found, with the recorded spelling of Chinese ones.

    Attributes:
        counts: How many forms, characters, pieces and characters of spellings there are.
        spellings: Traditional characters as recorded, from which Cantonese is read.
        spelling_starts: Where the spelling of a form begins, and where the last ends.
    """

    counts: npt.NDArray[np.int64]
    mark: Ints
    points: Points
    starts: Ints
    pieces: Ints
    piece_starts: Ints
    flags: npt.NDArray[np.uint8]
    spellings: Points
    spelling_starts: Ints


def write_marks(
    marks: Sequence[RecordedMark], first: int, chars: CharTables
) -> tuple[Forms, Points, Ints]:
    """Return the forms of marks, the spellings of Chinese ones, and where each spelling begins.

    Args:
        marks: The marks.
        first: Position of the first of them in the register.
        chars: Facts about characters.
    """
    words = [word for m in marks for word in (m.word, m.word_zh_hant, m.word_zh_hans)]
    data = bytearray("".join(words).encode("utf-32-le", "surrogatepass"))
    points = np.frombuffer(data, dtype=np.uint32)
    offsets = np.cumsum([0, *map(len, words)], dtype=np.int64)
    longest = int(_longest(points, offsets, chars))
    written = _write(points, offsets, first, chars, new_text(longest, needs_of()), longest)
    forms, characters, pieces, spelt = written.counts.tolist()
    starts = written.starts[: forms + 1].copy()
    keys = written.points[:characters].copy()
    return (
        Forms(
            written.mark[:forms].copy(),
            keys,
            starts,
            written.pieces[:pieces].copy(),
            written.piece_starts[: forms + 1].copy(),
            *_described(keys, starts),
            written.flags[:forms].copy(),
        ),
        written.spellings[:spelt].copy(),
        written.spelling_starts[: forms + 1].copy(),
    )


@lean
def _longest(points: Points, offsets: npt.NDArray[np.int64], chars: CharTables) -> int:
    """Return the characters of the longest word once it is folded."""
    longest = 0
    for word in range(len(offsets) - 1):
        longest = max(longest, folded_size(points, offsets[word], offsets[word + 1], chars))
    return longest


@compiled
def _write(
    points: Points,
    offsets: npt.NDArray[np.int64],
    first: int,
    chars: CharTables,
    text: TextBuffer,
    longest: int,
) -> Written:
    written = _room(0, 0)
    for mark in range((len(offsets) - 1) // WORDS_OF_MARK):
        forms = written.counts[0]
        for word in range(WORDS_OF_MARK * mark, WORDS_OF_MARK * (mark + 1)):
            lo, hi = offsets[word], offsets[word + 1]
            if lo == hi:
                continue
            read_text(points, lo, hi, False, chars, text)
            written = _with_room(written, longest + hi - lo)
            for han in range(2):
                if _put_form(written, forms, han, text, chars):
                    written.mark[written.counts[0] - 1] = first + mark
                    _spell(written, han, points, lo, hi, chars, text)
    return written


@compiled
def _room(forms: int, characters: int) -> Written:
    return Written(
        np.zeros(4, dtype=np.int64),
        np.zeros(forms, dtype=np.int32),
        np.zeros(characters, dtype=np.uint32),
        np.zeros(forms + 1, dtype=np.int32),
        np.zeros(characters, dtype=np.int32),
        np.zeros(forms + 1, dtype=np.int32),
        np.zeros(forms, dtype=np.uint8),
        np.zeros(characters, dtype=np.uint32),
        np.zeros(forms + 1, dtype=np.int32),
    )


@compiled
def _with_room(written: Written, characters: int) -> Written:
    """Return the same with room for two more forms of so many characters each."""
    forms, used, pieces, spelt = written.counts
    most = max(used, pieces, spelt) + 2 * characters
    if forms + 2 <= len(written.mark) and most <= len(written.points):
        return written
    larger = _room(2 * forms + 2, 2 * most)
    larger.counts[:] = written.counts
    larger.mark[:forms] = written.mark[:forms]
    larger.points[:used] = written.points[:used]
    larger.starts[: forms + 1] = written.starts[: forms + 1]
    larger.pieces[:pieces] = written.pieces[:pieces]
    larger.piece_starts[: forms + 1] = written.piece_starts[: forms + 1]
    larger.flags[:forms] = written.flags[:forms]
    larger.spellings[:spelt] = written.spellings[:spelt]
    larger.spelling_starts[: forms + 1] = written.spelling_starts[: forms + 1]
    return larger


@lean
def _put_form(written: Written, forms: int, han: int, text: TextBuffer, chars: CharTables) -> bool:
    """Add the Latin or Chinese form in a text; False if none, or the mark has it already.

    Args:
        written: The forms so far; those from ``forms`` on are of the same mark.
        forms: Forms of earlier marks.
        han: 1 for the Chinese form, 0 for the Latin one.
        text: The word as folded and cut.
        chars: Facts about characters.
    """
    form, start, pieces = written.counts[0], written.counts[1], written.counts[2]
    end = start
    for token in range(text.head[TOKENS]):
        if text.tokens[token, IS_HAN] != han:
            continue
        size = text.tokens[token, END] - text.tokens[token, START]
        for at in range(size):
            written.points[end + at] = text.points[text.tokens[token, LETTERS] + at]
        end += size
        written.pieces[pieces] = size
        pieces += 1
    if end == start or _known(written, forms, start, end):
        return False
    written.counts[0], written.counts[1], written.counts[2] = form + 1, end, pieces
    written.starts[form + 1] = end
    written.piece_starts[form + 1] = pieces
    flags = HAN_FORM if han else 0
    if _weak(written.points, start, end, chars):
        flags |= WEAK_FORM
    if not _usual(text, han, pieces - written.piece_starts[form]):
        flags |= UNUSUAL_FORM
    written.flags[form] = flags
    return True


@lean
def _known(written: Written, forms: int, start: int, end: int) -> bool:
    """Tell whether one of the latest forms has the key ``points[start:end]``."""
    for form in range(forms, written.counts[0]):
        lo = written.starts[form]
        same = written.starts[form + 1] - lo == end - start
        for at in range(end - start):
            same = same and written.points[lo + at] == written.points[start + at]
        if same:
            return True
    return False


@lean
def _weak(points: Points, lo: int, hi: int, chars: CharTables) -> bool:
    """Tell whether a key is one character, or nothing but digits."""
    if hi - lo < 2:
        return True
    for at in range(lo, hi):
        if facts_of(points[at], chars) & DIGIT == 0:
            return False
    return True


@lean
def _usual(text: TextBuffer, han: int, pieces: int) -> bool:
    """Tell whether the ordinary windows of a line can find the form of this text."""
    end = -1
    gaps = 0
    characters = 0
    for token in range(text.head[TOKENS]):
        if text.tokens[token, IS_HAN] != han:
            continue
        start = text.tokens[token, START]
        if end >= 0:
            gaps += 1
            if not reads_on(text.points, text.facts, end, start, han != 0):
                return False
        end = text.tokens[token, END]
        characters += end - start
    if han == 0:
        return pieces <= MOST_WORDS
    inner = characters - 1
    return gaps in (0, inner) or (gaps == 1 and inner >= _LEAST_FOR_A_LOOSE_GAP)


@lean
def _spell(
    written: Written,
    han: int,
    points: Points,
    lo: int,
    hi: int,
    chars: CharTables,
    text: TextBuffer,
) -> None:
    """Keep the Chinese characters of a word as written with its latest form, none for a Latin."""
    end = written.counts[3]
    if han:
        for at in range(lo, hi):
            # The folded text is no longer needed: its buffer takes one character at a time.
            folded = fold_into(points, at, at + 1, chars, text.points, 0)
            for place in range(folded):
                if facts_of(text.points[place], chars) & HAN:
                    written.spellings[end] = points[at]
                    end += 1
                    break
    written.counts[3] = end
    written.spelling_starts[written.counts[0]] = end


@compiled
def _described(points: Points, starts: Ints) -> tuple[Hashes, Hashes]:
    """Return the hashes of keys and the signatures of their skeletons."""
    hashes = np.empty(len(starts) - 1, dtype=np.uint64)
    signatures = np.empty(len(starts) - 1, dtype=np.uint64)
    letters = points.copy()
    for at in range(len(points)):
        letters[at] = bare(points[at])
    for form in range(len(starts) - 1):
        lo, hi = int64(starts[form]), int64(starts[form + 1])
        hashes[form] = hash_of(points, lo, hi)
        signatures[form] = signature(letters, lo, hi)
    return hashes, signatures
