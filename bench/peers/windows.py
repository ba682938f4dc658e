"""What every peer is fed: folded texts, windows of them, a stop list, and places of brands.

Written apart from the product on purpose, but for the folding table, which the peers are given.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from countermark.domain.text.fold import folded_text

MOST_WORDS = 3
HAN_LENGTHS = range(2, 6)
SHORTEST_WORD = 3
STREAM_LINES = 50_000
"""Unlabelled lines from which the stop list is learned."""
STOP_SHARE = 1 / 1000
"""A window in more than this share of the lines of the stream is a stop word."""

_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_STARTS_HAN = re.compile(f"[{_HAN}]")
_LABEL = re.compile(r"(?:\bbrand|\btrade ?mark|品牌|商标)\s*[:：]?\s*$")
_FOLLOWED = re.compile(r"\s*(?:brand\b|牌(?!号))")


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring words, or a piece of a run of Han characters.

    Attributes:
        text: The words with blanks between them.
        key: The words without blanks.
        cued: It stands where a trader writes a brand.
    """

    text: str
    key: str
    cued: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its number and its two fields, as the peer reads them."""

    line: str
    description: str
    brand: str


def read_rows(path: Path, fold: bool) -> Iterator[Row]:  # noqa: FBT001 - one switch of all peers
    """Yield the lines of a CSV file, folded or only in small letters."""
    read = folded_text if fold else str.lower
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield Row(row["line_id"], read(row["goods_description"]), read(row["declared_brand"]))


def read_words(path: Path, fold: bool) -> dict[str, list[str]]:  # noqa: FBT001
    """Return every distinct word of a register, blanks between its parts, with its rights."""
    read = folded_text if fold else str.lower
    words: dict[str, list[str]] = {}
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for column in ("word", "word_zh_hans", "word_zh_hant"):
                text = " ".join(_TOKEN.findall(read(row[column])))
                rights = words.setdefault(text, []) if len(text) > 1 else []
                if row["right_id"] not in rights:
                    rights.append(row["right_id"])
    return words


def windows(row: Row) -> list[Window]:
    """Return the distinct windows of a line, cued where any of their places is."""
    found: dict[str, Window] = {}
    for text, brand_field in ((row.description, False), (row.brand, True)):
        for window in _of_text(text, brand_field):
            if window.text not in found or window.cued:
                found[window.text] = window
    return list(found.values())


def _of_text(text: str, brand_field: bool) -> Iterator[Window]:  # noqa: FBT001
    tokens = list(_TOKEN.finditer(text))
    for at, token in enumerate(tokens):
        if _STARTS_HAN.match(token.group()):
            yield from _of_han(text, token.start(), token.end(), brand_field)
            continue
        for last in tokens[at : at + MOST_WORDS]:
            if _STARTS_HAN.match(last.group()):
                break
            words = [t.group() for t in tokens[at : tokens.index(last, at) + 1]]
            key = "".join(words)
            if len(key) >= SHORTEST_WORD:
                cued = brand_field or cued_at(text, token.start(), last.end())
                yield Window(" ".join(words), key, cued)


def _of_han(text: str, start: int, end: int, brand_field: bool) -> Iterator[Window]:  # noqa: FBT001
    for size in HAN_LENGTHS:
        for first in range(start, end - size + 1):
            piece = text[first : first + size]
            cued = brand_field or cued_at(text, first, first + size)
            yield Window(piece, piece, cued)


def cued_at(text: str, start: int, end: int) -> bool:
    return bool(_LABEL.search(text, max(0, start - 20), start) or _FOLLOWED.match(text, end))


def stop_list(path: Path, fold: bool) -> frozenset[str]:  # noqa: FBT001
    """Return the windows that are frequent in an unlabelled stream and hardly ever a brand."""
    occurs, cued, lines = Counter[str](), Counter[str](), 0
    for row in islice(read_rows(path, fold), STREAM_LINES):
        lines += 1
        seen = windows(row)
        occurs.update(window.text for window in seen)
        cued.update(window.text for window in seen if window.cued)
    least = max(3.0, STOP_SHARE * lines)
    return frozenset(w for w, n in occurs.items() if n >= least and cued[w] < 0.1 * n)
