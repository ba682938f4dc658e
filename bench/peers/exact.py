"""The exact scan: an Aho-Corasick automaton of all words over whole texts, at word boundaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bench.peers.windows import Row, cued_at

Scan = Callable[[Row], dict[str, float]]


def automaton(
    words: Mapping[str, list[str]],
    stop: frozenset[str],
    cue: bool,  # noqa: FBT001
) -> Scan:
    """Return a scan of lines for words; a longer word is the surer find, which ranks the hits."""
    import ahocorasick_rs  # noqa: PLC0415 - a peer's package is imported where the peer runs

    texts = [word for word in words if word not in stop]
    found_by = ahocorasick_rs.AhoCorasick(texts)

    def scan(row: Row) -> dict[str, float]:
        found: dict[str, float] = {}
        for text, brand_field in ((row.description, False), (row.brand, True)):
            for at, start, end in found_by.find_matches_as_indexes(text, overlapping=True):
                cued = not cue or brand_field or cued_at(text, start, end)
                if cued and _bounded(text, start, end):
                    for right in words[texts[at]]:
                        found[right] = min(1.0, (end - start) / 20)
        return found

    return scan


def _bounded(text: str, start: int, end: int) -> bool:
    if not text[start].isascii():
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())
