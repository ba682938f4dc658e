"""What the figures are counted from: plain records of cases, without a name of any person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from countermark.domain.measures.tally import Amount
    from countermark.domain.quantity import Quantity


@dataclass(frozen=True, slots=True)
class GoodsRecord:
    """One goods line of a case; ``amount`` is None where nobody has valued the line."""

    category: str
    quantity: Quantity
    amount: Amount | None


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """One case as the figures see it.

    ``destination`` is a territory in ISO 3166-1 lower case, or empty where it is not known.
    ``reconstructed`` marks a record made afterwards from published totals.
    """

    number: str
    opened_on: date
    direction: str
    channel: str
    transport_mode: str
    destination: str
    goods: tuple[GoodsRecord, ...]
    reconstructed: bool = False
