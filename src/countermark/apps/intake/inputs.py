"""What one row of a declaration file says, once it has been read and before it is written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from countermark.apps.register.convert import name_key


@dataclass(frozen=True, slots=True)
class PartyInput:
    """A person or firm as a row names it."""

    name: str
    identifier: str = ""
    country: str = ""
    address: str = ""

    @property
    def key(self) -> str:
        """What the party is known by: folded identifier, name and country."""
        parts = (name_key(self.identifier), name_key(self.name), name_key(self.country))
        return "|".join(parts)[:700]


@dataclass(frozen=True, slots=True)
class HeaderInput:
    """The declaration that a row belongs to; ``office`` is the code of an office."""

    number: str
    office: str
    declared_on: date
    direction: str
    channel: str
    transport_mode: str
    control_point: str
    departure: str
    destination: str
    consignor: PartyInput
    consignee: PartyInput
    declarant: PartyInput | None

    @property
    def content(self) -> dict[str, str]:
        """What must agree between all rows of one declaration."""
        return {
            "office": self.office,
            "declared_on": self.declared_on.isoformat(),
            "direction": self.direction,
            "channel": self.channel,
            "transport_mode": self.transport_mode,
            "control_point": self.control_point,
            "departure": self.departure,
            "destination": self.destination,
            "consignor": self.consignor.key,
            "consignee": self.consignee.key,
            "declarant": self.declarant.key if self.declarant else "",
        }


@dataclass(frozen=True, slots=True)
class LineInput:
    """One line of goods; the value is in whole minor units of the currency."""

    header: HeaderInput
    line_no: int
    goods_description: str
    declared_brand: str
    hs_code: str
    quantity: Decimal
    unit: str
    origin: str
    value_minor: int | None
    currency: str

    @property
    def place(self) -> tuple[str, int]:
        """The declaration's number and the line's number in it."""
        return self.header.number, self.line_no

    @property
    def sha256(self) -> str:
        """What the line is known by: equal for the same line of the same declaration."""
        content = [
            self.header.number,
            self.header.content,
            self.line_no,
            self.goods_description,
            self.declared_brand,
            self.hs_code,
            f"{self.quantity:.3f}",
            self.unit,
            self.origin,
            self.value_minor,
            self.currency,
        ]
        said = json.dumps(content, ensure_ascii=True, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()
