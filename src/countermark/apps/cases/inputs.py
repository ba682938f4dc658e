"""What officers and other parts of the program say about a case, before it is checked."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from countermark.apps.cases.models import ConveyanceKind, DetailKind
from countermark.domain.correlation import container_key
from countermark.domain.errors import InvalidInput
from countermark.domain.money import exponent
from countermark.domain.quantity import Quantity
from countermark.domain.vocabulary import (
    Channel,
    Direction,
    GoodsCategory,
    PartyRole,
    TransportMode,
    ValueBasis,
    category_guess,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from enum import StrEnum

    from countermark.apps.register.models import Right
    from countermark.apps.screening.models import Hit

_FINEST_QUANTITY = Decimal("0.001")
_LARGEST_QUANTITY = Decimal(10) ** 15
_LARGEST_MINOR = 2**63 - 1
_LONGEST = {"parcel_number": 40, "brand": 200, "hs_code": 12}
LONGEST_DETAIL, LONGEST_CONVEYANCE = 300, 60
DETAIL_TAGS: dict[str, tuple[str, ...]] = {
    DetailKind.NAME: ("zh-Hant", "zh-Hans", "zh-Latn", "en", "other"),
    DetailKind.IDENTIFIER: ("uscc", "brn", "customs", "id-card", "passport", "other"),
}
"""Languages and scripts of names, kinds of identifiers."""


@dataclass(frozen=True, slots=True)
class GoodsInput:
    """Goods of one kind; an empty ``category`` is guessed from the HS code.

    The value is whole minor units with currency, basis and day, or wholly absent.
    ``parcel_number`` is that of the waybill or mail item, ``brand`` the mark as it was read on the
    goods.
    """

    description: str
    quantity: Decimal
    unit: str = "H87"
    category: str = ""
    hs_code: str = ""
    right: Right | None = None
    hit: Hit | None = None
    value_minor: int | None = None
    currency: str = ""
    value_basis: str = ""
    valued_on: date | None = None
    parcel_number: str = ""
    brand: str = ""

    def checked_category(self) -> GoodsCategory:
        """Return the category, guessed from the HS code where none is given."""
        return GoodsCategory(self.category) if self.category else category_guess(self.hs_code)

    def check(self) -> None:
        """Refuse goods that no case can hold.

        Raises:
            InvalidInput: A field is missing, malformed or half given.
        """
        if not self.description.strip():
            raise InvalidInput("field-missing", field="description")
        for name, longest in _LONGEST.items():
            if len(getattr(self, name)) > longest:
                raise InvalidInput("text-too-long", field=name, longest=longest)
        code_check("category", self.category, GoodsCategory)
        Quantity(self.quantity, self.unit)
        if self.quantity % _FINEST_QUANTITY or self.quantity >= _LARGEST_QUANTITY:
            raise InvalidInput("quantity-malformed", field="quantity", quantity=str(self.quantity))
        if self.value_minor is None:
            if self.currency or self.value_basis or self.valued_on:
                raise InvalidInput("value-incomplete", field="value_minor")
            return
        exponent(self.currency)
        if not 0 <= self.value_minor <= _LARGEST_MINOR:
            raise InvalidInput("value-negative", field="value_minor", value=self.value_minor)
        if not self.value_basis or self.valued_on is None:
            raise InvalidInput("value-incomplete", field="value_basis")
        code_check("value_basis", self.value_basis, ValueBasis)


@dataclass(frozen=True, slots=True)
class PartyInput:
    """A person or firm in a case."""

    role: str
    name: str
    identifier: str = ""

    def check(self) -> None:
        """Refuse a party without a name or with an unknown role.

        Raises:
            InvalidInput: The name is missing or the role unknown.
        """
        if not self.name.strip():
            raise InvalidInput("field-missing", field="name")
        if not self.role:
            raise InvalidInput("field-missing", field="role")
        code_check("role", self.role, PartyRole)


@dataclass(frozen=True, slots=True)
class DetailInput:
    """A further name, address, telephone or identifier of a party; see ``PartyDetail``."""

    kind: str
    value: str
    tag: str = ""

    def check(self) -> None:
        """Refuse a detail without a value, of an unknown kind, or too long.

        Raises:
            InvalidInput: The value is missing or too long, or a code unknown.
        """
        if not self.value.strip():
            raise InvalidInput("field-missing", field="value")
        if len(self.value.strip()) > LONGEST_DETAIL:
            raise InvalidInput("text-too-long", field="value", longest=LONGEST_DETAIL)
        code_check("kind", self.kind or "-", DetailKind)
        if self.tag and self.tag not in DETAIL_TAGS.get(self.kind, ()):
            raise InvalidInput("code-unknown", field="tag", value=self.tag[:40])


@dataclass(frozen=True, slots=True)
class ConveyanceInput:
    """A means of transport, by its number or name."""

    kind: str
    value: str

    def check(self) -> None:
        """Refuse one without a value or of an unknown kind, and a container that cannot exist.

        Raises:
            InvalidInput: The value is missing or too long, the kind unknown, or the container's
                check digit wrong.
        """
        if not self.value.strip():
            raise InvalidInput("field-missing", field="value")
        if len(self.value.strip()) > LONGEST_CONVEYANCE:
            raise InvalidInput("text-too-long", field="value", longest=LONGEST_CONVEYANCE)
        code_check("kind", self.kind or "-", ConveyanceKind)
        if self.kind == ConveyanceKind.CONTAINER and not container_key(self.value):
            raise InvalidInput("container-number-wrong", field="value")


@dataclass(frozen=True, slots=True)
class CaseDetails:
    """How the goods of a case moved, who took part, and why it is opened.

    ``reason`` is kept with each hit that the case confirms; ``reconstructed`` marks a record made
    afterwards from published totals.
    """

    direction: str = ""
    channel: str = ""
    transport_mode: str = ""
    control_point: str = ""
    departure: str = ""
    destination: str = ""
    parties: Sequence[PartyInput] = ()
    reason: str = ""
    reconstructed: bool = False

    def route(self) -> dict[str, str]:
        """Return how the goods moved, by the names of a case's fields."""
        return {
            "direction": self.direction,
            "channel": self.channel,
            "transport_mode": self.transport_mode,
            "control_point": self.control_point,
            "departure": self.departure,
            "destination": self.destination,
        }

    def check(self) -> None:
        """Refuse a route with unknown codes, or a party that no case can hold.

        Raises:
            InvalidInput: A code is unknown or a party malformed.
        """
        code_check("direction", self.direction, Direction)
        code_check("channel", self.channel, Channel)
        code_check("transport_mode", self.transport_mode, TransportMode)
        for party in self.parties:
            party.check()


def code_check(field: str, value: str, kind: type[StrEnum]) -> None:
    """Refuse a value that is neither empty nor a code of ``kind``.

    Raises:
        InvalidInput: The value is unknown; ``field`` is named.
    """
    if value and value not in set(kind):
        raise InvalidInput("code-unknown", field=field, value=value)
