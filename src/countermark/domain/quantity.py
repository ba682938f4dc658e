"""Units in which goods are counted, weighed and measured."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from countermark.domain.errors import InvalidInput


class Dimension(StrEnum):
    """What a unit measures; quantities of different dimensions are never added."""

    COUNT = "count"
    MASS = "mass"
    LENGTH = "length"
    AREA = "area"
    VOLUME = "volume"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of UN/ECE Recommendation 20 with its size in the base unit of its dimension.

    Base units: one article, kilogram, metre, square metre, litre. A pair, a set or a box counts
    as one article, as in the customs statistics this program reports.
    """

    code: str
    dimension: Dimension
    size: Decimal


def _units(dimension: Dimension, sizes: dict[str, str]) -> dict[str, Unit]:
    return {code: Unit(code, dimension, Decimal(size)) for code, size in sizes.items()}


UNITS: dict[str, Unit] = (
    _units(
        Dimension.COUNT,
        {"H87": "1", "NMB": "1", "EA": "1", "C62": "1", "PR": "1", "SET": "1", "DZN": "12"},
    )
    | _units(Dimension.MASS, {"KGM": "1", "GRM": "0.001", "TNE": "1000"})
    | _units(Dimension.LENGTH, {"MTR": "1", "CMT": "0.01"})
    | _units(Dimension.AREA, {"MTK": "1"})
    | _units(Dimension.VOLUME, {"LTR": "1", "MLT": "0.001", "MTQ": "1000"})
)
"""Every unit the program knows, by its code."""

# Mainland declarations carry three-digit unit codes and all sides write words; both are read.
_SPELLINGS = {
    "pcs": "H87", "pc": "H87", "piece": "H87", "pieces": "H87", "个": "H87", "件": "H87",
    "只": "H87", "個": "H87", "隻": "H87", "item": "H87", "items": "H87", "unit": "H87",
    "units": "H87", "pair": "PR", "pairs": "PR", "双": "PR", "雙": "PR", "对": "PR", "對": "PR",
    "set": "SET", "sets": "SET", "套": "SET", "dozen": "DZN", "打": "DZN", "kg": "KGM",
    "kgs": "KGM", "千克": "KGM", "公斤": "KGM", "g": "GRM", "克": "GRM", "t": "TNE", "吨": "TNE",
    "噸": "TNE", "m": "MTR", "米": "MTR", "cm": "CMT", "m2": "MTK", "平方米": "MTK", "l": "LTR",
    "升": "LTR", "ml": "MLT", "毫升": "MLT", "m3": "MTQ", "立方米": "MTQ",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of units."""

    value: Decimal
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise InvalidInput("unit-unknown", field="unit", unit=self.unit)
        if not (self.value.is_finite() and self.value >= 0):
            raise InvalidInput("quantity-negative", field="quantity", quantity=str(self.value))

    @property
    def dimension(self) -> Dimension:
        """What the quantity measures."""
        return UNITS[self.unit].dimension

    def in_base(self) -> Decimal:
        """Return the value in the base unit of its dimension."""
        return self.value * UNITS[self.unit].size

    def __add__(self, other: Quantity) -> Quantity:
        if self.dimension != other.dimension:
            raise InvalidInput("units-differ", field="unit", left=self.unit, right=other.unit)
        if self.unit == other.unit:
            return Quantity(self.value + other.value, self.unit)
        return self + quantity_in(other, self.unit)


def unit_read(text: str) -> str:
    """Return the unit code that a declaration's spelling names.

    Raises:
        InvalidInput: The spelling is not known.
    """
    word = text.strip()
    if word.upper() in UNITS:
        return word.upper()
    code = _SPELLINGS.get(word.lower())
    if code is None:
        raise InvalidInput("unit-unknown", field="unit", unit=word[:40])
    return code


def quantity_in(quantity: Quantity, unit: str) -> Quantity:
    """Return the same quantity in another unit of its dimension.

    Raises:
        InvalidInput: The unit is unknown or measures something else.
    """
    if unit not in UNITS:
        raise InvalidInput("unit-unknown", field="unit", unit=unit)
    if UNITS[unit].dimension != quantity.dimension:
        raise InvalidInput("units-differ", field="unit", left=quantity.unit, right=unit)
    return Quantity(quantity.in_base() / UNITS[unit].size, unit)


def articles(quantities: list[Quantity]) -> Decimal:
    """Return how many articles the counted quantities hold; weighed and measured ones hold none."""
    counted = (each.in_base() for each in quantities if each.dimension is Dimension.COUNT)
    return sum(counted, Decimal(0))
