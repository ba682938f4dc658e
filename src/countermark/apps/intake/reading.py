"""From the cells of a row to a declaration line, or to the field and reason why there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from countermark.apps.intake.inputs import HeaderInput, LineInput, PartyInput
from countermark.apps.intake.spellings import CHANNELS, CURRENCIES, DIRECTIONS, TRANSPORT_MODES
from countermark.domain.errors import InvalidInput
from countermark.domain.money import Money, exponent
from countermark.domain.quantity import unit_read
from countermark.domain.readings import plain, read_code, read_date, read_decimal, read_whole
from countermark.domain.titles import cell_of
from countermark.domain.vocabulary import Direction

LONGEST: Final = {
    "number": 60,
    "office": 200,
    "control_point": 80,
    "departure": 80,
    "destination": 80,
    "declared_brand": 200,
    "origin": 60,
    "goods_description": 10_000,
    "specification": 10_000,
    "consignor": 200,
    "consignee": 200,
    "declarant": 200,
    "domestic_party": 200,
    "consignor_address": 300,
    "consignee_address": 300,
}
"""Most characters a text field may have; a longer one is refused and never cut."""

SHORT: Final = 60
"""Most characters of every other text field."""

LARGEST_MINOR: Final = 2**63 - 1
LARGEST_LINE: Final = 100_000
_HS: Final = re.compile(r"[0-9]{4,10}")
_HS_PUNCTUATION: Final = str.maketrans("", "", " .-")


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads the rows of one file.

    Attributes:
        mapping: From each field to its column, or to ``=value``.
        today: The last day a row may carry.
        offices: From each spelling of an office, in lower case, to its code.
        office: Code of the office of rows that name none.
    """

    mapping: Mapping[str, str]
    today: date
    offices: Mapping[str, str]
    office: str

    def read(self, cells: Mapping[str, str]) -> LineInput:
        """Return the declaration line that a row states.

        Raises:
            InvalidInput: A field is missing or malformed; the refusal names the first such field.
        """
        header = self._header(cells)
        value_minor, currency = self._value(cells)
        return LineInput(
            header=header,
            line_no=self._line_no(cells),
            goods_description=self._goods(cells),
            declared_brand=self._text(cells, "declared_brand"),
            hs_code=self._hs_code(cells),
            quantity=read_decimal(self._needed(cells, "quantity"), "quantity", places=3),
            unit=unit_read(self._needed(cells, "unit")),
            origin=self._text(cells, "origin"),
            value_minor=value_minor,
            currency=currency,
        )

    def _header(self, cells: Mapping[str, str]) -> HeaderInput:
        direction = read_code(self._needed(cells, "direction"), "direction", DIRECTIONS)
        exported = direction == Direction.EXPORT
        return HeaderInput(
            number=plain(self._needed(cells, "number")),
            office=self._office(cells),
            declared_on=self._declared_on(cells),
            direction=direction,
            channel=read_code(self._needed(cells, "channel"), "channel", CHANNELS),
            transport_mode=read_code(
                self._needed(cells, "transport_mode"), "transport_mode", TRANSPORT_MODES
            ),
            control_point=self._text(cells, "control_point"),
            departure=self._text(cells, "departure"),
            destination=self._text(cells, "destination"),
            consignor=self._party(cells, "consignor", domestic=exported),
            consignee=self._party(cells, "consignee", domestic=direction == Direction.IMPORT),
            declarant=self._declarant(cells),
        )

    def _office(self, cells: Mapping[str, str]) -> str:
        named = self._text(cells, "office")
        return read_code(named, "office", self.offices) if named else self.office

    def _declared_on(self, cells: Mapping[str, str]) -> date:
        day = read_date(self._needed(cells, "declared_on"), "declared_on")
        if day > self.today:
            raise InvalidInput("date-in-the-future", field="declared_on")
        return day

    def _party(self, cells: Mapping[str, str], role: str, *, domestic: bool) -> PartyInput:
        """Return a party; the mainland's form names the domestic one without saying its role."""
        name, identifier = self._text(cells, role), self._text(cells, f"{role}_identifier")
        if domestic and not name:
            name = self._text(cells, "domestic_party")
            identifier = identifier or self._text(cells, "domestic_identifier")
        if not name:
            raise InvalidInput("missing", field=role)
        return PartyInput(
            name,
            identifier,
            self._text(cells, f"{role}_country"),
            self._text(cells, f"{role}_address"),
        )

    def _declarant(self, cells: Mapping[str, str]) -> PartyInput | None:
        name = self._text(cells, "declarant")
        return PartyInput(name, self._text(cells, "declarant_identifier")) if name else None

    def _line_no(self, cells: Mapping[str, str]) -> int:
        number = read_whole(self._needed(cells, "line_no"), "line_no")
        if not 1 <= number <= LARGEST_LINE:
            raise InvalidInput("number-out-of-range", field="line_no")
        return number

    def _goods(self, cells: Mapping[str, str]) -> str:
        goods = self._needed(cells, "goods_description")
        details = self._text(cells, "specification")
        return f"{goods} | {details}" if details else goods

    def _hs_code(self, cells: Mapping[str, str]) -> str:
        code = plain(self._text(cells, "hs_code")).translate(_HS_PUNCTUATION)
        if code and not _HS.fullmatch(code):
            raise InvalidInput("hs-code-malformed", field="hs_code")
        return code

    def _value(self, cells: Mapping[str, str]) -> tuple[int | None, str]:
        stated = self._text(cells, "value")
        if not stated:
            return None, ""
        currency = read_code(self._needed(cells, "currency"), "currency", CURRENCIES)
        amount = read_decimal(stated, "value", places=exponent(currency))
        money = Money.parse(f"{amount:f}", currency)
        if money.minor > LARGEST_MINOR:
            raise InvalidInput("amount-too-large", field="value")
        return money.minor, currency

    def _needed(self, cells: Mapping[str, str], field: str) -> str:
        text = self._text(cells, field)
        if not text:
            raise InvalidInput("missing", field=field)
        return text

    def _text(self, cells: Mapping[str, str], field: str) -> str:
        text = cell_of(cells, self.mapping, field)
        if len(text) > LONGEST.get(field, SHORT):
            raise InvalidInput("too-long", field=field)
        return text
