"""Two nodes, an attacker, and a message between them. Keys are made from fixed bytes."""

from __future__ import annotations

from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from countermark.domain.envelopes.chain import lane_start
from countermark.domain.envelopes.keys import KeyPair, KeyUse
from countermark.domain.envelopes.message import Message
from countermark.domain.envelopes.schema import Tlp

LANE = "case:0195d2a4-3c00-7abc-8def-0123456789ab"
ID = "0195d2a4-3c00-7000-8000-000000000001"


def signing(seed: int, use: KeyUse = KeyUse.SIGN) -> KeyPair:
    return KeyPair.of(use, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


def encrypting(seed: int) -> KeyPair:
    return KeyPair.of(KeyUse.ENCRYPT, X25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


GD_SIGN, HK_SIGN, MALLORY_SIGN = signing(1), signing(2), signing(3)
GD_BOX, HK_BOX, HK_OLD_BOX = encrypting(4), encrypting(5), encrypting(6)
GD_ROOT, HK_ROOT = signing(7, KeyUse.ROOT), signing(8, KeyUse.ROOT)

MESSAGE = Message(
    id=ID,
    type="case.referral/1",
    sender="cn-gd",
    recipient="hk",
    lane=LANE,
    place=lane_start("cn-gd", "hk", LANE),
    time="2014-03-01T08:00:00.000000Z",
    idempotency_key="case:GD-2014-000123:referral",
    purpose="ipr-border-enforcement",
    tlp=Tlp.AMBER,
    dataschema="urn:countermark:schema:case.referral/1",
    data={"number": "GD-2014-000123", "goods": [{"category": "footwear", "quantity": "120"}]},
    subject="GD-2014-000123",
)


def lookup(*pairs: KeyPair):
    return {pair.kid: pair.public for pair in pairs}.get


def own(*pairs: KeyPair):
    return {pair.kid: pair for pair in pairs}.get


def message(**changes) -> Message:
    return replace(MESSAGE, **changes)
