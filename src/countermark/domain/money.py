"""Amounts of money in whole minor units, exchange rates handed in, and rounding said aloud."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from countermark.domain.errors import InvalidInput

if TYPE_CHECKING:
    from datetime import date

# ISO 4217, active codes. Two digits after the point unless listed below.
_TWO_DIGITS = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL
HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP
MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD
SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS
VED VES WST XCD YER ZAR ZMW ZWG
"""
_NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"

EXPONENTS: dict[str, int] = (
    dict.fromkeys(_TWO_DIGITS.split(), 2)
    | dict.fromkeys(_NO_DIGITS.split(), 0)
    | dict.fromkeys(_THREE_DIGITS.split(), 3)
)
"""Digits after the decimal point of each ISO 4217 currency."""

_AMOUNT = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,9})?")
_EXACT = Context(prec=60)


class Rounding(StrEnum):
    """How a converted amount becomes whole minor units; always stated beside the amount."""

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"
    DOWN = "down"


_DECIMAL_ROUNDING = {
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.HALF_EVEN: ROUND_HALF_EVEN,
    Rounding.DOWN: ROUND_DOWN,
}


def exponent(currency: str) -> int:
    """Return how many digits stand after the decimal point in ``currency``.

    Raises:
        InvalidInput: ``currency`` is not an active ISO 4217 code.
    """
    digits = EXPONENTS.get(currency)
    if digits is None:
        raise InvalidInput("currency-unknown", field="currency", currency=currency)
    return digits


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in whole minor units (cents, fen) of one currency."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        exponent(self.currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> Money:
        """Read a plain amount such as ``138000.5``; no grouping, no currency sign, no exponent.

        Raises:
            InvalidInput: Not a plain amount, or finer than the currency's minor unit.
        """
        digits = exponent(currency)
        if not _AMOUNT.fullmatch(text):
            raise InvalidInput("amount-malformed", field="amount", amount=text[:40])
        scaled = Decimal(text).scaleb(digits, _EXACT)
        if scaled != scaled.to_integral_value():
            raise InvalidInput("amount-too-fine", field="amount", amount=text, currency=currency)
        return cls(int(scaled), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units, with exactly the currency's digits after the point."""
        return Decimal(self.minor).scaleb(-exponent(self.currency), _EXACT)

    def text(self) -> str:
        """Return the amount as ``parse`` reads it; languages and grouping are the interface's."""
        return f"{self.amount:f}"

    def __add__(self, other: Money) -> Money:
        if self.currency != other.currency:
            raise InvalidInput(
                "currencies-differ", field="currency", left=self.currency, right=other.currency
            )
        return Money(self.minor + other.minor, self.currency)


@dataclass(frozen=True, slots=True)
class Rate:
    """One published exchange rate: 1 unit of ``base`` buys ``value`` units of ``quote``."""

    source: str
    base: str
    quote: str
    value: Decimal
    published_on: date

    def __post_init__(self) -> None:
        exponent(self.base)
        exponent(self.quote)
        if not (self.value.is_finite() and self.value > 0):
            raise InvalidInput("rate-not-positive", field="rate", rate=str(self.value))


def cross_rate(from_common: Rate, to_common: Rate) -> Rate:
    """Return the rate between two quotes of one base, as published against it on one day.

    ``cross_rate(EUR/CNY, EUR/USD)`` is CNY/USD. The quotient carries 28 significant digits: it is
    rounded only where an amount is converted.

    Raises:
        InvalidInput: The two rates differ in base, day or source.
    """
    same = ("base", "published_on", "source")
    if any(getattr(from_common, name) != getattr(to_common, name) for name in same):
        raise InvalidInput("rates-do-not-cross", field="rate")
    value = Context(prec=28).divide(to_common.value, from_common.value)
    return Rate(
        from_common.source, from_common.quote, to_common.quote, value, from_common.published_on
    )


def convert(money: Money, rate: Rate, rounding: Rounding) -> Money:
    """Return ``money`` in the rate's quote currency, rounded once to its minor unit.

    Raises:
        InvalidInput: ``money`` is not in the rate's base currency.
    """
    if money.currency != rate.base:
        raise InvalidInput(
            "currencies-differ", field="currency", left=money.currency, right=rate.base
        )
    exact = _EXACT.multiply(money.amount, rate.value).scaleb(exponent(rate.quote), _EXACT)
    return Money(int(exact.to_integral_value(_DECIMAL_ROUNDING[rounding], _EXACT)), rate.quote)
