"""Facts about a finding, each as a small number with a name; features are made of them.

An ``Axis`` is one fact: a list of names, of which the core writes the place. ``None`` is "nothing
to say". A fact more is a name here, a line in ``AXES`` and the value in ``facts.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Final

from countermark.domain.matching.core.resemblance import (
    DETAILS,
    FAMILY_NAMES,
    RESEMBLANCES,
    SAME_END,
)


@dataclass(frozen=True)
class Axis:
    """One fact and the names of its values; an empty name is a value that needs no name."""

    name: str
    values: tuple[str | None, ...]


OFTEN: Final = ("once", "rare", "seldom", "some", "often", "always")
RATES: Final = (0.35, 1.0, 3.0, 10.0, 40.0)
"""Occurrences in 10,000 lines below which a key is called so; more is ``always``."""
BRANDS: Final = ("word", "mostly-word", "mixed", "mostly-brand", "brand")
SHARES: Final = (0.02, 0.2, 0.5, 0.8)
"""Share of the occurrences in a brand's place below which a key is called so."""
_KNOWN = tuple(f"{often}-{brand}" for often, brand in product(OFTEN, BRANDS))

FAMILY: Final = Axis("family", FAMILY_NAMES)
RESEMBLANCE: Final = Axis("resemblance", RESEMBLANCES)
SIZE: Final = Axis(
    "size",
    (
        *("1", "2", "3", "4", "5", "6", "7-8", "9-11", "12+"),
        *(f"han-{size}" for size in range(1, 6)),
    ),
)
EDITS: Final = Axis(
    "edits",
    (
        *("same/1", "same/2", "same/3", "same/4", "same/han"),
        *(f"{one}/{detail}" for one in RESEMBLANCES[SAME_END:] for detail in DETAILS),
    ),
)
PLACE: Final = Axis(
    "place",
    (
        *("declared-brand", "in-declared-brand", "labelled", "followed"),
        *("bracketed", "leading", "delimited", "loose"),
    ),
)
GOODS: Final = Axis("goods", (None, "agrees", "differs", "services"))
USAGE: Final = Axis(
    "usage", ("unknown-word", "unknown-name", "unseen-word", "unseen-name", *_KNOWN)
)
MARK_USAGE: Final = Axis("mark_usage", (None, "unknown", "unseen", *_KNOWN))
DECLARED: Final = Axis(
    "declared",
    (
        None,
        *(f"{said}/{place}" for said in ("empty", "none", "names") for place in ("weak", "strong")),
    ),
)
WRITING: Final = Axis("writing", (None, "as-recorded", "disguised"))
CAPITALS: Final = Axis("capitals", (None, "stands-out"))
COMPETITION: Final = Axis("competition", (None, "1", "2", "3", "outdone"))
CORROBORATION: Final = Axis("corroboration", (None, ""))
REFERENCE: Final = Axis("reference", (None, "referential"))

AXES: Final = (
    FAMILY,
    RESEMBLANCE,
    SIZE,
    EDITS,
    PLACE,
    GOODS,
    USAGE,
    MARK_USAGE,
    DECLARED,
    WRITING,
    CAPITALS,
    COMPETITION,
    CORROBORATION,
    REFERENCE,
)
"""All facts; the core keeps the value of each at its place in this list."""
