"""The other side of the exchange, played by a test with nothing but the pure protocol.

``Guangdong`` signs, seals and posts like a real node, and can be told to misbehave.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from countermark.apps.exchange.models import OwnKey
from countermark.apps.exchange.services import pairing_bundle
from countermark.apps.exchange.services.delivery import PATH
from countermark.apps.exchange.signatures import WireRequest, request_sign
from countermark.apps.exchange.transport import Unreachable, WireAnswer
from countermark.domain.envelopes.batch import (
    Answer,
    Batch,
    Result,
    answer_decode,
    answer_encode,
    batch_decode,
    batch_encode,
)
from countermark.domain.envelopes.chain import Position, lane_start
from countermark.domain.envelopes.fingerprint import fingerprint_words
from countermark.domain.envelopes.keys import KeyPair, KeyUse, PublicKey
from countermark.domain.envelopes.message import Inner, Message, inner_sign
from countermark.domain.envelopes.receipt import (
    Objection,
    ReceiptClaims,
    objection_sign,
    receipt_open,
    receipt_sign,
)
from countermark.domain.envelopes.schema import Tlp, type_get
from countermark.domain.envelopes.seal import envelope_open, envelope_seal
from countermark.domain.envelopes.statement import (
    Bundle,
    StatedKey,
    Statement,
    bundle_sign,
    statement_sign,
)

NOW = "2014-03-01T08:00:00.000000Z"
ADDRESS = "http://127.0.0.1:8801"


def new_key(use: KeyUse) -> KeyPair:
    maker = X25519PrivateKey if use is KeyUse.ENCRYPT else Ed25519PrivateKey
    return KeyPair.of(use, maker.generate())


@dataclass
class Guangdong:
    """The partner node: keys, lanes, and how it answers when a batch is posted to it."""

    node: str = "cn-gd"
    lane: str = field(default_factory=lambda: f"case:{uuid4()}")
    keys: dict[KeyUse, KeyPair] = field(default_factory=lambda: {u: new_key(u) for u in KeyUse})
    number: int = 1
    heads: dict[str, Position] = field(default_factory=dict)
    outcome: str = "applied"
    reason: str = ""
    away: bool = False
    answers: list[WireAnswer] = field(default_factory=list)
    posted: list[WireRequest] = field(default_factory=list)
    got: dict[str, Inner] = field(default_factory=dict)
    issued: dict[str, tuple[str, ...]] = field(default_factory=dict)

    # Keys -------------------------------------------------------------------------------------

    @property
    def statement(self) -> str:
        keys = tuple(
            StatedKey(self.keys[use].public, NOW)
            for use in (KeyUse.SIGN, KeyUse.ENCRYPT, KeyUse.TRANSPORT)
        )
        return statement_sign(Statement(self.node, self.number, keys), self.keys[KeyUse.ROOT])

    @property
    def bundle(self) -> str:
        root = self.keys[KeyUse.ROOT]
        return bundle_sign(Bundle(self.node, ADDRESS, root.public, self.statement), root)

    @property
    def words(self) -> str:
        return fingerprint_words(self.keys[KeyUse.ROOT].public)

    def rotate(self, use: KeyUse) -> None:
        self.keys[use] = new_key(use)
        self.number += 1

    # Sending ----------------------------------------------------------------------------------

    def says(self, lane: str, data=None, kind="case.referral/1", **changes) -> Inner:
        """Sign the next message of a lane."""
        head = self.heads.get(lane) or lane_start(self.node, "hk", lane)
        message = Message(
            id=str(uuid4()),
            type=kind,
            sender=self.node,
            recipient="hk",
            lane=lane,
            place=head,
            time=NOW,
            idempotency_key=f"{lane}:{head.seq}",
            purpose="ipr-border-enforcement",
            tlp=Tlp.AMBER,
            dataschema=f"urn:countermark:schema:{kind}",
            data=data if data is not None else {"n": head.seq},
            subject="GD-2014-000123",
        )
        inner = inner_sign(replace(message, **changes), self.keys[KeyUse.SIGN])
        self.heads[lane] = head.after(inner.sha256)
        return inner

    def seal(self, inner: Inner | str) -> str:
        token = inner if isinstance(inner, str) else inner.token
        return envelope_seal(
            token, sender=self.node, recipient="hk", recipient_key=hongkong_key(KeyUse.ENCRYPT)
        )

    def batch(self, *inners: Inner) -> bytes:
        return batch_encode(Batch(self.node, self.statement, tuple(map(self.seal, inners))))

    def request(self, body: bytes, *, created=None, url="http://127.0.0.1:8000" + PATH):
        return request_sign(
            url=url,
            body=body,
            key=self.keys[KeyUse.TRANSPORT],
            created=created or datetime.now(UTC),
        )

    def request_to(self, url: str) -> WireRequest:
        return self.request(b"{}", url=url + PATH)

    def close(self) -> None:
        """A transport can be closed."""

    def receipts(self, body: bytes, expected: int) -> list[list[ReceiptClaims]]:
        """Verify an answer of Hong Kong as the partner would."""
        return [
            [self.verify(token) for token in result.receipts]
            for result in answer_decode(body, expected=expected).results
        ]

    def verify(self, token: str) -> ReceiptClaims:
        key = hongkong_key(KeyUse.SIGN)
        return receipt_open(token, issuer="hk", audience=self.node, keys={key.kid: key}.get)

    # Receiving --------------------------------------------------------------------------------

    def post(self, request: WireRequest) -> WireAnswer:
        """Take in a batch of Hong Kong and answer with receipts, or as it was told."""
        self.posted.append(request)
        if self.away:
            raise Unreachable("no-connection")
        if self.answers:
            return self.answers.pop(0)
        envelopes = batch_decode(request.body).envelopes
        return self.answer(*map(self._take, envelopes))

    def answer(self, *results: Result) -> WireAnswer:
        return WireAnswer(200, answer_encode(Answer(self.node, self.statement, NOW, results)))

    def _take(self, envelope: str) -> Result:
        key, box = hongkong_key(KeyUse.SIGN), self.keys[KeyUse.ENCRYPT]
        inner = envelope_open(
            envelope,
            me=self.node,
            sender="hk",
            own_keys={box.kid: box}.get,
            keys={key.kid: key}.get,
        )
        self.got[inner.message.id] = inner
        if inner.message.id not in self.issued:
            self.issued[inner.message.id] = (self.receipt(inner, "received"),)
        if self.outcome:
            settled = self.receipt(inner, self.outcome, self.reason)
            first, *rest = self.issued[inner.message.id]
            self.issued[inner.message.id] = (first, *(rest or [settled]))
        return Result(receipts=self.issued[inner.message.id])

    def receipt(self, inner: Inner, outcome: str, reason: str = "", **changes) -> str:
        message = inner.message
        claims = ReceiptClaims(
            issuer=self.node,
            audience="hk",
            id=message.id,
            lane=message.lane,
            epoch=message.place.epoch,
            seq=message.place.seq,
            inner_sha256=inner.sha256,
            outcome=outcome,
            at=NOW,
            reason=reason,
        )
        return receipt_sign(replace(claims, **changes), self.keys[KeyUse.SIGN])

    def objects(self, inner_sha256: str, reason: str) -> Result:
        objection = Objection(self.node, "hk", inner_sha256, reason, NOW)
        return Result(objection=objection_sign(objection, self.keys[KeyUse.SIGN]))


def refusal(status: int, code: str, time: str = NOW) -> WireAnswer:
    """An answer of a node that refuses the whole request."""
    return WireAnswer(status, json.dumps({"code": code, "time": time}).encode())


def hongkong_key(use: KeyUse) -> PublicKey:
    """The key that the node under test uses now."""
    return PublicKey(use, OwnKey.objects.get(use=use, state="current").x)


def hongkong_words() -> str:
    return pairing_bundle()["words"]


def case_type() -> str:
    return type_get("case.referral/1").name
