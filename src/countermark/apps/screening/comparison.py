"""Two spellings beside each other, with the letters in which they differ marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of letters that all differ from the other spelling, or all agree with it."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was declared and what is recorded, each in pieces that join to the whole."""

    declared: tuple[Piece, ...]
    recorded: tuple[Piece, ...]

    @property
    def equal(self) -> bool:
        """Whether no letter differs but for its case."""
        return not any(piece.differs for piece in (*self.declared, *self.recorded))


def compare(declared: str, recorded: Iterable[str]) -> Comparison:
    """Compare a spelling with the nearest of the recorded ones, letter by letter.

    Letters are compared as they are, but for case: a Cyrillic letter that looks like a Latin one
    differs, and so does a Traditional character from its Simplified form.

    Args:
        declared: The text as declared.
        recorded: The mark in its scripts; empty ones are passed over, one at least is filled.
    """
    ours = _letters(declared)
    nearest = min(
        filter(None, recorded), key=lambda word: Levenshtein.distance(ours, _letters(word))
    )
    steps = Levenshtein.opcodes(ours, _letters(nearest))
    left = ((declared[s.src_start : s.src_end], s.tag != "equal") for s in steps)
    right = ((nearest[s.dest_start : s.dest_end], s.tag != "equal") for s in steps)
    return Comparison(tuple(_joined(left)), tuple(_joined(right)))


def _letters(text: str) -> list[str]:
    """Return each character without case; a list, so that one stays one (ß, İ)."""
    return [letter.casefold() for letter in text]


def _joined(parts: Iterable[tuple[str, bool]]) -> Iterator[Piece]:
    """Join neighbours of one kind and leave out empty parts."""
    text, kind = "", False
    for part, differs in parts:
        if part and text and differs != kind:
            yield Piece(text, kind)
            text = ""
        if part:
            text, kind = text + part, differs
    if text:
        yield Piece(text, kind)
