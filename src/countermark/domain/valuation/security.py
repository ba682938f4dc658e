"""The security a right holder gives before goods are detained, from bands of goods value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from countermark.domain.errors import InvalidInput
from countermark.domain.money import Money

if TYPE_CHECKING:
    from countermark.domain.vocabulary import Verification


@dataclass(frozen=True, slots=True)
class SecurityBand:
    """One band of goods value with the security it asks for.

    The band holds values up to ``up_to_minor``, and that value itself if ``inclusive``; the last
    band has no upper limit. Asked is ``flat_minor`` if set, else ``percent`` of the value but at
    least ``minimum_minor``.
    """

    up_to_minor: int | None
    inclusive: bool
    percent: int
    minimum_minor: int
    flat_minor: int | None

    def holds(self, minor: int) -> bool:
        """Return whether a value of ``minor`` units is not above this band."""
        if self.up_to_minor is None:
            return True
        return minor < self.up_to_minor or (self.inclusive and minor == self.up_to_minor)

    def asks(self, minor: int) -> int:
        """Return the security in minor units for a value in this band, rounded up to the unit."""
        if self.flat_minor is not None:
            return self.flat_minor
        return max(-(-minor * self.percent // 100), self.minimum_minor)


@dataclass(frozen=True, slots=True)
class SecurityRule:
    """Bands in rising order, in one currency, with the article they come from."""

    code: str
    currency: str
    bands: tuple[SecurityBand, ...]
    source: str
    verification: Verification
    note: str = ""


def security_quote(rule: SecurityRule, goods_value: Money) -> Money:
    """Return the security that ``rule`` asks for goods of that value.

    Raises:
        InvalidInput: The value is negative or in another currency than the rule.

    Law:
        cn/ipr-customs-measures#23 (2009 numbering).
    """
    if goods_value.currency != rule.currency:
        raise InvalidInput(
            "currencies-differ", field="value", left=goods_value.currency, right=rule.currency
        )
    if goods_value.minor < 0:
        raise InvalidInput("value-negative", field="value", value=goods_value.text())
    band = next(band for band in rule.bands if band.holds(goods_value.minor))
    return Money(band.asks(goods_value.minor), rule.currency)
