"""Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA


def distance(left: str, right: str, limit: int) -> int:
    """Return the optimal string alignment distance, or ``limit + 1`` where it is larger."""
    return int(OSA.distance(left, right, score_cutoff=limit))


def edit_kind(written: str, recorded: str) -> str:
    """Return how one edit made ``written``: inserted, deleted, swapped or replaced a letter."""
    if len(written) > len(recorded):
        return "inserted"
    if len(written) < len(recorded):
        return "deleted"
    return "swapped" if sorted(written) == sorted(recorded) else "replaced"


def deletions(word: str, count: int) -> Iterator[str]:
    """Yield what is left of ``word`` after deleting up to ``count`` characters, each string once.

    Two words within ``count`` edits of each other have at least one such string in common, which
    is how an index finds neighbours without comparing with every word.
    """
    seen = {word}
    frontier = [word]
    yield word
    for _ in range(count):
        shorter = dict.fromkeys(w[:i] + w[i + 1 :] for w in frontier for i in range(len(w)))
        frontier = [w for w in shorter if w not in seen]
        seen.update(frontier)
        yield from frontier
