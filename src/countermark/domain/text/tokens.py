"""Tokens of a folded text: words and runs of Han characters, with their offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
WORD = rf"[^\W_{_HAN}]"
"""Pattern of a letter or digit of a word, which no Han character is."""
_TOKEN = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<word>{WORD}+)")


@dataclass(frozen=True, slots=True)
class Token:
    """A maximal run of letters and digits, or of Han characters: ``folded[start:end]``."""

    text: str
    start: int
    end: int
    han: bool


def tokenise(folded: str) -> list[Token]:
    """Return the tokens of a folded text in order; what is neither letter nor digit separates."""
    return [
        Token(match.group(), match.start(), match.end(), match.lastgroup == "han")
        for match in _TOKEN.finditer(folded)
    ]


def joined(folded: str) -> str:
    """Return the letters, digits and Han characters of a folded text, nothing between them."""
    return "".join(match.group() for match in _TOKEN.finditer(folded))
