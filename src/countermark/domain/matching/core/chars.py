"""Characters: what folding makes of each code point and what kind of character it is, as arrays.

The tables are in pages of 256 code points. Most pages are alike, for most characters fold to
themselves, so that all of Unicode takes some hundred kilobytes.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from countermark.domain.matching.core.hashing import Points
from countermark.domain.matching.core.jit import int64, lean
from countermark.domain.text.fold import TABLE
from countermark.domain.text.skeleton import SIGNS

HAN: Final = 1
"""Part of a run of Han characters, as ``domain.text.tokens`` has them."""
WORD: Final = 2
"""Part of a word: a letter or digit that is not Han."""
SIGN: Final = 4
"""A sign that may stand for a letter."""
BLANK: Final = 8
"""``str.isspace``, as are the next ones: ``isalpha``, ``isdigit``, ``isdecimal``, ``isalnum``."""
ALPHA: Final = 16
DIGIT: Final = 32
DECIMAL: Final = 64
ALNUM: Final = 128
UPPER: Final = 256
"""A capital, as ``str.isupper`` tells; then ``str.islower``, and the digraphs like ǅ."""
LOWER: Final = 512
TITLE: Final = 1024
SEVERAL: Final = 2048
"""Folds to no character or to several."""

LONGEST_FOLD: Final = max(map(len, TABLE.values()))
"""Most characters that one character folds to."""

_POINTS = 0x110000
_PAGE = 256
_HAN_RANGES = ((0x3005, 0x3005), (0x3007, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF))
_HAN_PLANES = (0x20000, 0x3FFFF)


class CharTables(NamedTuple):
    """Facts and foldings of all code points.

    Attributes:
        pages: For each 256 code points the page of ``delta`` and ``facts`` that describes them.
        delta: What folding adds to a code point; for one that folds to no character or to
            several, where they stand in ``several``.
        facts: ``HAN``, ``WORD`` and so on, added up.
        several: Foldings one after the other, each preceded by its length.
    """

    pages: npt.NDArray[np.uint16]
    delta: npt.NDArray[np.int32]
    facts: npt.NDArray[np.uint16]
    several: npt.NDArray[np.uint32]


@cache
def char_tables() -> CharTables:
    """Return the tables of the folding table and of this Python's Unicode data."""
    facts = _facts()
    delta, several = _folding(facts)
    pages = np.zeros(_POINTS // _PAGE, dtype=np.uint16)
    kept: dict[bytes, int] = {}
    first: list[int] = []
    for page in range(len(pages)):
        part = slice(page * _PAGE, (page + 1) * _PAGE)
        number = kept.setdefault(delta[part].tobytes() + facts[part].tobytes(), len(kept))
        pages[page] = number
        if number == len(first):
            first.append(page)
    return CharTables(
        pages,
        delta.reshape(-1, _PAGE)[first].ravel(),
        facts.reshape(-1, _PAGE)[first].ravel(),
        several,
    )


def _facts() -> npt.NDArray[np.uint16]:
    points = np.arange(_POINTS, dtype=np.uint32)
    characters = points.view("U1")
    facts = np.zeros(_POINTS, dtype=np.uint16)
    upper = np.strings.isupper(characters)
    for bit, has in (
        (BLANK, np.strings.isspace(characters)),
        (ALPHA, np.strings.isalpha(characters)),
        (DIGIT, np.strings.isdigit(characters)),
        (DECIMAL, np.strings.isdecimal(characters)),
        (ALNUM, np.strings.isalnum(characters)),
        (UPPER, upper),
        (LOWER, np.strings.islower(characters)),
        (TITLE, np.strings.istitle(characters) & ~upper),
    ):
        facts[has] |= bit
    for lowest, highest in (*_HAN_RANGES, _HAN_PLANES):
        facts[lowest : highest + 1] |= HAN
    facts[(facts & (ALNUM | HAN)) == ALNUM] |= WORD
    facts[[ord(sign) for sign in SIGNS]] |= SIGN
    return facts


def _folding(facts: npt.NDArray[np.uint16]) -> tuple[npt.NDArray[np.int32], Points]:
    """Return ``delta`` of every code point and ``several``; marks ``SEVERAL`` in the facts."""
    delta = np.zeros(_POINTS, dtype=np.int32)
    several, known = [0], {"": 0}
    for point, target in TABLE.items():
        if len(target) == 1:
            delta[point] = ord(target) - point
            continue
        if target not in known:
            known[target] = len(several)
            several.extend((len(target), *map(ord, target)))
        facts[point] |= SEVERAL
        delta[point] = known[target]
    return delta, np.array(several, dtype=np.uint32)


@lean
def cell_of(point: int, chars: CharTables) -> int:
    """Return where ``delta`` and ``facts`` describe a code point."""
    return (int64(chars.pages[point >> 8]) << 8) | (point & 255)


@lean
def facts_of(point: int, chars: CharTables) -> int:
    """Return the facts of a code point: ``facts_of(point, chars) & ALPHA`` and so on."""
    return int64(chars.facts[cell_of(int64(point), chars)])


@lean
def fold_into(points: Points, lo: int, hi: int, chars: CharTables, out: Points, at: int) -> int:
    """Write ``points[lo:hi]`` folded to ``out[at:]`` and return its end, or -1 for want of room."""
    for index in range(lo, hi):
        point = int64(points[index])
        cell = cell_of(point, chars)
        first, count = int64(chars.delta[cell]), int64(1)
        if chars.facts[cell] & SEVERAL:
            count = int64(chars.several[first])
        if at + count > len(out):
            return -1
        if chars.facts[cell] & SEVERAL:
            for offset in range(count):
                out[at + offset] = chars.several[first + 1 + offset]
        else:
            out[at] = point + first
        at += count
    return at


def points_of(text: str) -> Points:
    """Return the code points of a text, lone surrogates included."""
    # Writable, for arrays that are not are of another type, for which all is compiled again.
    return np.frombuffer(bytearray(text.encode("utf-32-le", "surrogatepass")), dtype=np.uint32)
