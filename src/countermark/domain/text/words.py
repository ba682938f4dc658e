"""Ordinary English words: a recorded name that is also one is met without being meant."""

from __future__ import annotations

from collections.abc import Iterator

from countermark.domain.text.word_table import WORDS

SHORTEST = 3
"""Letters of the shortest word in the table."""

_SUFFIXES = ("s", "es", "d", "ed", "ing", "ly")
_TABLE = frozenset(WORDS.split())


def is_ordinary(word: str) -> bool:
    """Tell whether a folded word is an ordinary English word or a regular form of one."""
    return word in _TABLE or not _TABLE.isdisjoint(stems(word))


def stems(word: str) -> Iterator[str]:
    """Yield what a word may be a regular form of: socks of sock, wiped of wipe, fitting of fit."""
    for suffix in _SUFFIXES:
        stem = word.removesuffix(suffix)
        if stem == word or len(stem) < SHORTEST:
            continue
        yield stem
        if suffix == "ing":
            yield f"{stem}e"
        if suffix in {"es", "ed"} and stem.endswith("i"):
            yield f"{stem[:-1]}y"
        if suffix in {"ed", "ing"} and stem[-1] == stem[-2]:
            yield stem[:-1]
