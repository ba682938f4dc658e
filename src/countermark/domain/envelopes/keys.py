"""Keys of a node and their ids. A key id is the key's own RFC 7638 thumbprint.

Because the id is computed from the key, nobody can offer another key under a known id.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from countermark.domain.envelopes.canonical import json_bytes, sha256_hex
from countermark.domain.errors import EnvelopeRefused

PrivateKey = Ed25519PrivateKey | X25519PrivateKey
KEY_BYTES = 32


class KeyUse(StrEnum):
    """What a key may be used for; a key has one use."""

    ROOT = "root"
    SIGN = "sign"
    ENCRYPT = "encrypt"
    TRANSPORT = "transport"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key as it travels: what it is for, and its 32 bytes in base64url."""

    use: KeyUse
    x: str

    @property
    def curve(self) -> str:
        """The curve: X25519 to encrypt, Ed25519 for everything that is signed."""
        return "X25519" if self.use is KeyUse.ENCRYPT else "Ed25519"

    @property
    def kid(self) -> str:
        """The RFC 7638 thumbprint of the key as a JWK, in base64url."""
        jwk = json_bytes({"crv": self.curve, "kty": "OKP", "x": self.x})
        return b64url(bytes.fromhex(sha256_hex(jwk)))

    @property
    def raw(self) -> bytes:
        """The 32 bytes of the key.

        Raises:
            EnvelopeRefused: ``key-malformed``.
        """
        raw = b64url_decode(self.x)
        if raw is None or len(raw) != KEY_BYTES:
            raise EnvelopeRefused("key-malformed")
        return raw

    def verifier(self) -> Ed25519PublicKey:
        """Return the key as the cryptographic library verifies with it."""
        if self.use is KeyUse.ENCRYPT:
            raise EnvelopeRefused("key-use-wrong", kid=self.kid)
        return Ed25519PublicKey.from_public_bytes(self.raw)

    def recipient(self) -> X25519PublicKey:
        """Return the key as the cryptographic library encrypts to it."""
        if self.use is not KeyUse.ENCRYPT:
            raise EnvelopeRefused("key-use-wrong", kid=self.kid)
        return X25519PublicKey.from_public_bytes(self.raw)


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A private key of this node with its public half."""

    public: PublicKey
    private: PrivateKey

    @classmethod
    def of(cls, use: KeyUse, private: PrivateKey) -> KeyPair:
        """Return the pair that belongs to a private key."""
        raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return cls(PublicKey(use, b64url(raw)), private)

    @property
    def kid(self) -> str:
        """The id of the key."""
        return self.public.kid

    def __repr__(self) -> str:
        return f"KeyPair({self.public!r})"


def b64url(raw: bytes) -> str:
    """Return bytes in base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def b64url_decode(text: str) -> bytes | None:
    """Return the bytes of unpadded base64url, or None where the text is not exactly that."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    return raw if b64url(raw) == text else None
