"""Ways in which a mark is written so that a plain search does not find it."""

from __future__ import annotations

import random
from collections.abc import Callable

from demo.world import Mark

_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "E": "3", "S": "5"})
# Cyrillic and Greek letters that look like the Latin ones.
_FOREIGN = str.maketrans({"A": "А", "O": "О", "E": "Е", "K": "К", "M": "М", "T": "Т"})


def disguised(mark: Mark, rng: random.Random, *, chinese: bool) -> str:
    """Return one way of writing a mark: in Chinese for mainland declarations, else in Latin."""
    ways = _CHINESE if chinese else _LATIN
    return rng.choice(ways)(mark, rng)


def plain(mark: Mark, _rng: random.Random) -> str:
    """Return the word itself: not everybody hides it."""
    return mark.word


def lookalikes(mark: Mark, _rng: random.Random) -> str:
    """Return the word with digits in place of letters."""
    return mark.word.translate(_LOOKALIKES)


def foreign_letters(mark: Mark, _rng: random.Random) -> str:
    """Return the word with Cyrillic letters that look the same."""
    return mark.word.translate(_FOREIGN)


def doubled(mark: Mark, rng: random.Random) -> str:
    """Return the word with one letter twice."""
    place = rng.randrange(2, len(mark.word) - 1)
    return mark.word[:place] + mark.word[place - 1] + mark.word[place:]


def spaced(mark: Mark, _rng: random.Random) -> str:
    """Return the word with its letters apart."""
    return " ".join(mark.word)


def simplified(mark: Mark, _rng: random.Random) -> str:
    """Return the name in Simplified characters."""
    return mark.zh_hans


def traditional(mark: Mark, _rng: random.Random) -> str:
    """Return the name in Traditional characters, on a mainland declaration."""
    return mark.zh_hant


def dotted(mark: Mark, _rng: random.Random) -> str:
    """Return the name with a mark between its characters."""
    return "·".join(mark.zh_hans)


_Way = Callable[[Mark, random.Random], str]
_LATIN: tuple[_Way, ...] = (plain, lookalikes, foreign_letters, doubled, spaced, traditional)
_CHINESE: tuple[_Way, ...] = (simplified, traditional, dotted, plain, doubled, lookalikes)
