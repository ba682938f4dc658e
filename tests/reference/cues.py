"""Cues: where in a line a brand stands, what says that there is none, and what only refers to one.

The phrases are in ``core.phrases``. Cues are looked for ``REACH`` characters before and after.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from countermark.domain.matching.core.phrases import (
    BRAND_WORDS,
    BRAND_WORDS_HAN,
    COUNTED,
    NAME_WORDS,
    NO_BRAND,
    REACH,
    REFERENTIAL,
    REFERENTIAL_HAN,
)
from countermark.domain.text.fold import folded_text
from countermark.domain.text.tokens import WORD, joined


class Place(Enum):
    """Where a piece of text stands; the value is its name in features, weak places last."""

    WHOLE_FIELD = "declared-brand"
    IN_FIELD = "in-declared-brand"
    LABELLED = "labelled"
    FOLLOWED = "followed"
    BRACKETED = "bracketed"
    LEADING = "leading"
    DELIMITED = "delimited"
    LOOSE = "loose"


STRONG = frozenset({Place.WHOLE_FIELD, Place.IN_FIELD, Place.LABELLED, Place.FOLLOWED})
"""Places where a trader writes a brand and little else."""

_EDGE = rf"(?<!{WORD})"
"""Where a word may begin: after anything but a letter or digit of the same kind of writing."""


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


_REFERENTIAL = re.compile(
    rf"(?:{_EDGE}(?:{_any_of(REFERENTIAL)})|{_any_of(REFERENTIAL_HAN)})[\s:,\-\"'(]*\Z"
)
_LABEL = re.compile(
    rf"(?:{_EDGE}(?:{_any_of(BRAND_WORDS)})|{_any_of(BRAND_WORDS_HAN)})"
    rf"(?:\s*(?:{_any_of(NAME_WORDS)}))?(?:[\s:=/\-\"'(\[#为是]|{_EDGE}is(?!{WORD}))*\Z"
)
_FOLLOWING = re.compile(
    rf"[\s\"')\]]{{0,{REACH}}}"
    rf"(?:brand(?:ed)?(?!{WORD})|®|™|℠|\((?:r|tm|c)\)|品?牌(?![号子]))"
)
_LEADING = re.compile(rf"[\W_]*(?:\d+[\W_]*(?:[a-z]{{1,8}}|[{COUNTED}]+)?[\W_]+)?")
_OPENING = re.compile(r"[(\[{\"'<«“【《「]\s*\Z")
_CLOSING = re.compile(rf"\s{{0,{REACH}}}[)\]}}\"'>»”】》」]")
_BEFORE = re.compile(r"(?:\A|[,;:/|()\[\]\"]|\s-)\s*\Z")
_AFTER = re.compile(rf"\s{{0,{REACH}}}(?:\Z|[,;:/|()\[\]\"]|-\s)")


class Places:
    """Where the pieces of one folded text stand; each position is looked at once."""

    def __init__(self, text: str, *, brand_field: bool) -> None:
        self.text = text
        self.brand_field = brand_field
        self._labelled: dict[int, bool] = {}
        self._followed: dict[int, bool] = {}

    def strong(self, start: int, end: int) -> bool:
        """Tell whether ``text[start:end]`` stands where a trader writes a brand and little else."""
        return self.brand_field or self.labelled(start) or self.followed(end)

    def labelled(self, start: int) -> bool:
        """Tell whether a word for "brand" introduces ``text[start:]``."""
        known = self._labelled.get(start)
        if known is None:
            known = self._labelled[start] = self._ends(_LABEL, start)
        return known

    def followed(self, end: int) -> bool:
        """Tell whether a word or sign for "brand" follows ``text[:end]``."""
        known = self._followed.get(end)
        if known is None:
            known = self._followed[end] = bool(_FOLLOWING.match(self.text, end))
        return known

    def place(self, start: int, end: int) -> Place:
        """Return where ``text[start:end]`` stands."""
        if self.brand_field:
            around = joined(self.text[:start]) + joined(self.text[end:])
            return Place.IN_FIELD if around else Place.WHOLE_FIELD
        if self.labelled(start):
            return Place.LABELLED
        if self.followed(end):
            return Place.FOLLOWED
        return self._weak_place(start, end)

    def referential(self, start: int) -> bool:
        """Tell whether the words before ``text[start:]`` only refer to it: "for X", "适用于X"."""
        return self._ends(_REFERENTIAL, start)

    def _weak_place(self, start: int, end: int) -> Place:
        if self._ends(_OPENING, start) and _CLOSING.match(self.text, end):
            return Place.BRACKETED
        if start < REACH and _LEADING.fullmatch(self.text, 0, start):
            return Place.LEADING
        if self._ends(_BEFORE, start) and _AFTER.match(self.text, end):
            return Place.DELIMITED
        return Place.LOOSE

    def _ends(self, cue: re.Pattern[str], start: int) -> bool:
        """Tell whether a cue within reach ends where ``text[start:]`` begins."""
        return bool(cue.search(self.text, max(0, start - REACH), start))


def names_no_brand(declared_brand: str) -> bool:
    """Tell whether the brand field is empty or says that the goods bear no brand."""
    value = joined(folded_text(declared_brand))
    return not value or value in NO_BRAND
