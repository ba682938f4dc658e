"""Receipts: a node's signed word on what became of a message, bound to that message's hash.

R1 says the message is stored and its signature was good; R2 says it was applied, refused or set
aside. A receipt is signed inside the transaction that makes its fact durable, stored, and handed
out again byte for byte. An objection is the signed answer to an envelope that could not be stored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from countermark.domain.envelopes.canonical import Json, json_bytes
from countermark.domain.envelopes.jose import KeyLookup, token_open, token_sign
from countermark.domain.envelopes.keys import KeyPair
from countermark.domain.errors import EnvelopeRefused

RECEIPT_TYP, OBJECTION_TYP = "cmk-receipt", "cmk-objection"
_REASON = re.compile(r"[a-z0-9-]{0,80}")


class Level(StrEnum):
    """How far a message came."""

    RECEIVED = "R1"
    SETTLED = "R2"
    READ = "R3"


class Outcome(StrEnum):
    """What a receipt says happened."""

    RECEIVED = "received"
    APPLIED = "applied"
    REFUSED = "refused"
    QUARANTINED = "quarantined"
    SKIPPED = "skipped"
    READ = "read"


LEVEL_OF = {
    Outcome.RECEIVED: Level.RECEIVED,
    Outcome.APPLIED: Level.SETTLED,
    Outcome.REFUSED: Level.SETTLED,
    Outcome.QUARANTINED: Level.SETTLED,
    Outcome.SKIPPED: Level.SETTLED,
    Outcome.READ: Level.READ,
}


@dataclass(frozen=True, slots=True)
class ReceiptClaims:
    """What a receipt says. ``at`` is the receiver's clock and only informs."""

    issuer: str
    audience: str
    id: str
    lane: str
    epoch: int
    seq: int
    inner_sha256: str
    outcome: str
    at: str
    reason: str = ""

    @property
    def level(self) -> Level:
        """How far the message came."""
        return LEVEL_OF[Outcome(self.outcome)]


@dataclass(frozen=True, slots=True)
class Objection:
    """Why an envelope was not stored; ``inner_sha256`` is what its outside claimed."""

    issuer: str
    audience: str
    inner_sha256: str
    reason: str
    at: str


def reason_code(code: str) -> str:
    """Return a code as a receipt can carry it; one of another form becomes ``refused``."""
    return code if _REASON.fullmatch(code) else "refused"


def receipt_sign(claims: ReceiptClaims, key: KeyPair) -> str:
    """Return a receipt as a compact JWS."""
    content: dict[str, Json] = {**asdict(claims), "level": claims.level.value}
    return token_sign(json_bytes(content), typ=RECEIPT_TYP, key=key)


def receipt_open(token: str, *, issuer: str, audience: str, keys: KeyLookup) -> ReceiptClaims:
    """Return what a receipt says, once its signature and both parties are right.

    The caller compares ``id`` and ``inner_sha256`` with the message the receipt is to settle.

    Raises:
        EnvelopeRefused: ``receipt-malformed``, ``receipt-parties-wrong`` or a refusal of
            ``token_open``.
    """
    content, _ = token_open(token, typ=RECEIPT_TYP, keys=keys)
    texts = _texts(content, ("issuer", "audience", "id", "lane", "inner_sha256", "outcome", "at"))
    reason = _reason(content)
    epoch, seq = content.get("epoch"), content.get("seq")
    if type(epoch) is not int or type(seq) is not int or texts["outcome"] not in set(Outcome):
        raise EnvelopeRefused("receipt-malformed")
    _check_parties(texts, issuer, audience)
    claims = ReceiptClaims(**texts, epoch=epoch, seq=seq, reason=reason)
    if content.get("level") != claims.level.value:
        raise EnvelopeRefused("receipt-malformed")
    return claims


def objection_sign(objection: Objection, key: KeyPair) -> str:
    """Return an objection as a compact JWS."""
    return token_sign(json_bytes({**asdict(objection)}), typ=OBJECTION_TYP, key=key)


def objection_open(token: str, *, issuer: str, audience: str, keys: KeyLookup) -> Objection:
    """Return what an objection says, once its signature and both parties are right.

    Raises:
        EnvelopeRefused: ``receipt-malformed``, ``receipt-parties-wrong`` or a refusal of
            ``token_open``.
    """
    content, _ = token_open(token, typ=OBJECTION_TYP, keys=keys)
    texts = _texts(content, ("issuer", "audience", "inner_sha256", "at"))
    _check_parties(texts, issuer, audience)
    return Objection(**texts, reason=_reason(content))


def _texts(content: Mapping[str, Json], names: tuple[str, ...]) -> dict[str, str]:
    texts = {name: value for name in names if isinstance(value := content.get(name), str)}
    if len(texts) != len(names):
        raise EnvelopeRefused("receipt-malformed")
    return texts


def _reason(content: Mapping[str, Json]) -> str:
    reason = content.get("reason")
    if not isinstance(reason, str) or not _REASON.fullmatch(reason):
        raise EnvelopeRefused("receipt-malformed")
    return reason


def _check_parties(texts: Mapping[str, str], issuer: str, audience: str) -> None:
    if (texts["issuer"], texts["audience"]) != (issuer, audience):
        raise EnvelopeRefused("receipt-parties-wrong")
