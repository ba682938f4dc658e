"""Features: what speaks for a finding or against it; each is made of a few facts.

A fact is a small whole number that the core notes for a finding (``facts``); the model asks for
facts, and what it makes of them is told by feature. The texts below are published in the
reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from countermark.domain.matching.core.resemblance import (
    FAMILY_NAMES,
    NEAR,
    NEAR_END,
    READING,
    RESEMBLANCES,
    SAME,
    SAME_END,
)


@dataclass(frozen=True)
class Feature:
    """Facts that are told together, under the name that contributions bear."""

    name: str
    facts: tuple[str, ...]


resemblance: Final = Feature(
    "resemblance", ("resemblance", "letters", "script", "words", "pieces", "share")
)
"""How the words resemble the mark, and how long both are: short names are met by chance."""

edits: Final = Feature("edits", ("detail", "signs", "mark_signs", "affix"))
"""What was done to the mark: which edit, how many signs for letters, how much cut or added.

And whether what was added is a word ("NIKESPORT") or a number, rather than part of another name.
"""

place: Final = Feature("place", ("place",))
"""Where the words stand: in the brand field, after "brand:", leading, or loose in the text."""

goods: Final = Feature("goods", ("goods",))
"""Whether the goods of the HS chapter are of a Nice class the mark is recorded for."""

usage: Final = Feature("usage", ("occurs", "brandness", "ordinary", "learned"))
"""In how many other lines of the stream these words occur, and in how many as a brand.

Where the stream does not tell, whether they are ordinary English words.
"""

mark_usage: Final = Feature("mark_usage", ("mark_occurs", "mark_brandness", "mark_ordinary"))
"""How the mark itself is used, where the words only resemble it."""

declared: Final = Feature("declared", ("declared",))
"""What the brand field says, seen from the description: nothing, "no brand", another brand."""

writing: Final = Feature("writing", ("writing",))
"""How the words are written: foreign look-alike letters or invisible marks are no accident."""

capitals: Final = Feature("capitals", ("stands_out", "case"))
"""Whether the words stand out in capitals among small letters, and how they are written."""

competition: Final = Feature(
    "competition",
    ("rivals", "outdone", "explained", "rival_family", "density", "other_exact"),
)
"""Whether other marks fit the same words as well or better, and how many do."""

corroboration: Final = Feature("corroboration", ("fields",))
"""Whether the mark is found both in the description and in the brand field."""

reference: Final = Feature("reference", ("referential", "following"))
"""Whether the words before only refer to the name ("for", "compatible with", "适用于").

Or whether the words behind make it a manner ("burton colour") or the name of a company.
"""

lettering: Final = Feature("lettering", ("misspelling", "natural", "syllables"))
"""How much the words look like a name, compared with the mark, and whether they read as pinyin.

A name mistyped looks less like a name than the name does; another firm's brand looks as natural.
"""

FEATURES: Final = (
    resemblance,
    edits,
    place,
    goods,
    usage,
    mark_usage,
    declared,
    writing,
    capitals,
    competition,
    corroboration,
    reference,
    lettering,
)
"""All features, in the order in which they contribute to a score."""

FACTS: Final = tuple(fact for feature in FEATURES for fact in feature.facts)
"""All facts, in the order in which the core notes them."""

FAMILIES: Final = {
    **dict.fromkeys(RESEMBLANCES[:SAME_END], FAMILY_NAMES[SAME]),
    **dict.fromkeys(RESEMBLANCES[SAME_END:NEAR_END], FAMILY_NAMES[NEAR]),
    **dict.fromkeys(RESEMBLANCES[NEAR_END:], FAMILY_NAMES[READING]),
}
"""Resemblances by how much of the mark is literally there."""
