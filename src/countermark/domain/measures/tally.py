"""What one party counted: a sum that keeps currencies and value bases apart by its form."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from countermark.domain.errors import InvalidInput
from countermark.domain.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.domain.vocabulary import ValueBasis

Key = tuple[str, "ValueBasis"]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money with the value basis on which it was set."""

    money: Money
    basis: ValueBasis

    @property
    def key(self) -> Key:
        """Amounts are added only where this is equal."""
        return (self.money.currency, self.basis)


@dataclass(frozen=True, slots=True)
class Tally:
    """Cases, articles and money of some goods.

    ``amounts`` holds at most one amount for each currency and basis, in the order of their codes,
    and none that is zero. ``lines_uncounted`` are goods lines known only by weight or measure: they
    add no articles. ``lines_unvalued`` are lines that nobody has valued: they add no money.
    """

    cases: int = 0
    items: Decimal = Decimal(0)
    amounts: tuple[Amount, ...] = ()
    lines_uncounted: int = 0
    lines_unvalued: int = 0

    def __add__(self, other: Tally) -> Tally:
        return tally_sum((self, other))

    def __sub__(self, other: Tally) -> Tally:
        """Return what is left, as for a row "not shown".

        Raises:
            InvalidInput: ``parts-exceed-total`` where the other tally is larger in anything.
        """
        rest = _merged(self.amounts, (Amount(_negative(a.money), a.basis) for a in other.amounts))
        left = Tally(
            self.cases - other.cases,
            self.items - other.items,
            rest,
            self.lines_uncounted - other.lines_uncounted,
            self.lines_unvalued - other.lines_unvalued,
        )
        counts = (left.cases, left.lines_uncounted, left.lines_unvalued)
        money = (amount.money.minor for amount in rest)
        if left.items < 0 or any(number < 0 for number in (*counts, *money)):
            raise InvalidInput("parts-exceed-total", field="parts")
        return left

    @property
    def empty(self) -> bool:
        """Whether nothing at all is counted here."""
        return self == Tally()


def tally_sum(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of some tallies; the sum of none is empty."""
    parts = tuple(tallies)
    return Tally(
        sum(part.cases for part in parts),
        sum((part.items for part in parts), Decimal(0)),
        _merged(amount for part in parts for amount in part.amounts),
        sum(part.lines_uncounted for part in parts),
        sum(part.lines_unvalued for part in parts),
    )


def _merged(*groups: Iterable[Amount]) -> tuple[Amount, ...]:
    sums: dict[Key, Money] = {}
    for group in groups:
        for amount in group:
            sums[amount.key] = sums.get(amount.key, Money(0, amount.key[0])) + amount.money
    return tuple(Amount(sums[key], key[1]) for key in sorted(sums) if sums[key].minor)


def _negative(money: Money) -> Money:
    return Money(-money.minor, money.currency)
