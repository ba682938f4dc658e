"""Layers: the ways in which a piece of a line can resemble a recorded mark.

Each layer indexes the forms of a mark under keys, asks the index with probes made from a window,
and verifies what comes back. Layers are listed from the strongest resemblance to the weakest; the
first that finds a mark in a window names the resemblance. Adding one is adding a class to
``LAYERS``. The docstrings are published in the reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from tests.reference.distance import deletions, distance, edit_kind
from tests.reference.forms import Form
from tests.reference.sound import sound_key
from tests.reference.windows import Window

from countermark.domain.text.romanise import jyutping_readings, pinyin_readings
from countermark.domain.text.skeleton import disguised, skeleton

LONGEST_FUZZY = 40
"""Longest key, in characters, that is looked up by anything but equality."""
PREFIX = 8
"""Characters of a word from which deletions are indexed."""


Sort = Literal["word", "code", "han"]


@dataclass(frozen=True, slots=True)
class Query:
    """What a window asks the layers: its key, and the views of it that several layers need.

    ``sort`` tells what it is: ``han``, a ``word`` that may be misspelt (mostly letters, neither
    short nor huge), or a ``code`` that may not.
    """

    key: str
    pieces: tuple[int, ...]
    strong: bool
    skeleton: str
    sort: Sort

    @property
    def misspellable(self) -> bool:
        """Tell whether the window is few words, or so long that more of them are no chance."""
        return len(self.pieces) <= (3 if len(self.key) < 12 else 5)

    @classmethod
    def of(cls, window: Window) -> Query:
        """Return the question that a window asks."""
        key, size = window.key, len(window.key)
        word = 4 <= size <= LONGEST_FUZZY and 2 * sum(map(str.isalpha, key)) >= size
        sort: Sort = "han" if window.han else "word" if word else "code"
        return cls(key, window.pieces, window.strong, skeleton(key), sort)


@dataclass(frozen=True, slots=True)
class Match:
    """What a layer found: the resemblance, its distance in edits, and what kind of edit it was."""

    form: Form
    resemblance: str
    distance: int
    detail: str


class Layer(Protocol):
    """One way of resembling: keys of a form, probes of a query, and the test of a pair."""

    @property
    def name(self) -> str:
        """Return the name of the layer."""

    @property
    def asked_by(self) -> tuple[Sort, ...]:
        """Return the sorts of queries that the layer answers."""

    def keys(self, form: Form) -> Iterable[str]:
        """Return the keys under which a form is indexed."""

    def probes(self, query: Query) -> Iterable[str]:
        """Return the keys under which a query asks; none where the layer does not apply."""

    def match(self, query: Query, form: Form) -> Match | None:
        """Return what the pair has in common, or None."""


class Exact:
    """The same letters after folding: the mark as recorded, joined, split or spaced out.

    ``exact`` has the same words; ``joined`` lost a blank, ``split`` gained one, ``spaced`` has
    every letter apart. For Chinese names Traditional and Simplified writing are the same letters.
    """

    name = "exact"
    asked_by: tuple[Sort, ...] = ("word", "code", "han")

    def keys(self, form: Form) -> Iterable[str]:
        return (form.key,)

    def probes(self, query: Query) -> Iterable[str]:
        return (query.key,)

    def match(self, query: Query, form: Form) -> Match | None:
        if form.weak and not query.strong:
            return None
        return Match(form, self._label(query.pieces, form.pieces), 0, "")

    @staticmethod
    def _label(written: tuple[int, ...], recorded: tuple[int, ...]) -> str:
        if written == recorded:
            return "exact"
        if len(written) < len(recorded):
            return "joined"
        return "spaced" if max(written) == 1 and len(written) > 2 else "split"


class Skeleton:
    """The same letters once digits and signs are read as letters: N1KE, ADID@S, 5AM5UNG."""

    name = "skeleton"
    asked_by: tuple[Sort, ...] = ("word", "code")

    def keys(self, form: Form) -> Iterable[str]:
        return () if form.han or len(form.key) < 3 else (form.skeleton,)

    def probes(self, query: Query) -> Iterable[str]:
        return (query.skeleton,) if len(query.key) <= LONGEST_FUZZY else ()

    def match(self, query: Query, form: Form) -> Match | None:
        changes = disguised(query.key, form.key)
        letters = sum(character.isalpha() for character in query.key)
        return Match(form, self.name, 0, f"{min(changes, 4)}-signs") if letters > 1 else None


class Typo:
    """One edit away, two for nine letters and more: inserted, deleted, swapped or replaced letters.

    Words under five letters have too many neighbours; they count only where a brand is named.
    """

    name = "typo"
    asked_by: tuple[Sort, ...] = ("word",)

    def keys(self, form: Form) -> Iterable[str]:
        if form.han or not 4 <= len(form.key) <= LONGEST_FUZZY:
            return ()
        return deletions(form.skeleton[:PREFIX], _allowed(len(form.key)))

    def probes(self, query: Query) -> Iterator[str]:
        if not query.misspellable:
            return
        word = query.skeleton
        yield from deletions(word[:PREFIX], _allowed(len(word) + 2))

    def match(self, query: Query, form: Form) -> Match | None:
        size = len(form.key)
        if min(size, len(query.key)) < 5 and not query.strong:
            return None
        limit = _allowed(size)
        written = query.skeleton
        edits = distance(written, form.skeleton, limit)
        if not 0 < edits <= limit:
            return None
        detail = edit_kind(written, form.skeleton) if edits == 1 else "two"
        first = "" if written[0] == form.skeleton[0] else "-first"
        return Match(form, self.name, edits, detail + first)


class Truncated:
    """The beginning of the mark, one to three letters short: ADID, SAMSU."""

    name = "truncated"
    asked_by: tuple[Sort, ...] = ("word",)

    def keys(self, form: Form) -> Iterable[str]:
        if form.han or not 6 <= len(form.key) <= LONGEST_FUZZY:
            return ()
        most = 3 if len(form.key) >= 8 else 2
        return (form.skeleton[:-cut] for cut in range(1, most + 1))

    def probes(self, query: Query) -> Iterable[str]:
        return (query.skeleton,) if query.misspellable else ()

    def match(self, query: Query, form: Form) -> Match | None:
        missing = len(form.key) - len(query.key)
        if len(query.key) < 5 and not query.strong:
            return None
        return Match(form, self.name, missing, f"{missing}-short")


class Affixed:
    """The mark with something glued to it: NIKEPRO, XADIDAS, PUMA88."""

    name = "affixed"
    asked_by: tuple[Sort, ...] = ("word",)
    longest = 5

    def keys(self, form: Form) -> Iterable[str]:
        return () if form.han or not 4 <= len(form.key) <= LONGEST_FUZZY else (form.skeleton,)

    def probes(self, query: Query) -> Iterator[str]:
        if len(query.pieces) > (2 if query.strong else 1):
            return
        word = query.skeleton
        for cut in range(1, min(self.longest, len(word) - 4) + 1):
            yield word[:-cut]
            yield word[cut:]

    def match(self, query: Query, form: Form) -> Match | None:
        extra = len(query.key) - len(form.key)
        side = "after" if query.skeleton.startswith(form.skeleton) else "before"
        return Match(form, self.name, extra, f"{extra}-{side}")


class Sound:
    """Read alike in English: FILIPS, NYKE, KWIKSILVER."""

    name = "phonetic"
    asked_by: tuple[Sort, ...] = ("word",)

    def keys(self, form: Form) -> Iterable[str]:
        key = "" if form.han or not 4 <= len(form.key) <= LONGEST_FUZZY else sound_key(form.key)
        return (key,) if len(key) >= 3 else ()

    def probes(self, query: Query) -> Iterable[str]:
        if not query.misspellable:
            return ()
        letters = query.key if query.key.isalpha() else query.skeleton
        key = sound_key(letters)
        return (key,) if len(key) >= 3 else ()

    def match(self, query: Query, form: Form) -> Match | None:
        if len(query.key) < 5 and not query.strong:
            return None
        edits = distance(query.key, form.key, 4)
        same = query.key[0] == form.key[0]
        return (
            Match(form, self.name, edits, f"{edits}{'' if same else '-first'}")
            if edits <= 4
            else None
        )


class Homophone:
    """Other characters, read alike in Mandarin: 耐客 for 耐克. Two-character names need a cue."""

    name = "han-homophone"
    asked_by: tuple[Sort, ...] = ("han",)

    def keys(self, form: Form) -> Iterable[str]:
        if not form.han or len(form.key) < 2:
            return ()
        return dict.fromkeys(" ".join(reading) for reading in pinyin_readings(form.key))

    def probes(self, query: Query) -> Iterable[str]:
        if len(query.key) < (2 if query.strong else 3):
            return ()
        return [" ".join(reading) for reading in pinyin_readings(query.key)[:1]]

    def match(self, query: Query, form: Form) -> Match | None:
        changed = sum(a != b for a, b in zip(query.key, form.key, strict=True))
        return Match(form, self.name, changed, f"{changed}-of-{min(len(form.key), 4)}")


class HanVariant:
    """One other character in a Chinese name of three or more."""

    name = "han-variant"
    asked_by: tuple[Sort, ...] = ("han",)

    def keys(self, form: Form) -> Iterable[str]:
        return _wildcards(form.key) if form.han and 3 <= len(form.key) <= 8 else ()

    def probes(self, query: Query) -> Iterable[str]:
        wide = len(query.key) >= (3 if query.strong else 4)
        return _wildcards(query.key) if wide else ()

    def match(self, query: Query, form: Form) -> Match | None:
        return Match(form, self.name, 1, f"1-of-{min(len(form.key), 5)}")


class Pinyin:
    """A Chinese name written in pinyin: NAIKE for 耐克, LAOLISHI for 劳力士."""

    name = "pinyin"
    asked_by: tuple[Sort, ...] = ("word",)

    def keys(self, form: Form) -> Iterable[str]:
        return _romanised(pinyin_readings(form.key)) if form.han and len(form.key) > 1 else ()

    def probes(self, query: Query) -> Iterable[str]:
        return _roman_probes(query)

    def match(self, query: Query, form: Form) -> Match | None:
        return Match(form, self.name, 0, f"{min(len(form.key), 4)}-syllables")


class Jyutping:
    """A Chinese name written in Cantonese jyutping, read from its Traditional spelling."""

    name = "jyutping"
    asked_by: tuple[Sort, ...] = ("word",)

    def keys(self, form: Form) -> Iterable[str]:
        return (
            _romanised(jyutping_readings(form.traditional))
            if form.han and len(form.key) > 1
            else ()
        )

    def probes(self, query: Query) -> Iterable[str]:
        return _roman_probes(query)

    def match(self, query: Query, form: Form) -> Match | None:
        return Match(form, self.name, 0, f"{min(len(form.key), 4)}-syllables")


LAYERS: tuple[Layer, ...] = (
    Exact(),
    Skeleton(),
    Pinyin(),
    Jyutping(),
    Typo(),
    Sound(),
    Truncated(),
    Affixed(),
    Homophone(),
    HanVariant(),
)


def _allowed(size: int) -> int:
    """Return the edits allowed in a word of ``size`` letters."""
    return 2 if size >= 9 else 1


def _wildcards(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield f"{word[:at]}*{word[at + 1 :]}"


def _romanised(readings: list[tuple[str, ...]]) -> Iterable[str]:
    return dict.fromkeys(word for word in map("".join, readings) if len(word) >= 5)


def _roman_probes(query: Query) -> Iterable[str]:
    if len(query.key) < (5 if query.strong else 6):
        return ()
    return (query.key,)
