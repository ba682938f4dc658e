"""What a mute holds back: a plain use of its phrase, where a line uses the mark nowhere else."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from typing import Final

from countermark.apps.screening.phrases import phrase_of
from countermark.domain.matching.screener import Screener
from countermark.domain.matching.types import Hit, Line

LEAST_SCORE: Final = 0.2
"""Hits scored below would be for nothing four times in five: only excused ones are recorded."""

MOST_USES: Final = 8
"""A line that uses a mark more often than this is looked at, whatever is muted."""


def only_muted(line: Line, hit: Hit, *, alone: Screener, phrases: Container[str]) -> bool:
    """Tell whether every use of the mark in a line is a muted phrase.

    A hit names the best of several uses. So the words of each are blanked out in turn, and what
    is left of the line is screened again: a second use in other words keeps the hit in the queue.

    Args:
        line: The line as declared.
        hit: The hit on it.
        alone: A screener that knows the mark of the hit and no other.
        phrases: The phrases muted for the mark.
    """
    for _ in range(MOST_USES):
        if phrase_of(hit.matched) not in phrases:
            return False
        line = _without(line, hit)
        left = [
            each for each in alone.screen(line) if each.score >= LEAST_SCORE and not each.excused
        ]
        if not left:
            return True
        hit = left[0]
    return False


def _without(line: Line, hit: Hit) -> Line:
    """Return the line with the words of a hit blanked out; every other letter keeps its place."""
    start, end = hit.span
    text = line.declared_brand if hit.field == "declared_brand" else line.goods_description
    blanked = text[:start] + " " * (end - start) + text[end:]
    if hit.field == "declared_brand":
        return replace(line, declared_brand=blanked)
    return replace(line, goods_description=blanked)
