"""Model: boosted trees over the facts of a finding; ``core.trees`` runs them."""

from __future__ import annotations

import sys
import zlib
from array import array
from base64 import b85decode, b85encode
from dataclasses import dataclass
from typing import Final

UNITS: Final = 10_000
"""Steps between 0 and 1 in which scores and contributions are counted; their sums are exact."""
HEAD: Final = 5
"""Numbers before those of the trees in a packed model."""


@dataclass(frozen=True, slots=True)
class Model:
    """Trees whose leaves add up to the log-odds of a finding.

    Attributes:
        name: Version of the model, written into every result.
        start: Log-odds before anything is known, in steps of 1/4096, as all of them are.
        first_trees: After so many trees a finding with log-odds below ``hopeless`` is given up.
        hopeless: See above.
        nodes: Four numbers a node: the fact it asks for, -1 in a leaf; the highest value that goes
            to the next node; how far on the other branch begins; log-odds.
        roots: Where each tree begins.
    """

    name: str
    start: int
    first_trees: int
    hopeless: int
    nodes: tuple[int, ...]
    roots: tuple[int, ...]


def packed(model: Model) -> str:
    """Return a model as text."""
    head = (model.start, model.first_trees, model.hopeless, len(model.roots), len(model.nodes))
    numbers = array("i", (*head, *model.roots, *model.nodes))
    if sys.byteorder == "big":
        numbers.byteswap()
    return b85encode(zlib.compress(model.name.encode() + b"\0" + numbers.tobytes(), 9)).decode()


def unpacked(text: str) -> Model:
    """Return the model that a text was packed from.

    Raises:
        ValueError: The text is not a packed model.
    """
    try:
        name, _, data = zlib.decompress(b85decode(text)).partition(b"\0")
        numbers = array("i", data)
        if sys.byteorder == "big":
            numbers.byteswap()
        start, first_trees, hopeless, roots, nodes = numbers[:HEAD]
        if len(numbers) != HEAD + roots + nodes:
            raise ValueError(text)
        body = tuple(numbers[HEAD:])
        return Model(name.decode(), start, first_trees, hopeless, body[roots:], body[:roots])
    except (zlib.error, UnicodeDecodeError, ValueError) as error:
        raise ValueError("not a packed model") from error
