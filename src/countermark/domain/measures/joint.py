"""Figures of several parties side by side, each with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from countermark.domain.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from countermark.domain.measures.sheet import Sheet
    from countermark.domain.measures.tally import Amount, Tally
    from countermark.domain.money import Money, Rate, Rounding

OWN_RECORDS, SIGNED_MESSAGE = "own-records", "signed-message"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which cases count: ``kind`` is a code of ``SCOPES``, ``subject`` names the operation."""

    kind: str
    first: date
    last: date
    subject: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidInput("period-reversed", field="end", start=self.first, end=self.last)


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in another currency with all that is needed to check it.

    ``money`` and ``rate`` are None where no rate was published near enough to ``asked_on``.
    """

    original: Amount
    currency: str
    asked_on: date
    rounding: Rounding
    money: Money | None
    rate: Rate | None


@dataclass(frozen=True, slots=True)
class Headline:
    """One total of a party: ``selection`` is a code of ``SELECTIONS``.

    ``toward`` is the territory that the selection means, where it means one.
    """

    selection: str
    tally: Tally
    converted: tuple[Converted, ...]
    toward: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a party's sheet comes from: our own case records, or a message that the party signed.

    ``as_of`` is the moment for which the figures stand.
    """

    kind: str
    as_of: datetime
    revision: int = 0
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class PartySheet:
    """One party's figures. ``reconstructed``: some records were made from published totals."""

    administration: str
    sheet: Sheet
    headlines: tuple[Headline, ...]
    provenance: Provenance
    reconstructed: bool


@dataclass(frozen=True, slots=True)
class JointTotal:
    """What may be added across parties: countable units, never money."""

    cases: int
    items: Decimal


@dataclass(frozen=True, slots=True)
class JointFigures:
    """Figures of one question; ``missing`` are parties that have not stated theirs yet."""

    scope: Scope
    rate_date: date
    currency: str
    parties: tuple[PartySheet, ...]
    missing: tuple[str, ...] = ()

    def party(self, administration: str) -> PartySheet | None:
        """Return one party's sheet, or None where it has stated nothing yet."""
        found = (each for each in self.parties if each.administration == administration)
        return next(found, None)

    @property
    def total(self) -> JointTotal | None:
        """Cases and articles of all parties; None while a party is missing."""
        return None if self.missing else joint_total([each.sheet for each in self.parties])


def joint_total(sheets: Sequence[Sheet]) -> JointTotal:
    """Return the countable totals of some parties' sheets; there is no total of money."""
    return JointTotal(
        sum(sheet.total.cases for sheet in sheets),
        sum((sheet.total.items for sheet in sheets), Decimal(0)),
    )
