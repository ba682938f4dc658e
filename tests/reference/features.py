"""The facts of findings, one after the other as ``core.features.FACTS`` names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.reference.background import Background
from tests.reference.cues import Place
from tests.reference.layers import Match
from tests.reference.windows import Text, Window

from countermark.domain.matching.core.features import FACTS, FAMILIES
from countermark.domain.matching.core.phrases import COMPANY, DESCRIBED
from countermark.domain.matching.core.resemblance import DETAILS, RESEMBLANCES
from countermark.domain.matching.names_table import costs
from countermark.domain.matching.types import Field
from countermark.domain.text.romanise import syllables
from countermark.domain.text.words import is_ordinary

_GOODS = ("unknown", "agrees", "differs", "services")
_DECLARED = ("empty", "none", "names")
_FAMILIES = ("", "reading", "near", "same")
_EDITED = ("typo", "phonetic", "han-homophone", "han-variant")
_PLACES = tuple(Place)
_COSTS = costs()
_SYLLABLES = frozenset(syllables())


@dataclass(slots=True)
class Finding:
    """One mark found at one place of a line, with all that its facts look at.

    Attributes:
        window: The place; ``original`` is the text as written.
        goods: ``agrees``, ``differs``, ``services`` or ``unknown``.
        declared: What the brand field says: ``empty``, ``none`` (no brand), ``names``.
    """

    match: Match
    field: Field
    window: Window
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

    @property
    def start(self) -> int:
        """Return where the place begins in the folded text."""
        return self.window.start

    @property
    def end(self) -> int:
        """Return where the place ends in the folded text."""
        return self.window.end

    @property
    def explained(self) -> int:
        """Return how many letters the words and the mark have in common, less the edits."""
        edits = self.match.distance if self.match.resemblance in _EDITED else 0
        return min(len(self.window.key), len(self.match.form.key)) - edits


def facts_of(
    found: Sequence[Finding],
    texts: Mapping[Field, Text],
    background: Background,
    *,
    counted: bool,
) -> list[list[int]]:
    """Return the facts of all findings of a line; ``counted`` if the background counted it."""
    own = own_use(found) if counted else {}
    named = [f.explained for f in found if f.family == "same" and f.place is not Place.LOOSE]
    return [
        list(_facts(one, found, texts[one.field], (background, own, max([0, *named]))))
        for one in found
    ]


def own_use(found: Sequence[Finding]) -> dict[str, bool]:
    """Return the keys that a line was counted with, and whether as brands."""
    own: dict[str, bool] = {}
    for one in found:
        if is_counted(one.window):
            own[one.window.key] = own.get(one.window.key, False) or one.window.strong
    return own


def is_counted(window: Window) -> bool:
    """Tell whether a window is one of those whose usage is counted."""
    if window.strong:
        return True
    if window.han:
        return len(window.pieces) == 1 and len(window.key) <= 5
    return len(window.pieces) <= 3 and len(window.key) <= 24


def _facts(
    one: Finding,
    found: Sequence[Finding],
    text: Text,
    known: tuple[Background, dict[str, bool], int],
) -> list[int]:
    background, own, named = known
    facts = {
        **_of_words(one, text),
        **_of_usage(one, background, own),
        **_of_others(one, found),
        **_of_letters(one),
        "other_exact": min(31, named),
    }
    return [facts[name] for name in FACTS]


def _of_words(one: Finding, text: Text) -> dict[str, int]:
    window, form = one.window, one.match.form
    letters = max(1, sum(len(token.text) for token in text.tokens))
    inside = 0 if form.han or one.original.isascii() else 2 if one.recorded_ascii else 1
    return {
        "resemblance": RESEMBLANCES.index(one.match.resemblance),
        "detail": DETAILS.index(one.match.detail),
        "letters": min(31, len(form.key)),
        "script": form.han,
        "words": min(7, len(form.pieces)),
        "pieces": min(15, len(window.pieces)),
        "share": min(31, 8 * len(window.key) // letters),
        "place": _PLACES.index(one.place),
        "goods": _GOODS.index(one.goods),
        "declared": 0 if one.field == "declared_brand" else 1 + _DECLARED.index(one.declared),
        "writing": inside,
        "stands_out": one.capitals,
        "case": case_of(one.original, len(window.pieces)),
        "fields": one.fields,
        "referential": one.referential,
        "following": following(text.folded.text, window.end),
    }


def case_of(original: str, words: int) -> int:
    """Return how words are written: without case, in capitals, small, one capital a word, mixed."""
    capitals, small = sum(map(str.isupper, original)), sum(map(str.islower, original))
    if not capitals:
        return 2 if small else 0
    return (3 if capitals == words else 4) if small else 1


def following(text: str, end: int) -> int:
    """Return 1 if a word for a manner stands behind a place, 2 if a company's name ends there."""
    rest = text[end : end + 3]
    behind = text[end + len(rest) - len(rest.lstrip()) :]
    if any(
        behind.startswith(word) and not "a" <= behind[len(word) :][:1] <= "z" for word in DESCRIBED
    ):
        return 1
    starts = range(end, min(len(text), end + 20))
    return 2 if any(text.startswith(COMPANY, at) for at in starts) else 0


