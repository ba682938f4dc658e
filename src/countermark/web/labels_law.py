"""Words that the law files hold: kinds of right, places, states and acts of a recordation.

They are read when they are shown, so that a new file under ``law/`` needs no change here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from django.utils.functional import Promise, lazystr
from django.utils.translation import get_language, pgettext_lazy

from countermark.domain.vocabulary import Names
from countermark.lawbook import lawbook


class LawWords(Mapping[str, Promise]):
    """Codes with the names that the law files give them, in the reader's language.

    Args:
        read: Returns every code with its names, as the law files stand.
        ours: Words for codes that are the program's own and stand in no law file.
    """

    def __init__(
        self, read: Callable[[], Mapping[str, Names]], ours: Mapping[str, Promise] | None = None
    ) -> None:
        self._read = read
        self._ours = ours or {}

    def __getitem__(self, code: str) -> Promise:
        """Return the name under a code; ``KeyError`` where the law files have none."""
        if code in self._ours:
            return self._ours[code]
        return lazystr(_Spoken(self._read()[code]))

    def __iter__(self) -> Iterator[str]:
        return iter({**self._ours, **self._read()})

    def __len__(self) -> int:
        return len({**self._ours, **self._read()})


class _Spoken:
    """A name that is put into the reader's language when it is turned into text."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def __str__(self) -> str:
        return self._names.in_language(get_language() or "en")


def _right_types() -> dict[str, Names]:
    return {code: each.names for code, each in lawbook().right_types.items()}


def _places() -> dict[str, Names]:
    return {code: law.side.place for code, law in lawbook().laws.items()}


def _states() -> dict[str, Names]:
    return {
        state.code: state.names
        for law in lawbook().laws.values()
        for state in law.recordation.procedure.states
    }


def _acts() -> dict[str, Names]:
    return {
        act.code: act.names
        for law in lawbook().laws.values()
        for act in law.recordation.procedure.acts
    }


def _needs() -> dict[str, Names]:
    return {need.code: need.names for law in lawbook().laws.values() for need in law.rights.needs}


def _facts() -> dict[str, Names]:
    return {fact.code: fact.names for each in lawbook().right_types.values() for fact in each.facts}


RIGHT_TYPES = LawWords(_right_types)
JURISDICTIONS = LawWords(_places)
RECORDATION_STATES = LawWords(_states)
RECORDATION_ACTS = LawWords(
    _acts,
    {"draft": pgettext_lazy("file", "Begun"), "record": pgettext_lazy("file", "Put on record")},
)
RECORDATION_NEEDS = LawWords(_needs)
RIGHT_FACTS = LawWords(_facts)
