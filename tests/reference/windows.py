"""Windows: the pieces of a line that are looked up in the register.

A window is one to five neighbouring words read as one, a run of single letters, or a piece of
Chinese text, contiguous or spaced out. Windows overlap; which of them means something is decided
later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise, product, takewhile

from tests.reference.cues import Places

from countermark.domain.matching.types import Field
from countermark.domain.text.fold import Folded, fold
from countermark.domain.text.skeleton import SIGNS
from countermark.domain.text.tokens import Token, tokenise
from countermark.domain.text.words import is_ordinary

MOST_WORDS = 5
MOST_LETTERS = 16
"""Longest run of single letters read as one word."""
MOST_HAN = 8
MOST_SIGNS = 2
"""Signs before and after a word that may be letters of it."""
_GAP = re.compile(r"\||[^,;:|()\[\]\n]{0,3}")  # a bar alone may be a letter: SKY|INE
_HAN_GAP = re.compile(r"[\s\-_.·・*~/]{1,3}")


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring tokens read as one: ``text[start:end]`` of a folded field.

    Attributes:
        key: Letters, digits and Han characters of the window without what separates them; in a
            signed reading also the signs that stand for letters (``adid@s``).
        pieces: Lengths of the tokens in the key, in order.
        strong: The window stands where a trader writes a brand.
    """

    start: int
    end: int
    key: str
    pieces: tuple[int, ...]
    han: bool
    strong: bool

    @property
    def words(self) -> list[str]:
        """Return the tokens of the window."""
        ends = accumulate(self.pieces)
        return [self.key[end - size : end] for end, size in zip(ends, self.pieces, strict=True)]

    @property
    def ordinary(self) -> bool:
        """Tell whether the window is made of ordinary English words and numbers."""
        return all(word.isdigit() or is_ordinary(word) for word in self.words)


@dataclass(frozen=True, slots=True)
class Needs:
    """Windows beyond the ordinary without which some mark of a register could not be found.

    Attributes:
        pieces: Word lengths of marks of more than five words, or with unusual gaps.
        han_lengths: Lengths of Chinese names of more than eight characters.
    """

    pieces: tuple[tuple[int, ...], ...] = ()
    han_lengths: tuple[int, ...] = ()


NO_NEEDS = Needs()


def _signs_at_end(text: str) -> int:
    """Return how many characters at the end of a text are signs that stand for letters."""
    return sum(1 for _ in takewhile(SIGNS.__contains__, reversed(text)))


def reads_on(text: str, left: Token, right: Token) -> bool:
    """Tell whether two neighbouring tokens of a folded text may be parts of one name."""
    if left.han != right.han:
        return False
    gap = text[left.end : right.start]
    return bool((_HAN_GAP if left.han else _GAP).fullmatch(gap))


def reads_as_one(gaps: Sequence[bool]) -> bool:
    """Tell whether Han characters with gaps so may be one name: none, all, or one in four."""
    wide = sum(gaps)
    return wide in {0, len(gaps)} or (wide == 1 and len(gaps) >= 3)


