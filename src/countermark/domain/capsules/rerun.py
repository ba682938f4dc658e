"""The hit of a capsule made again by the rules of this program, and how the two compare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from countermark.domain.capsules.content import Capsule, model_digest
from countermark.domain.matching import RULES_VERSION, Hit, Model


class Outcome(StrEnum):
    """What came of making a hit again."""

    EXACT = "exact"
    """The same rules give the same hit."""
    SAME_BY_OTHER_RULES = "same-by-other-rules"
    DIFFERS_BY_OTHER_RULES = "differs-by-other-rules"
    """Other rules give another result, as they may; the differences are listed."""
    NOT_REPRODUCED = "not-reproduced"
    """The same rules give another result: the capsule or the program is not what it says."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as recorded; an empty ``now`` means it is not there any more."""

    name: str
    recorded: str
    now: str


@dataclass(frozen=True, slots=True)
class Rerun:
    """A hit made again.

    Attributes:
        rules: Version of the rules it was made again by; ``model`` and ``model_sha256`` likewise.
        hit: What was found now, or None.
    """

    outcome: Outcome
    rules: str
    model: str
    model_sha256: str
    hit: Hit | None
    differences: tuple[Difference, ...]


def rerun(capsule: Capsule, model: Model) -> Rerun:
    """Make the hit of a capsule again by the rules of this program.

    Args:
        capsule: As opened; its signature is the caller's to judge.
        model: The scorecard to score by; give that of the capsule where it is at hand.
    """
    hits = capsule.evidence.screen_again(model, capsule.rules.top)
    hit = next((each for each in hits if each.right_id == capsule.hit.right_id), None)
    digest = model_digest(model)
    same_rules = (capsule.rules.version, capsule.rules.model_sha256) == (RULES_VERSION, digest)
    differences = tuple(_differences(capsule.hit, hit))
    if same_rules:
        outcome = Outcome.NOT_REPRODUCED if differences else Outcome.EXACT
    else:
        outcome = Outcome.DIFFERS_BY_OTHER_RULES if differences else Outcome.SAME_BY_OTHER_RULES
    return Rerun(outcome, RULES_VERSION, model.name, digest, hit, differences)


def _differences(recorded: Hit, now: Hit | None) -> Iterator[Difference]:
    if now is None:
        yield Difference("hit", recorded.matched, "")
        return
    for name in ("score", "resemblance", "field", "span", "matched", "excused"):
        before, after = _shown(getattr(recorded, name)), _shown(getattr(now, name))
        if before != after:
            yield Difference(name, before, after)
    before_points = {part.name: part.points for part in recorded.contributions}
    after_points = {part.name: part.points for part in now.contributions}
    for name in dict.fromkeys((*before_points, *after_points)):
        before, after = _points(before_points.get(name)), _points(after_points.get(name))
        if before != after:
            yield Difference(f"contributions.{name}", before, after)


def _shown(value: object) -> str:
    if isinstance(value, float):
        return _points(value)
    if isinstance(value, tuple):
        return "-".join(map(str, value))
    return "" if value is None else str(value)


def _points(points: float | None) -> str:
    return "" if points is None else f"{points:.4f}"
