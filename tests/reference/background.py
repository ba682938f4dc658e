"""Background: how words are used in a stream of lines that nobody has labelled.

Half of all recorded names are also ordinary words (Made, Red, Case). How often a word occurs says
little, for Apple occurs often too; what tells is the share of its occurrences that stand where a
brand is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.reference.cues import names_no_brand
from tests.reference.windows import Text, Window

from countermark.domain.matching.types import Line

MOST_WORDS = 3
MOST_HAN = 5
LONGEST = 24
ORDINARY_SHARE = 1 / 20
"""A word is ordinary where fewer than this share of its occurrences are in a brand's place."""
ORDINARY_LINES = 8


@dataclass(frozen=True, slots=True)
class Background:
    """Counts over ``lines`` lines: in how many a key occurs, in how many where a brand is named."""

    lines: int = 0
    occurs: Counter[str] = field(default_factory=Counter)
    as_brand: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Background:
        """Return the counts of a stream of lines."""
        total, occurs, as_brand = 0, Counter[str](), Counter[str]()
        for line in lines:
            total += 1
            seen = _windows(line)
            occurs[own_key(line)] += 1
            occurs.update(seen.keys())
            as_brand.update(key for key, strong in seen.items() if strong)
        return cls(total, occurs, as_brand)

    def per_10_000(self, key: str) -> float:
        """Return in how many of 10,000 lines the key occurs."""
        return 10_000 * self.occurs[key] / self.lines if self.lines else 0.0

    def brandness(self, key: str) -> float:
        """Return the share of a key's occurrences where a brand is named, 0 if it never occurs."""
        return self.as_brand[key] / self.occurs[key] if self.occurs[key] else 0.0

    def ordinary(self, key: str) -> bool:
        """Tell whether the key is a word of the trade: frequent, and hardly ever a brand."""
        occurs = self.occurs.get(key, 0)
        return occurs >= ORDINARY_LINES and self.as_brand.get(key, 0) < ORDINARY_SHARE * occurs

    def ordinary_window(self, window: Window) -> bool:
        """Tell whether a window is an ordinary word, or is made of ordinary words and numbers."""
        if self.ordinary(window.key):
            return True
        if len(window.pieces) < 2 or window.han:
            return False
        return min(window.pieces) > 1 and all(
            word.isdigit() or self.ordinary(word) for word in window.words
        )


def own_key(line: Line) -> str:
    """Return the text of a line as it is counted beside its words."""
    return f"{line.goods_description}\n{line.declared_brand}"


def _windows(line: Line) -> dict[str, bool]:
    """Return the keys of a line and whether any of their places is one where a brand is named."""
    seen: dict[str, bool] = {}
    for text in texts_of(line):
        for window in text.windows():
            if _counted(window):
                seen[window.key] = window.strong or seen.get(window.key, False)
    return seen


def _counted(window: Window) -> bool:
    if window.strong:
        return True
    if window.han:
        return len(window.pieces) == 1 and len(window.key) <= MOST_HAN
    return len(window.pieces) <= MOST_WORDS and len(window.key) <= LONGEST


def texts_of(line: Line) -> list[Text]:
    """Return the fields of a line in which a mark may stand, folded; a brand field saying
    "no brand" is not one of them."""
    texts = [Text.of("goods_description", line.goods_description)]
    if not names_no_brand(line.declared_brand):
        texts.append(Text.of("declared_brand", line.declared_brand))
    return texts
