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
from itertools import pairwise

from countermark.domain.matching.cues import Places
from countermark.domain.matching.types import Field
from countermark.domain.text.fold import Folded, fold
from countermark.domain.text.skeleton import SIGNS
from countermark.domain.text.tokens import Token, tokenise

MOST_WORDS = 5
MOST_LETTERS = 16
"""Longest run of single letters read as one word."""
MOST_HAN = 8
_GAP = re.compile(r"[^,;:|()\[\]\n]{0,3}")
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

    def windows(self, longer: Sequence[int] = ()) -> Iterator[Window]:
        """Yield every window; ``longer`` are word counts above five that the register needs."""
        for run in self._runs():
            if run[0].han:
                yield from self._han_windows(run)
            else:
                yield from self._word_windows(run, longer)

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
        if left.han != right.han:
            return False
        gap = self.folded.text[left.end : right.start]
        return bool((_HAN_GAP if left.han else _GAP).fullmatch(gap))

    def _word_windows(self, run: list[Token], longer: Sequence[int]) -> Iterator[Window]:
        for first in range(len(run)):
            room = len(run) - first
            for count in range(1, min(MOST_WORDS, room) + 1):
                yield self._words(run[first : first + count])
                yield from self._signed(run[first : first + count])
            for count in longer:
                if count <= room:
                    yield self._words(run[first : first + count])
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
            han=False,
            strong=self.places.strong(start, end),
        )

    def _signed(self, tokens: Sequence[Token]) -> Iterator[Window]:
        """Yield readings of the same place in which the signs in and around it are letters."""
        text = self.folded.text
        gaps = [text[a.end : b.start] for a, b in pairwise(tokens)]
        if not all(gap and SIGNS.issuperset(gap) for gap in gaps):
            return
        start, end = tokens[0].start, tokens[-1].end
        left = start - 1 if start and text[start - 1] in SIGNS else start
        right = end + 1 if text[end : end + 1] in SIGNS else end
        for first, last in dict.fromkeys(
            ((start, end), (left, end), (start, right), (left, right))
        ):
            if gaps or (first, last) != (start, end):
                strong = self.places.strong(first, last)
                key = text[first:last]
                yield Window(first, last, key, (len(key),), han=False, strong=strong)

    def _han_windows(self, run: list[Token]) -> Iterator[Window]:
        points = [point for token in run for point in range(token.start, token.end)]
        gaps = [b - a > 1 for a, b in pairwise(points)]
        for first in range(len(points)):
            for count in range(1, min(MOST_HAN, len(points) - first) + 1):
                inner = gaps[first : first + count - 1]
                if self._reads_as_one(inner):
                    yield self._han(points[first : first + count], inner)

    @staticmethod
    def _reads_as_one(gaps: Sequence[bool]) -> bool:
        """Tell whether characters with these gaps may be one name: none, all, or one of three."""
        wide = sum(gaps)
        return wide in {0, len(gaps)} or (wide == 1 and len(gaps) >= 3)

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