@dataclass(frozen=True)
class Text:
    """One field of a line, folded and cut into tokens once."""

    field: Field
    folded: Folded
    places: Places

    @classmethod
    def of(cls, field: Field, value: str) -> Text:
        """Return the field folded."""
        folded = fold(value)
        return cls(field, folded, Places(folded.text, brand_field=field == "declared_brand"))

    @cached_property
    def _has_signs(self) -> bool:
        return not SIGNS.isdisjoint(self.folded.text)

    @cached_property
    def tokens(self) -> list[Token]:
        """Return the tokens of the field."""
        return tokenise(self.folded.text)

    def in_capitals(self, start: int, end: int) -> bool:
        """Tell whether ``original[start:end]`` stands out in capitals among small letters."""
        original = self.folded.original
        inside = original[start:end]
        outside = original[:start] + original[end:]
        raised = inside.isupper() or (inside.istitle() and not outside.istitle())
        return raised and sum(map(str.islower, outside)) > sum(map(str.isupper, outside))

    def windows(self, needs: Needs = NO_NEEDS) -> Iterator[Window]:
        """Yield every window, and those beyond the ordinary that the register needs."""
        for run in self._runs():
            if run[0].han:
                yield from self._han_windows(run, needs.han_lengths)
            else:
                yield from self._word_windows(run)
        for pieces in needs.pieces:
            yield from self._exactly(pieces)

    def _exactly(self, pieces: tuple[int, ...]) -> Iterator[Window]:
        """Yield the neighbouring tokens of one kind that have these lengths, whatever the gaps."""
        for first in range(len(self.tokens) - len(pieces) + 1):
            tokens = self.tokens[first : first + len(pieces)]
            alike = len({token.han for token in tokens}) == 1
            if alike and tuple(len(token.text) for token in tokens) == pieces:
                yield self._words(tokens)

    def _runs(self) -> Iterator[list[Token]]:
        """Yield groups of neighbouring tokens of one kind that may be read together."""
        run: list[Token] = []
        for token in self.tokens:
            if run and not self._continues(run[-1], token):
                yield run
                run = []
            run.append(token)
        if run:
            yield run

    def _continues(self, left: Token, right: Token) -> bool:
        return reads_on(self.folded.text, left, right)

    def _word_windows(self, run: list[Token]) -> Iterator[Window]:
        for first in range(len(run)):
            room = len(run) - first
            for count in range(1, min(MOST_WORDS, room) + 1):
                yield self._words(run[first : first + count])
                if self._has_signs:
                    yield from self._signed(run[first : first + count])
            yield from self._letters(run[first : first + MOST_LETTERS])

    def _letters(self, run: list[Token]) -> Iterator[Window]:
        """Yield the runs of more than five single letters that start here."""
        for count, token in enumerate(run, 1):
            if len(token.text) > 1:
                return
            if count > MOST_WORDS:
                yield self._words(run[:count])

    def _words(self, tokens: Sequence[Token]) -> Window:
        start, end = tokens[0].start, tokens[-1].end
        return Window(
            start,
            end,
            "".join(token.text for token in tokens),
            tuple(len(token.text) for token in tokens),
            han=tokens[0].han,
            strong=self.places.strong(start, end),
        )

    def _signed(self, tokens: Sequence[Token]) -> Iterator[Window]:
        """Yield readings of the same place in which the signs in and around it are letters."""
        text = self.folded.text
        gaps = [text[a.end : b.start] for a, b in pairwise(tokens)]
        if not all(gap and SIGNS.issuperset(gap) for gap in gaps):
            return
        start, end = tokens[0].start, tokens[-1].end
        firsts = range(start - _signs_at_end(text[max(0, start - MOST_SIGNS) : start]), start + 1)
        lasts = range(end, end + _signs_at_end(text[end : end + MOST_SIGNS][::-1]) + 1)
        for first, last in product(firsts, lasts):
            if gaps or (first, last) != (start, end):
                strong = self.places.strong(first, last)
                key = text[first:last]
                yield Window(first, last, key, (len(key),), han=False, strong=strong)

    def _han_windows(self, run: list[Token], longer: Sequence[int]) -> Iterator[Window]:
        points = [point for token in run for point in range(token.start, token.end)]
        gaps = [b - a > 1 for a, b in pairwise(points)]
        counts = [*range(1, MOST_HAN + 1), *longer]
        for first in range(len(points)):
            for count in counts:
                inner = gaps[first : first + count - 1]
                if first + count <= len(points) and reads_as_one(inner):
                    yield self._han(points[first : first + count], inner)

    def _han(self, points: Sequence[int], gaps: Sequence[bool]) -> Window:
        pieces, size = [], 1
        for gap in gaps:
            if gap:
                pieces.append(size)
                size = 0
            size += 1
        start, end = points[0], points[-1] + 1
        return Window(
            start,
            end,
            "".join(self.folded.text[point] for point in points),
            (*pieces, size),
            han=True,
            strong=self.places.strong(start, end),
        )
