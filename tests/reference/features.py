"""Features: what is known about one finding, each as a level of a short list.

A feature is a function from a finding to the name of its level, or to an empty string where it has
nothing to say; the model gives every level its points. Adding one is adding a function to
``FEATURES`` and training the model anew. The docstrings are published in the reference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.reference.background import Background
from tests.reference.cues import Place
from tests.reference.layers import Match

from countermark.domain.matching.types import Field

FAMILIES = {
    **dict.fromkeys(("exact", "joined", "split", "spaced"), "same"),
    **dict.fromkeys(("skeleton", "typo", "affixed", "truncated", "phonetic"), "near"),
    **dict.fromkeys(("pinyin", "jyutping", "han-homophone", "han-variant"), "reading"),
}
"""Resemblances by how much of the mark is literally there."""


@dataclass(slots=True)
class Finding:
    """One mark found at one place of a line, with all that its features look at.

    Attributes:
        window_key: Folded text of the place; ``original`` is the text as written.
        ordinary: The place is made of ordinary English words.
        goods: ``agrees``, ``differs``, ``services`` or ``unknown``.
        declared: What the brand field says: ``empty``, ``none`` (no brand), ``names``.
        rivals: Other marks found in the same words with at least as strong a resemblance.
        outdone: Another mark is found in the same words, or in more of them, more strongly.
        fields: Number of fields in which the mark is found.
    """

    match: Match
    field: Field
    start: int
    end: int
    window_key: str
    ordinary: bool
    original: str
    place: Place
    referential: bool
    goods: str
    declared: str
    capitals: bool
    recorded_ascii: bool
    rivals: int = 0
    outdone: bool = False
    fields: int = 1

    @property
    def family(self) -> str:
        """Return the family of the resemblance."""
        return FAMILIES[self.match.resemblance]


def resemblance(finding: Finding, _background: Background) -> str:
    """How the words resemble the mark, and how long the mark is: short names are met by chance."""
    form = finding.match.form
    size = len(form.key)
    if form.han:
        return f"{finding.match.resemblance}/han-{min(size, 5)}"
    return f"{finding.match.resemblance}/{_size_bin(size)}"


def edits(finding: Finding, _background: Background) -> str:
    """What was done to the mark: which edit, how many signs for letters, how much cut or added."""
    if finding.family == "same":
        form = finding.match.form
        return f"same/{'han' if form.han else min(len(form.pieces), 4)}"
    return f"{finding.match.resemblance}/{finding.match.detail}"


def place(finding: Finding, _background: Background) -> str:
    """Where the words stand: in the brand field, after "brand:", leading, or loose in the text."""
    return f"{finding.place.value}/{finding.family}"


def goods(finding: Finding, _background: Background) -> str:
    """Whether the goods of the HS chapter are of a Nice class the mark is recorded for."""
    return "" if finding.goods == "unknown" else f"{finding.goods}/{finding.family}"


def usage(finding: Finding, background: Background) -> str:
    """How often these words occur in the stream of lines, and how often as a brand.

    Where the stream does not tell, whether they are ordinary English words.
    """
    known = _usage(finding.window_key, background)
    if known in {"unknown", "unseen"}:
        known = f"{known}-{'word' if finding.ordinary else 'name'}"
    return f"{known}/{finding.family}"


def mark_usage(finding: Finding, background: Background) -> str:
    """How often the mark itself occurs in the stream, where the words only resemble it."""
    return "" if finding.family == "same" else _usage(finding.match.form.key, background)


def declared(finding: Finding, _background: Background) -> str:
    """What the brand field says, seen from the description: nothing, "no brand", another brand."""
    if finding.field == "declared_brand":
        return ""
    return f"{finding.declared}/{'strong' if finding.place.value in _STRONG else 'weak'}"


def writing(finding: Finding, _background: Background) -> str:
    """How the words are written: foreign look-alike letters or invisible marks are no accident."""
    if finding.original.isascii() or finding.match.form.han:
        return ""
    return f"{'disguised' if finding.recorded_ascii else 'as-recorded'}/{finding.family}"


def capitals(finding: Finding, _background: Background) -> str:
    """Whether the words stand out in capitals among small letters."""
    return f"stands-out/{finding.family}" if finding.capitals else ""


def competition(finding: Finding, _background: Background) -> str:
    """Whether other marks fit the same words as well or better."""
    if finding.outdone:
        return f"outdone/{finding.family}"
    return f"{min(finding.rivals, 3)}/{finding.family}" if finding.rivals else ""


def corroboration(finding: Finding, _background: Background) -> str:
    """Whether the mark is found both in the description and in the brand field."""
    return finding.family if finding.fields > 1 else ""


def reference(finding: Finding, _background: Background) -> str:
    """Whether the words before only refer to the name ("for", "compatible with", "适用于")."""
    return "referential" if finding.referential else ""


FEATURES: tuple[Callable[[Finding, Background], str], ...] = (
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
)

_STRONG = {Place.LABELLED.value, Place.FOLLOWED.value}


def levels_of(finding: Finding, background: Background) -> dict[str, str]:
    """Return what every feature says, in the order in which they contribute to the score."""
    levels = ((feature.__name__, feature(finding, background)) for feature in FEATURES)
    return {name: level for name, level in levels if level}


def _size_bin(size: int) -> str:
    if size <= 6:
        return str(size)
    return "7-8" if size <= 8 else "9-11" if size <= 11 else "12+"


def _usage(key: str, background: Background) -> str:
    """Return frequency and brandness of a key, each in coarse steps; ``unknown`` without counts."""
    if not background.lines:
        return "unknown"
    rate = background.per_10_000(key)
    if not rate:
        return "unseen"
    often = next((name for limit, name in _RATES if rate < limit), "always")
    share = background.brandness(key)
    brand = next((name for limit, name in _SHARES if share < limit), "brand")
    return f"{often}-{brand}"


_RATES = ((0.35, "once"), (1.0, "rare"), (3.0, "seldom"), (10.0, "some"), (40.0, "often"))
_SHARES = ((0.02, "word"), (0.2, "mostly-word"), (0.5, "mixed"), (0.8, "mostly-brand"))
