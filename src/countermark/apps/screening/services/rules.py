"""The rules in force: the screener's version, its settings and the mutes, as one row."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from countermark.apps.screening.models import Ruleset
from countermark.apps.screening.muting import LEAST_SCORE
from countermark.apps.screening.selectors import mutes_in_force
from countermark.domain.matching.screener import RULES_VERSION, Context

BACKGROUND_LINES: Final = 10_000
"""How many of the latest lines, the batch's own among them, tell how words are used."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one moment; ``mutes`` are keys by right and phrase.

    ``version`` changes with the screener, its model and the mutes in force: from a hit's rule set
    an auditor reads which phrases were held back when it was found, and by whom.
    """

    version: str
    digest: str
    mutes: Mapping[int, Mapping[str, int]]

    @property
    def mute_keys(self) -> list[int]:
        """The mutes in force, in order."""
        return sorted(key for phrases in self.mutes.values() for key in phrases.values())


def rules_in_force(on: date) -> Rules:
    """Return the rules by which this program screens on a day; nothing is written."""
    mutes = mutes_in_force(on)
    keys = sorted(key for phrases in mutes.values() for key in phrases.values())
    model = Context().model.name
    settings = f"{RULES_VERSION} {model} {LEAST_SCORE} {BACKGROUND_LINES}"
    if not keys:
        return Rules(f"{RULES_VERSION}/{model}"[:40], _digest(settings), mutes)
    digest = _digest(f"{settings} {' '.join(map(str, keys))}")
    return Rules(f"{f'{RULES_VERSION}/{model}'[:31]}+{digest[:8]}", digest, mutes)


def ruleset_of(rules: Rules) -> Ruleset:
    """Return the row of some rules; recorded when they are used first."""
    ruleset, _ = Ruleset.objects.get_or_create(
        version=rules.version, defaults={"digest": rules.digest, "mutes": rules.mute_keys}
    )
    return ruleset


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
