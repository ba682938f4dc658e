"""One row of a sheet: read to the end, so that every fault of it is told at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as declared
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from countermark.domain.errors import InvalidInput, Refusal
from countermark.domain.goods_sheet.columns import FIELDS
from countermark.domain.goods_sheet.sheet import Sheet, SheetRow
from countermark.domain.money import Money, exponent
from countermark.domain.quantity import unit_read
from countermark.domain.readings import plain, read_code, read_date, read_decimal

LONGEST: Final = {"parcel_number": 40, "description": 500, "brand": 200, "registration": 60}
"""Most characters a text may have; a longer one is refused and never cut."""
LARGEST_MINOR: Final = 2**63 - 1
PIECES: Final = "H87"
_HS_CODE: Final = re.compile(r"[0-9]{2,10}")
_WHOLE_DIGITS: Final = 15
_ACTIVE: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell cannot be read: its field, and the code of the refusal with its parameters."""

    field: str
    code: str
    params: Mapping[str, object] = declared(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Words:
    """How codes may be written: from each lower-case spelling to its code."""

    categories: Mapping[str, str]
    bases: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the officer said for all rows whose cell is empty; a value's only where one stands."""

    currency: str = ""
    value_basis: str = ""
    valued_on: date | None = None


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """A row that could be read; ``brand`` and ``registration`` are not looked up yet.

    An empty ``category`` is left to the HS code; ``value`` comes with basis and day or not at all.
    """

    parcel_number: str
    description: str
    brand: str
    registration: str
    quantity: Decimal
    unit: str
    hs_code: str
    category: str
    value: Money | None
    value_basis: str
    valued_on: date | None


def row_read(
    row: SheetRow, sheet: Sheet, words: Words, defaults: Defaults
) -> tuple[GoodsRow | None, tuple[Fault, ...]]:
    """Return the goods of a row, or all that is wrong with it."""
    cells = _Cells(row, sheet)
    if any(cell.strip() for cell in row.cells[len(sheet.columns) :]):
        return None, (Fault("", "column-count"),)
    quantity = cells.read("quantity", _quantity, needed=True)
    unit = cells.read("unit", unit_read)
    category = cells.read("category", lambda t: read_code(t, "category", words.categories))
    value, basis, valued_on = _value(cells, words, defaults)
    goods = GoodsRow(
        parcel_number=cells.text("parcel_number"),
        description=cells.text("description", needed=True),
        brand=cells.text("brand"),
        registration=cells.text("registration"),
        quantity=quantity or Decimal(0),
        unit=unit or PIECES,
        hs_code=cells.read("hs_code", _hs_code) or "",
        category=category or "",
        value=value,
        value_basis=basis,
        valued_on=valued_on,
    )
    return (None, tuple(cells.faults)) if cells.faults else (goods, ())


def row_cells(goods: GoodsRow) -> tuple[str, ...]:
    """Return the cells of a row in the grid's own order, which ``row_read`` reads back."""
    value = goods.value
    said = {
        **{name: getattr(goods, name) for name in FIELDS if name not in {"value", "currency"}},
        "quantity": f"{goods.quantity:f}",
        "value": value.text() if value else "",
        "currency": value.currency if value else "",
        "valued_on": goods.valued_on.isoformat() if goods.valued_on else "",
    }
    return tuple(said[name] for name in FIELDS)


class _Cells:
    """The cells of one row by field; what cannot be read becomes a fault."""

    def __init__(self, row: SheetRow, sheet: Sheet) -> None:
        self._row, self._places = row, sheet.places
        self.faults: list[Fault] = []

    def said(self, name: str) -> str:
        """Return a cell on one line, without the apostrophe that keeps formulas from running."""
        place = self._places.get(name, len(self._row.cells))
        cell = self._row.cells[place] if place < len(self._row.cells) else ""
        text = " ".join(cell.split())
        return text[1:] if text[:1] == "'" and text[1:].startswith(_ACTIVE) else text

    def text(self, name: str, *, needed: bool = False) -> str:
        """Return a cell as it stands, if it is there where needed and not too long."""
        said = self.said(name)
        if needed and not said:
            self.fault(name, "field-missing")
        if len(said) > LONGEST[name]:
            self.fault(name, "text-too-long", longest=LONGEST[name])
        return said

    def read(self, name: str, reader: Callable[[str], T], *, needed: bool = False) -> T | None:
        """Return what a reader makes of a cell; None where it is empty or at fault."""
        said = self.said(name)
        if said:
            try:
                return reader(said)
            except Refusal as refusal:
                self.fault(name, refusal.code, **refusal.params)
        elif needed:
            self.fault(name, "field-missing")
        return None

    def fault(self, name: str, code: str, **params: object) -> None:
        """Keep a fault."""
        self.faults.append(Fault(name, code, params))


def _value(
    cells: _Cells, words: Words, defaults: Defaults
) -> tuple[Money | None, str, date | None]:
    """Return amount, basis and day; all of them or none."""
    if not cells.said("value"):
        for name in ("currency", "value_basis", "valued_on"):
            if cells.said(name):
                cells.fault(name, "value-without-amount")
        return None, "", None
    currency = cells.read("currency", _currency) or _said(cells, "currency", defaults.currency)
    basis = cells.read("value_basis", lambda text: read_code(text, "value_basis", words.bases))
    day = cells.read("valued_on", lambda text: read_date(text, "valued_on"))
    basis = basis or _said(cells, "value_basis", defaults.value_basis)
    day = day or _said(cells, "valued_on", defaults.valued_on)
    value = cells.read("value", lambda text: _money(text, currency)) if currency else None
    return value, basis or "", day


def _said(cells: _Cells, name: str, default: T) -> T:
    """Return what was said for all rows; a fault where the cell is empty and nothing was said."""
    if not default and not cells.said(name):
        cells.fault(name, "value-part-missing")
    return default


def _quantity(text: str) -> Decimal:
    quantity = read_decimal(text, "quantity", places=3)
    if not quantity:
        raise InvalidInput("quantity-zero", field="quantity")
    if quantity >= Decimal(10) ** _WHOLE_DIGITS:
        raise InvalidInput("number-out-of-range", field="quantity")
    return quantity


def _hs_code(text: str) -> str:
    digits = plain(text).replace(".", "").replace(" ", "")
    if not _HS_CODE.fullmatch(digits):
        raise InvalidInput("hs-code-malformed", field="hs_code", value=text[:20])
    return digits


def _currency(text: str) -> str:
    code = plain(text).upper()
    exponent(code)
    return code


def _money(text: str, currency: str) -> Money:
    amount = read_decimal(text, "value", places=exponent(currency))
    money = Money.parse(f"{amount:f}", currency)
    if money.minor > LARGEST_MINOR:
        raise InvalidInput("amount-too-large", field="value")
    return money
