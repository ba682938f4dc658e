"""Kinds of keys, how much each says, and how many cases one value may link."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import prod
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


class KeyKind(StrEnum):
    """What two cases have in common."""

    SAME_PARTY = "same-party"
    IDENTIFIER = "identifier"
    NAME = "name"
    READING = "reading"
    ADDRESS = "address"
    PHONE = "phone"
    VEHICLE = "vehicle"
    CONTAINER = "container"
    WAYBILL = "waybill"
    MARK = "mark"
    ROUTE = "route"


WEIGHTS: Final[dict[KeyKind, int]] = {
    KeyKind.SAME_PARTY: 95,
    KeyKind.IDENTIFIER: 90,
    KeyKind.WAYBILL: 85,
    KeyKind.CONTAINER: 70,
    KeyKind.PHONE: 70,
    KeyKind.VEHICLE: 65,
    KeyKind.NAME: 60,
    KeyKind.ADDRESS: 50,
    KeyKind.READING: 30,
    KeyKind.MARK: 15,
    KeyKind.ROUTE: 10,
}
"""How much a key says by itself, in hundredths; working choices, as no source measures them.

``SAME_PARTY`` is an officer's word and is never stored as a key.
"""

WEAK_KINDS: Final = frozenset({KeyKind.MARK, KeyKind.ROUTE})
"""Kinds whose values are common by nature; their cap is the lower one."""

LIMITED_KINDS: Final = frozenset(KeyKind) - {KeyKind.SAME_PARTY}
"""Kinds that are stored, and of which no value links more cases than its cap."""

_STRONG, _FAIR = 80, 45


@dataclass(frozen=True, slots=True)
class Key:
    """A value that cases can share; ``shown`` is how it was written."""

    kind: KeyKind
    value: str
    shown: str


class Strength(StrEnum):
    """How much the keys that two cases share say together: a reason to look, never a finding."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


def cap_of(kind: KeyKind, usual: int, weak: int) -> int:
    """Return how many cases a value of a kind may be in and still link them.

    Args:
        kind: Any kind but ``SAME_PARTY``.
        usual: The cap of most kinds.
        weak: The cap of ``WEAK_KINDS``, never more than the usual one.
    """
    return min(usual, weak) if kind in WEAK_KINDS else usual


def score(kinds: Iterable[KeyKind]) -> int:
    """Return how much some shared keys say together, 0 to 100.

    Each further key takes its share of what is still in doubt, so that many weak keys do not come
    to certainty and a key more never lowers the score.
    """
    return round(100 * (1 - prod(1 - WEIGHTS[kind] / 100 for kind in kinds)))


def strength(points: int) -> Strength:
    """Return the word for a score of 0 to 100."""
    if points >= _STRONG:
        return Strength.STRONG
    return Strength.FAIR if points >= _FAIR else Strength.WEAK
