"""What officers say about securities and costs, before it is checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from countermark.domain.errors import InvalidInput

if TYPE_CHECKING:
    from datetime import date

    from countermark.apps.register.models import RightHolder
    from countermark.domain.money import Money

LARGEST_MINOR = 2**63 - 1
LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class SecurityInput:
    """A security to be asked for.

    ``measured`` is what the rule measures by: the value of the goods, or for a general security the
    costs of the year before. ``holder`` and ``valid_until``, the last day, are those of a general
    security alone.
    """

    kind: str
    form: str
    giver: str
    measured: Money
    valid_from: date
    valid_until: date | None = None
    holder: RightHolder | None = None


@dataclass(frozen=True, slots=True)
class AmountInput:
    """An amount above zero on a day, with what is said of it."""

    money: Money
    on: date
    text: str = ""

    def check(self, *, today: date) -> None:
        """Refuse an amount that no ledger takes.

        Raises:
            InvalidInput: It is not above zero, too large, of a day to come, or its text too long.
        """
        if not 0 < self.money.minor <= LARGEST_MINOR:
            raise InvalidInput("amount-not-above-zero", field="amount")
        if self.on > today:
            raise InvalidInput("date-in-future", field="on", on=self.on.isoformat())
        if len(self.text) > LONGEST_TEXT:
            raise InvalidInput("text-too-long", field="text", longest=LONGEST_TEXT)
