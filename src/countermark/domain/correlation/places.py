"""Keys of addresses, marks and routes."""

from __future__ import annotations

from typing import Final

from countermark.domain.text.fold import folded_text
from countermark.domain.text.tokens import joined, tokenise

SHORTEST_ADDRESS: Final = 6
_WORDS: Final = {
    "rd": "road",
    "st": "street",
    "ave": "avenue",
    "bldg": "building",
    "blk": "block",
    "ctr": "centre",
    "center": "centre",
    "f": "floor",
    "fl": "floor",
    "flr": "floor",
    "rm": "room",
    "ind": "industrial",
    "dist": "district",
}


def address_key(text: str) -> str:
    """Return an address without case, width, script and signs, short words written out.

    Numerals are kept, and kept apart: ``1-2`` is not ``12``. Empty below six characters.
    """
    value = ""
    for token in tokenise(folded_text(text)):
        word = _WORDS.get(token.text, token.text)
        apart = value[-1:].isdigit() and word[0].isdigit()
        value += f"-{word}" if apart else word
    return value if len(value) >= SHORTEST_ADDRESS else ""


def mark_key(label: str) -> str:
    """Return the words of a mark without case, width, script and signs."""
    return joined(folded_text(label))


def route_key(departure: str, destination: str, direction: str, transport_mode: str) -> str:
    """Return how goods moved, or nothing where one of the four is missing."""
    parts = (joined(folded_text(departure)), joined(folded_text(destination)))
    whole = (*parts, direction, transport_mode)
    return "/".join(whole) if all(whole) else ""