def _of_usage(one: Finding, background: Background, own: Mapping[str, bool]) -> dict[str, int]:
    lines = background.lines
    seen, branded = _use(one.window.key, background, own)
    mark = (0, 0) if one.family == "same" else _use(one.match.form.key, background, own)
    return {
        "learned": 0 if not lines else 1 if lines < 3_000 else 2 if lines < 20_000 else 3,
        "occurs": seen,
        "brandness": branded,
        "mark_occurs": mark[0],
        "mark_brandness": mark[1],
    }


def _use(key: str, background: Background, own: Mapping[str, bool]) -> tuple[int, int]:
    if not background.lines:
        return 0, 0
    seen = background.occurs.get(key, 0) - (key in own)
    branded = background.as_brand.get(key, 0) - own.get(key, False)
    often = 1 + sum(seen >= least for least in (1, 2, 4, 10, 30, 100))
    if seen <= 0:
        return often, 0
    shares = ((1, 50), (1, 5), (1, 2), (4, 5))
    return often, 1 + sum(branded * whole >= part * seen for part, whole in shares)


def _of_others(one: Finding, found: Sequence[Finding]) -> dict[str, int]:
    mark = one.match.form.mark
    rivals = [
        other
        for other in found
        if other.match.form.mark != mark
        and other.field == one.field
        and other.start < one.end
        and one.start < other.end
    ]
    best = max((other.explained for other in rivals), default=None)
    ahead = 16 if best is None or best < 0 else max(-8, min(7, one.explained - best)) + 8
    here = sum((other.start, other.end) == (one.start, one.end) for other in rivals)
    return {
        "rivals": min(15, one.rivals),
        "outdone": one.outdone,
        "explained": ahead,
        "rival_family": max((_FAMILIES.index(other.family) for other in rivals), default=0),
        "density": min(31, 1 + here),
    }


def _of_letters(one: Finding) -> dict[str, int]:
    window, form = one.window, one.match.form
    words, at = [], 0
    for size in form.pieces:
        words.append(form.key[at : at + size])
        at += size
    written, recorded = cost(window.key), cost(form.key)
    spelt = one.family != "same" and not one.match.resemblance.startswith("han")
    return {
        "signs": min(7, sum(not character.isalpha() for character in window.key)),
        "affix": affix(one),
        "mark_signs": min(7, sum(not character.isalpha() for character in form.key)),
        "ordinary": window.ordinary,
        "mark_ordinary": all(word.isdigit() or is_ordinary(word) for word in words),
        "misspelling": 0 if form.han else max(0, min(63, (written - recorded) // 8 + 24)),
        "natural": 0 if form.han else min(63, written // (len(window.key) + 1) // 2),
        "syllables": syllables_of(window.key) if spelt else 0,
    }


def affix(one: Finding) -> int:
    """Return 0 where nothing is glued to the mark, 2 where it is a word, 3 a number, else 1."""
    if one.match.resemblance != "affixed":
        return 0
    extra, side = one.match.detail.split("-")
    key = one.window.key
    glued = key[: int(extra)] if side == "before" else key[-int(extra) :]
    if glued.isdigit():
        return 3
    return 2 if len(glued) > 1 and is_ordinary(glued) else 1


def cost(word: str) -> int:
    """Return how unlikely the Latin letters of a word are for a name."""
    letters = [ord(letter) - ord("a") + 1 for letter in word if "a" <= letter <= "z"]
    row = [0, 0, *letters, 0]
    return sum(
        _COSTS[(a * 27 + b) * 27 + c] for a, b, c in zip(row, row[1:], row[2:], strict=False)
    )


def syllables_of(word: str) -> int:
    """Return into how few pinyin syllables a word can be cut, 0 if not into six or fewer."""
    if len(word) > 24 or not all("a" <= letter <= "z" for letter in word):
        return 0
    least = [0, *[99] * len(word)]
    for end in range(1, len(word) + 1):
        starts = range(max(0, end - 6), end)
        cuts = [least[start] + 1 for start in starts if word[start:end] in _SYLLABLES]
        least[end] = min([99, *cuts])
    return least[-1] if least[-1] <= 6 else 0
