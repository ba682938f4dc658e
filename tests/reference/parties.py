"""Parties: when a consignor or consignee is the one a right holder has authorised."""

from __future__ import annotations

import re
from collections.abc import Iterable

from countermark.domain.text.fold import folded_text
from countermark.domain.text.tokens import joined

_SHORT_FORMS = {
    "co": "company",
    "ltd": "limited",
    "inc": "incorporated",
    "corp": "corporation",
    "intl": "international",
    "mfg": "manufacturing",
}
_WORD = re.compile(r"[a-z]+")


def party_key(name: str) -> str:
    """Return a party's name without case, width, script and punctuation, short forms written out.

    Two names are the same party where their keys are equal. Nothing is guessed beyond that, and
    the legal form counts: an excuse must rest on the name that was recorded.
    """
    return joined(
        _WORD.sub(lambda word: _SHORT_FORMS.get(word[0], word[0]), folded_text(name)),
    )


def party_keys(names: Iterable[str]) -> frozenset[str]:
    """Return the keys of the parties that have one."""
    return frozenset(key for key in map(party_key, names) if key)
