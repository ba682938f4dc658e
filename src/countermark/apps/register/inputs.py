"""What officers and files say about rights, before it is checked and written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from countermark.apps.accounts.models import Administration


@dataclass(frozen=True, slots=True)
class HolderInput:
    """A right holder; known again by the folded ``name`` and ``country`` (ISO 3166, 2 letters)."""

    name: str
    name_zh_hant: str = ""
    name_zh_hans: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ContactInput:
    """A person or firm that speaks for a right holder."""

    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class RightInput:
    """The content of one registration; at least one of the three words is filled.

    ``facts`` are what the type of right asks for beyond these fields, by the codes of its law file.
    """

    jurisdiction: str
    registration_number: str
    valid_from: date
    valid_until: date
    nice_classes: tuple[int, ...]
    word: str = ""
    word_zh_hans: str = ""
    word_zh_hant: str = ""
    goods: str = ""
    right_type: str = "trade-mark"
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RecordationInput:
    """The entry of a right in an administration's record; ``expires_on`` is its last day."""

    administration: Administration
    number: str
    recorded_on: date
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class AuthorisedPartyInput:
    """Somebody whom the holder allows to use the mark, and what proves it; open dates: no limit."""

    name: str
    role: str = "licensee"
    identifier: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    proof: str = ""


@dataclass(frozen=True, slots=True)
class TraderInput:
    """A trader as a declaration names it."""

    name: str
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class PermissionInput:
    """What a trader says it may do: with which goods, from when until when, in its own words.

    ``may_share`` says that the trader agrees that a partner administration is told of it.
    """

    valid_from: date
    valid_until: date
    goods: str = ""
    statement: str = ""
    may_share: bool = False


@dataclass(frozen=True, slots=True)
class OfferInput:
    """A permission as an administration offers it to another; ``key`` names it on both sides."""

    key: UUID
    jurisdiction: str
    right_type: str
    registration_number: str
    mark: str
    holder: str
    name: str
    identifier: str
    goods: str
    valid_from: date
    valid_until: date
    decided_as: str
    proof_sha256: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why an entry is refused: the field it stands in and the reason's stable code."""

    field: str
    reason: str


RIGHT_FIELDS = tuple(each.name for each in fields(RightInput))
"""Names of the fields of a right, the same here and in the database."""
