"""A hit as the page shows it: points that add up, signals worth a chip, letters that differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from countermark.domain.money import Money
from countermark.domain.vocabulary import GoodsCategory, category_guess
from countermark.web.labels import label
from countermark.web.labels_workbench import SIGNALS

if TYPE_CHECKING:
    from countermark.apps.screening.models import Hit

CHIP_FROM = 5
"""A signal earns a chip in the list from so many points of 100."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One reason of a score, in whole points of 100, with its share of the largest."""

    name: str
    points: int


@dataclass(frozen=True, slots=True)
class Row:
    """A hit with what its row in the list needs."""

    hit: Hit
    signals: list[str]
    value: Money | None


def whole_points(parts: Sequence[tuple[str, float]], score: float) -> list[Contribution]:
    """Return contributions in whole points that add up to the score in whole points.

    Each is rounded down, and the points still missing go to the largest remainders, so that what
    is printed adds up and no part is off by a point or more.

    Args:
        parts: Name and signed points of each reason, 1 being the full score; they add up to it.
        score: 0 to 1.
    """
    exact = [(name, round(points * 100, 6)) for name, points in parts]
    floors = [int(points // 1) for _, points in exact]
    missing = round(score * 100) - sum(floors)
    order = sorted(range(len(exact)), key=lambda at: floors[at] - exact[at][1])
    lifted = set(order[: max(missing, 0)])
    return [Contribution(name, floors[at] + (at in lifted)) for at, (name, _) in enumerate(exact)]


def contributions(hit: Hit) -> list[Contribution]:
    """Return the reasons of a hit's score, without those that round to nothing."""
    shown = whole_points([(name, points) for name, points in hit.contributions], hit.score)
    return [part for part in shown if part.points]


def row(hit: Hit) -> Row:
    """Return a hit as the list shows it, with at most two signals beside its resemblance."""
    strong = sorted(
        (part for part in contributions(hit) if part.points >= CHIP_FROM and part.name in SIGNALS),
        key=lambda part: -part.points,
    )
    line = hit.line
    value = Money(line.value_minor, line.currency) if line.value_minor is not None else None
    return Row(hit, [part.name for part in strong[:2]], value)


def claim(hit: Hit) -> str:
    """Return the heading of a hit: what may be so, never what is."""
    category = category_guess(hit.line.hs_code)
    params = {"mark": hit.right.label, "goods": label("category", category)}
    if hit.excused:
        return gettext("Goods that name %(mark)s") % params
    if category == GoodsCategory.OTHER:
        return gettext("Goods that may copy %(mark)s") % params
    return gettext("%(goods)s that may copy %(mark)s") % params


def balance(parts: Sequence[Contribution]) -> dict[str, int]:
    """Return how many reasons speak for a hit and how many against."""
    named = [part for part in parts if part.name != "start"]
    return {
        "pro": sum(part.points > 0 for part in named),
        "con": sum(part.points < 0 for part in named),
    }
