"""The content of ``case.referral/1`` read as hostile input: known fields, checked, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from countermark.domain.envelopes.canonical import Json
from countermark.domain.money import EXPONENTS
from countermark.domain.payload import Payload
from countermark.domain.quantity import UNITS
from countermark.domain.vocabulary import (
    Channel,
    Direction,
    GoodsCategory,
    TransportMode,
    ValueBasis,
)

MOST_LINES, MOST_ACTS = 500, 500


def case_summary_read(data: Mapping[str, object]) -> dict[str, Json]:
    """Return a partner's summary of its case: every field it may have, each checked.

    Fields that this version does not know stay in the signed message and go no further.

    Raises:
        InvalidInput: A field is missing or malformed; ``field`` names it.
    """
    payload = Payload.read(data)
    return {
        "key": str(payload.uuid("key")),
        "number": payload.text("number", 40),
        "administration": payload.slug("administration", 12),
        "procedure": payload.text("procedure", 60),
        "state": payload.text("state", 40),
        "title": payload.text("title", 200),
        "opened_on": payload.day("opened_on").isoformat(),
        "closed_on": payload.day("closed_on").isoformat() if payload.has("closed_on") else None,
        "direction": _code(payload, "direction", Direction),
        "channel": _code(payload, "channel", Channel),
        "transport_mode": _code(payload, "transport_mode", TransportMode),
        "reconstructed": payload.flag("reconstructed"),
        "goods": [_goods(each) for each in payload.parts("goods", MOST_LINES)],
        "acts": [_act(each) for each in payload.parts("acts", MOST_ACTS)],
        "deadlines": [_deadline(each) for each in payload.parts("deadlines", MOST_ACTS)],
    }


def _goods(payload: Payload) -> dict[str, Json]:
    valued = payload.has("value_minor")
    return {
        "category": payload.choice("category", frozenset(GoodsCategory)),
        "hs_code": payload.text("hs_code", 12, required=False),
        "quantity": f"{payload.number('quantity'):f}",
        "unit": payload.choice("unit", UNITS),
        "mark": payload.text("mark", 200, required=False),
        "jurisdiction": payload.text("jurisdiction", 12, required=False),
        "registration_number": payload.text("registration_number", 60, required=False),
        "value_minor": payload.integer("value_minor") if valued else None,
        "currency": payload.choice("currency", EXPONENTS) if valued else "",
        "value_basis": payload.choice("value_basis", frozenset(ValueBasis)) if valued else "",
    }


def _act(payload: Payload) -> dict[str, Json]:
    return {"act": payload.slug("act", 40), "acted_on": payload.day("acted_on").isoformat()}


def _deadline(payload: Payload) -> dict[str, Json]:
    return {
        "code": payload.slug("code", 40),
        "started_on": payload.day("started_on").isoformat(),
        "due_on": payload.day("due_on").isoformat(),
        "provisional": payload.flag("provisional"),
        "source": payload.text("source", 80, required=False),
    }


def _code(payload: Payload, name: str, codes: Iterable[str]) -> str:
    return payload.choice(name, frozenset(codes)) if payload.text(name, 60, required=False) else ""
