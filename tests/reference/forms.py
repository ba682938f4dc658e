"""Forms: the ways in which a recorded mark is written, as the layers index them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from tests.reference.windows import MOST_WORDS, reads_as_one, reads_on

from countermark.domain.matching.types import RecordedMark
from countermark.domain.text.fold import folded_text
from countermark.domain.text.skeleton import skeleton
from countermark.domain.text.tokens import Token, tokenise


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of a mark: its Latin words read as one, or its Chinese name.

    Attributes:
        mark: Position of the mark in the register.
        key: Folded letters, digits or Han characters without what separates them.
        pieces: Lengths of the words in the key, in order.
        skeleton: The key with digits and signs read as letters.
        traditional: For a Chinese name, the spelling as recorded, which Cantonese is read from.
        usual: The ordinary windows of a line can find it.
    """

    mark: int
    key: str
    pieces: tuple[int, ...]
    skeleton: str
    han: bool
    traditional: str = ""
    usual: bool = True

    @property
    def weak(self) -> bool:
        """Tell whether the form is too little to mean anything outside a brand's place."""
        return len(self.key) < 2 or self.key.isdigit()


def forms_of(position: int, mark: RecordedMark) -> list[Form]:
    """Return the distinct forms of a mark: Latin words, Chinese name, each once."""
    found: dict[str, Form] = {}
    for word in (mark.word, mark.word_zh_hant, mark.word_zh_hans):
        for form in _forms_of_word(position, word):
            found.setdefault(form.key, form)
    return list(found.values())


def _forms_of_word(position: int, word: str) -> Iterator[Form]:
    folded = folded_text(word)
    tokens = tokenise(folded)
    for han in (False, True):
        kept = [token for token in tokens if token.han == han]
        if kept:
            form = _form(position, kept, "".join(filter(_is_han, word)) if han else "")
            yield form if _usual(folded, kept) else replace(form, usual=False)


def _form(position: int, tokens: list[Token], traditional: str) -> Form:
    key = "".join(token.text for token in tokens)
    return Form(
        position,
        key,
        tuple(len(token.text) for token in tokens),
        skeleton(key),
        han=tokens[0].han,
        traditional=traditional,
    )


def _usual(folded: str, tokens: list[Token]) -> bool:
    if not all(reads_on(folded, *pair) for pair in pairwise(tokens)):
        return False
    if not tokens[0].han:
        return len(tokens) <= MOST_WORDS
    points = [point for token in tokens for point in range(token.start, token.end)]
    return reads_as_one([b - a > 1 for a, b in pairwise(points)])


def _is_han(character: str) -> bool:
    return any(token.han for token in tokenise(folded_text(character)))
