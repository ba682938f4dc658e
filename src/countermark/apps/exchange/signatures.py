"""Signatures on requests between nodes (RFC 9421) over method, address and the body's digest.

They say which partner speaks before anything it sent is opened. They carry no promise: messages
are signed themselves, and a request replayed within the window only fetches the same receipts.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
    MappingKeyResolver,
    SigningKey,
    VerificationKey,
)
from http_message_signatures.algorithms import ED25519
from http_message_signatures.exceptions import HTTPMessageSignaturesException

from countermark.domain.envelopes.keys import KeyPair, PublicKey
from countermark.domain.errors import EnvelopeRefused

COMPONENTS = ("@method", "@target-uri", "content-digest", "content-type")
TAG = "cmx"
WINDOW = timedelta(minutes=5)
CONTENT_TYPE = "application/json"


@dataclass(slots=True)
class WireRequest:
    """A request between nodes as the signature sees it."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes = field(repr=False)


class _OutsideWindow(InvalidSignature):
    """The signature says it was made too long ago, or in the future."""


class _Verifier(HTTPMessageVerifier):
    """Judges the time of signing by a clock that is handed in."""

    def __init__(self, keys: Callable[[str], PublicKey | None], now: datetime) -> None:
        super().__init__(signature_algorithm=ED25519, key_resolver=_Partners(keys))
        self.now = now

    def validate_created_and_expires(self, sig_input: Any, max_age: object = None) -> None:
        created = sig_input.params.get("created")
        if type(created) is not int:
            raise InvalidSignature("no time of signing")
        if abs(self.now.timestamp() - created) > WINDOW.total_seconds():
            raise _OutsideWindow


class _Partners(HTTPSignatureKeyResolver):
    def __init__(self, keys: Callable[[str], PublicKey | None]) -> None:
        self.keys = keys

    def resolve_public_key(self, key_id: str) -> VerificationKey | None:
        key = self.keys(key_id)
        return key.verifier() if key else None

    def resolve_private_key(self, key_id: str) -> SigningKey:
        raise KeyError(key_id)


def request_sign(*, url: str, body: bytes, key: KeyPair, created: datetime) -> WireRequest:
    """Return a signed POST request.

    Args:
        url: Absolute address as the partner will see it.
        body: The bytes that will be sent.
        key: This node's transport key.
        created: Now by the partner's clock, as far as its last answer told.
    """
    request = WireRequest("POST", url, {"Content-Type": CONTENT_TYPE}, body)
    private = key.private
    if not isinstance(private, Ed25519PrivateKey):
        raise EnvelopeRefused("key-use-wrong", kid=key.kid)
    resolver = MappingKeyResolver(public_keys={}, private_keys={key.kid: private})
    HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=resolver).sign(
        request,
        key_id=key.kid,
        created=created,
        nonce=secrets.token_urlsafe(16),
        label=TAG,
        tag=TAG,
        covered_component_ids=COMPONENTS,
        body=body,
    )
    return request


def request_verify(
    request: WireRequest, keys: Callable[[str], PublicKey | None], now: datetime
) -> None:
    """Refuse a request that no transport key of the partner signed as it arrived.

    Raises:
        EnvelopeRefused: ``request-signature-bad``, or ``clock-skew`` where the time of signing is
            more than five minutes from ``now``: the answer to that carries our clock, and the
            partner signs again.
    """
    try:
        _Verifier(keys, now).verify(
            request, expect_tag=TAG, require_components=COMPONENTS, body=request.body
        )
    except _OutsideWindow as error:
        raise EnvelopeRefused("clock-skew") from error
    except HTTPMessageSignaturesException as error:
        raise EnvelopeRefused("request-signature-bad") from error


def headers_of_interest(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that a signature covers or consists of."""
    names = ("Content-Type", "Content-Digest", "Signature", "Signature-Input")
    return {name: headers[name] for name in names if name in headers}
