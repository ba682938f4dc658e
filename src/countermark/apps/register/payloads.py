"""The content of ``permit.*`` messages: one function writes each, one reads it as hostile input."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from countermark.apps.register.inputs import OfferInput
from countermark.apps.register.models import DecidedAs
from countermark.domain.envelopes.canonical import Json
from countermark.domain.errors import InvalidInput
from countermark.domain.payload import Payload

if TYPE_CHECKING:
    from countermark.apps.register.models import Permission

LONGEST_GOODS: Final = 2_000
LONGEST_REASON: Final = 500
ANSWERS: Final = ("accepted", "declined", "ended")
_SHA256: Final = "[0-9a-f]{64}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a partner answers to an offer, or that what it had accepted has ended there."""

    key: UUID
    answer: str
    reason: str = ""


def offer_of(permission: Permission) -> OfferInput:
    """Return a permission as it is offered: right, trader, goods, days, digest of the proof.

    The proof itself, the trader's statement, the officers and the goods once held stay here.
    """
    right = permission.right
    proof = permission.documents.order_by("pk").first()
    return OfferInput(
        key=permission.key,
        jurisdiction=right.jurisdiction,
        right_type=right.right_type,
        registration_number=_plain(right.registration_number),
        mark=_plain(right.label),
        holder=_plain(right.holder.name),
        name=_plain(permission.name),
        identifier=_plain(permission.identifier),
        goods=_plain(permission.goods)[:LONGEST_GOODS],
        valid_from=permission.valid_from,
        valid_until=permission.valid_until,
        decided_as=permission.decided_as,
        proof_sha256=proof.received_sha256 if proof else "",
    )


def offer_payload(offer: OfferInput) -> dict[str, Json]:
    """Return the content of ``permit.offer/1``."""
    return {
        "key": str(offer.key),
        "right": {
            "jurisdiction": offer.jurisdiction,
            "right_type": offer.right_type,
            "registration_number": offer.registration_number,
            "mark": offer.mark,
            "holder": offer.holder,
        },
        "trader": {"name": offer.name, "identifier": offer.identifier},
        "goods": offer.goods,
        "valid_from": offer.valid_from.isoformat(),
        "valid_until": offer.valid_until.isoformat(),
        "decided_as": offer.decided_as,
        "proof_sha256": offer.proof_sha256,
    }


def offer_read(data: Mapping[str, object]) -> OfferInput:
    """Return the offer in a ``permit.offer/1`` message.

    Raises:
        InvalidInput: A field is missing or malformed, or the days are not in order.
    """
    payload = Payload.read(data)
    right, trader = payload.part("right"), payload.part("trader")
    offer = OfferInput(
        key=payload.uuid("key"),
        jurisdiction=right.slug("jurisdiction", 6),
        right_type=right.slug("right_type", 30),
        registration_number=right.text("registration_number", 60),
        mark=right.text("mark", 200),
        holder=right.text("holder", 200),
        name=trader.text("name", 200),
        identifier=trader.text("identifier", 60, required=False),
        goods=payload.text("goods", LONGEST_GOODS, required=False),
        valid_from=payload.day("valid_from"),
        valid_until=payload.day("valid_until"),
        decided_as=payload.choice("decided_as", DecidedAs.values),
        proof_sha256=payload.matching("proof_sha256", f"({_SHA256})?"),
    )
    if offer.valid_until < offer.valid_from:
        raise InvalidInput("dates-not-in-order", field="valid_until")
    return offer


def answer_payload(answer: Answer) -> dict[str, Json]:
    """Return the content of ``permit.answer/1``."""
    return {"key": str(answer.key), "answer": answer.answer, "reason": _plain(answer.reason)}


def answer_read(data: Mapping[str, object]) -> Answer:
    """Return the answer in a ``permit.answer/1`` message.

    Raises:
        InvalidInput: A field is missing or malformed.
    """
    payload = Payload.read(data)
    return Answer(
        payload.uuid("key"),
        payload.choice("answer", ANSWERS),
        payload.text("reason", LONGEST_REASON, required=False),
    )


def withdrawal_payload(key: UUID) -> dict[str, Json]:
    """Return the content of ``permit.withdraw/1``; why it ended stays here."""
    return {"key": str(key)}


def withdrawal_read(data: Mapping[str, object]) -> UUID:
    """Return the key in a ``permit.withdraw/1`` message.

    Raises:
        InvalidInput: It is missing or malformed.
    """
    return Payload.read(data).uuid("key")


def _plain(text: str) -> str:
    """Return a text on one line, without the characters that a partner refuses."""
    line = " ".join(text.split())
    return "".join(letter for letter in line if unicodedata.category(letter) not in ("Cc", "Cs"))
