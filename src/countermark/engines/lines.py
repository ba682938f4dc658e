"""Hits of a few lines, each as the JSON line that ``countermark screen`` writes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from countermark.domain.matching import RULES_VERSION, Line, Screener


def hit_lines(
    screener: Screener, lines: Sequence[Line], top: int
) -> Iterator[tuple[int, int, str]]:
    """Yield the index of the line, the place among its hits, and the JSON of each hit."""
    versions = {"register_version": screener.version, "rules_version": RULES_VERSION}
    for index, line in enumerate(lines):
        for place, hit in enumerate(screener.screen(line, top)):
            yield index, place, json.dumps(asdict(hit) | versions, ensure_ascii=False)
