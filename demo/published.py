"""The published figures as data, and what it means that a derived figure equals one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from demo.world import table


@dataclass(frozen=True, slots=True)
class Published:
    """One figure as its publisher stated it.

    ``kind`` says how it was stated: ``exactly``; ``over`` a round number, which a figure meets when
    it is larger but less than one ``step`` larger; ``rounded`` to a ``step``, half up.
    """

    about: str
    code: str
    administration: str
    kind: str
    value: Decimal
    mark: str
    step: Decimal = Decimal(1)
    currency: str = ""

    def met_by(self, derived: Decimal) -> bool:
        """Return whether a derived figure is what was published."""
        if self.kind == "exactly":
            return derived == self.value
        if self.kind == "over":
            return self.value < derived < self.value + self.step
        steps = (derived / self.step).quantize(Decimal(1), ROUND_HALF_UP)
        return steps * self.step == self.value


@dataclass(frozen=True, slots=True)
class Window:
    """Two days and everything between."""

    start: date
    end: date


def window(about: str) -> Window:
    """Return the days of the ``period`` or of the ``operation``, both included."""
    row = table("published")[about]
    return Window(row["start"], row["end"])


def figures(about: str) -> list[Published]:
    """Return the published figures of the ``period`` or of the ``operation``."""
    return [
        Published(
            about=about,
            **row | {"value": Decimal(row["value"]), "step": Decimal(row.get("step", "1"))},
        )
        for row in table("published")[about]["figures"]
    ]


def rate_on() -> date:
    """Return the day whose published rate converts the figures to US dollars."""
    day: date = table("published")["rates"]["rate_on"]
    return day
