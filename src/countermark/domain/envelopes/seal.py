"""The envelope: a signed message encrypted to one node. It can be made again at any time.

Only the inner is evidence; an envelope lives for one delivery. That is why a recipient may change
its encryption key while messages wait: the same inner is sealed again, and nothing is doubled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from joserfc.registry import HeaderParameter

from countermark.domain.envelopes.canonical import sha256_hex
from countermark.domain.envelopes.jose import (
    MAX_TOKEN_CHARACTERS,
    KeyLookup,
    token_header,
)
from countermark.domain.envelopes.keys import KeyPair, PublicKey
from countermark.domain.envelopes.message import INNER_TYP, Inner, inner_open
from countermark.domain.errors import EnvelopeRefused

KEY_ALGORITHM, CONTENT_ALGORITHM = "ECDH-ES+A256KW", "A256GCM"
SUITE, VERSION = "S1", "1.0"
MAX_ENVELOPE_CHARACTERS = MAX_TOKEN_CHARACTERS * 4 // 3 + 2048
_OWN_MEMBERS = ("from", "to", "ih", "suite", "pv")
HEADER_MEMBERS = {"alg", "enc", "kid", "cty", "epk", *_OWN_MEMBERS}

PrivateKeyLookup = Callable[[str], KeyPair | None]


class _Registry(jwe.JWERegistry):
    max_ciphertext_length = MAX_ENVELOPE_CHARACTERS


_REGISTRY = _Registry(
    header_registry={name: HeaderParameter(name, "str", required=True) for name in _OWN_MEMBERS},
    algorithms=[KEY_ALGORITHM, CONTENT_ALGORITHM],
)


@dataclass(frozen=True, slots=True)
class Label:
    """What the outside of an envelope claims; true only once the inside says the same."""

    sender: str
    recipient: str
    inner_sha256: str
    kid: str


def envelope_seal(inner: str, *, sender: str, recipient: str, recipient_key: PublicKey) -> str:
    """Return a signed message encrypted to its recipient, as a compact JWE.

    The ephemeral key, the content key and the nonce are drawn by the library for each seal.

    Args:
        inner: The message as ``inner_sign`` made it.
        sender: This node.
        recipient: The node the message is signed for.
        recipient_key: The recipient's encryption key in use.
    """
    header = {
        "alg": KEY_ALGORITHM,
        "enc": CONTENT_ALGORITHM,
        "kid": recipient_key.kid,
        "cty": INNER_TYP,
        "from": sender,
        "to": recipient,
        "ih": sha256_hex(inner),
        "suite": SUITE,
        "pv": VERSION,
    }
    key = OKPKey.import_key(recipient_key.recipient())
    return jwe.encrypt_compact(header, inner, key, registry=_REGISTRY)


def envelope_label(envelope: str) -> Label:
    """Return what the outside of an envelope says, refusing any form but this protocol's.

    Raises:
        EnvelopeRefused: ``envelope-too-large``, ``token-malformed``, ``header-refused`` (which
            covers ``zip`` and ``crit``), ``suite-unknown``, ``version-unknown`` or
            ``algorithm-refused``.
    """
    if len(envelope) > MAX_ENVELOPE_CHARACTERS:
        raise EnvelopeRefused("envelope-too-large", limit=MAX_ENVELOPE_CHARACTERS)
    header = token_header(envelope, members=HEADER_MEMBERS, parts=5)
    if header["suite"] != SUITE:
        raise EnvelopeRefused("suite-unknown", suite=header["suite"])
    if header["pv"].partition(".")[0] != VERSION.partition(".")[0]:
        raise EnvelopeRefused("version-unknown", version=header["pv"])
    if (header["alg"], header["enc"]) != (KEY_ALGORITHM, CONTENT_ALGORITHM):
        raise EnvelopeRefused("algorithm-refused", algorithm=f"{header['alg']} {header['enc']}")
    return Label(header["from"], header["to"], header["ih"], header["kid"])


def envelope_open(
    envelope: str, *, me: str, sender: str, own_keys: PrivateKeyLookup, keys: KeyLookup
) -> Inner:
    """Return the message inside an envelope, once inside, outside and bearer agree.

    Args:
        envelope: Compact JWE.
        me: The node that opens.
        sender: The partner who handed the envelope over.
        own_keys: Finds this node's encryption keys by id, those in grace included.
        keys: Finds the partner's signing keys by id.

    Raises:
        EnvelopeRefused: ``recipient-wrong``, ``sender-wrong``, ``kid-unknown``,
            ``decryption-failed``, ``inner-hash-wrong``, ``audience-wrong`` or any refusal of
            :func:`envelope_label` and ``inner_open``.
    """
    label = envelope_label(envelope)
    if label.recipient != me:
        raise EnvelopeRefused("recipient-wrong", to=label.recipient[:40])
    if label.sender != sender:
        raise EnvelopeRefused("sender-wrong", sender=label.sender[:40])
    pair = own_keys(label.kid)
    if pair is None:
        raise EnvelopeRefused("kid-unknown", kid=label.kid[:60])
    token = _decrypt(envelope, pair)
    if sha256_hex(token) != label.inner_sha256:
        raise EnvelopeRefused("inner-hash-wrong")
    inner = inner_open(token, keys)
    if inner.message.recipient != me:
        raise EnvelopeRefused("audience-wrong", aud=inner.message.recipient)
    if inner.message.sender != sender:
        raise EnvelopeRefused("sender-wrong", sender=inner.message.sender)
    return inner


def _decrypt(envelope: str, pair: KeyPair) -> str:
    try:
        opened = jwe.decrypt_compact(envelope, OKPKey.import_key(pair.private), registry=_REGISTRY)
        return (opened.plaintext or b"").decode("ascii")
    except (JoseError, ValueError, KeyError, AssertionError, InvalidTag, InvalidUnwrap) as error:
        raise EnvelopeRefused("decryption-failed") from error
