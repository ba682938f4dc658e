"""Skeleton: a second view of a folded word in which digits and signs stand for letters.

The folding table leaves digits and signs alone, because article numbers are not words. The
skeleton merges each class of characters that are written for one another, on both sides.
"""

from __future__ import annotations

CLASSES = {
    "i": "1l!|",
    "o": "0",
    "e": "3",
    "a": "4@",
    "s": "5$",
    "t": "7",
    "b": "8",
    "g": "96",
    "z": "2",
}

_TABLE = {ord(sign): letter for letter, signs in CLASSES.items() for sign in signs}

SIGNS = frozenset("!|@$")
"""Members of the classes that are not letters or digits, and so stand between tokens."""


def skeleton(folded: str) -> str:
    """Return the skeleton of a folded word; always of the same length."""
    return folded.translate(_TABLE)


def disguised(folded: str, other: str) -> int:
    """Return how many characters of two words of equal skeleton differ."""
    return sum(a != b for a, b in zip(folded, other, strict=True))
