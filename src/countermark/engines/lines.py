"""Hits of some lines, each as the JSON line that ``countermark screen`` writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, groupby

from countermark.domain.matching import Line, Screener
from countermark.domain.matching.core.columns import columns_of
from countermark.domain.matching.core.screen import LINE
from countermark.engines.writing import json_lines


def hit_lines(
    screener: Screener, lines: Sequence[Line], top: int
) -> Iterator[tuple[int, int, str]]:
    """Yield the index of the line, the place among its hits, and the JSON of each hit."""
    columns = columns_of(lines)
    hits = screener.screen_columns(columns, top)
    texts = iter(json_lines(screener, columns, hits).decode().split("\n"))
    for index, same in groupby(hits.rows[:, LINE].tolist()):
        for place, _ in zip(count(), same, strict=False):
            yield index, place, next(texts)
