"""Readings of Han text: how a Chinese name sounds in Mandarin and Cantonese, without tones."""

from __future__ import annotations

from itertools import islice, product

from countermark.domain.text import reading_table

MOST_READINGS = 8
"""Combinations of readings kept for one word, the most usual first."""


def mandarin(character: str) -> tuple[str, ...]:
    """Return the pinyin syllables of a character, the most usual first; empty if unknown."""
    return _MANDARIN.get(character, ())


def cantonese(character: str) -> tuple[str, ...]:
    """Return the jyutping syllables of a character, the most usual first; empty if unknown."""
    return _CANTONESE.get(character, ())


def readable() -> list[str]:
    """Return every character that has a reading in some language, in order."""
    return sorted(_MANDARIN.keys() | _CANTONESE.keys())


def syllables() -> list[str]:
    """Return every pinyin syllable, in order."""
    return sorted({syllable for readings in _MANDARIN.values() for syllable in readings})


def pinyin_readings(word: str) -> list[tuple[str, ...]]:
    """Return the likely pinyin readings of a word, each a tuple of one syllable a character."""
    return _readings(word, _MANDARIN)


def jyutping_readings(word: str) -> list[tuple[str, ...]]:
    """Return the likely jyutping readings of a word, each a tuple of one syllable a character."""
    return _readings(word, _CANTONESE)


def _readings(word: str, table: dict[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    syllables = [table.get(character, ()) for character in word]
    if not all(syllables):
        return []
    ranked = product(*(enumerate(found) for found in syllables))
    usual = sorted(
        islice(ranked, 4 * MOST_READINGS), key=lambda reading: sum(r for r, _ in reading)
    )
    return [tuple(syllable for _, syllable in reading) for reading in usual[:MOST_READINGS]]


def _table(block: str) -> dict[str, tuple[str, ...]]:
    ranked: dict[str, list[tuple[int, str]]] = {}
    for line in block.strip().splitlines():
        syllable, rank, characters = line.split(" ")
        for character in characters:
            ranked.setdefault(character, []).append((int(rank), syllable))
    return {c: tuple(syllable for _, syllable in sorted(found)) for c, found in ranked.items()}


_MANDARIN = _table(reading_table.MANDARIN)
_CANTONESE = _table(reading_table.CANTONESE)
