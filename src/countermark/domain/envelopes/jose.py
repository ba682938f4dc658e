"""Signed tokens: compact JWS with one algorithm, closed headers and our own sizes.

The library's defaults are wider than this protocol (more algorithms, tolerated headers, 128 kB),
so nothing of them is left to chance: a header must be exactly the three members named here.
"""

from __future__ import annotations

from collections.abc import Callable

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from countermark.domain.envelopes.canonical import Json, json_object
from countermark.domain.envelopes.keys import KeyPair, PublicKey, b64url_decode
from countermark.domain.errors import EnvelopeRefused

SIGNATURE_ALGORITHM = "Ed25519"
MAX_CONTENT_BYTES = 128 * 1024
MAX_TOKEN_CHARACTERS = MAX_CONTENT_BYTES * 4 // 3 + 1024
HEADER_MEMBERS = {"alg", "kid", "typ"}

KeyLookup = Callable[[str], PublicKey | None]


class _Registry(jws.JWSRegistry):
    max_payload_length = MAX_TOKEN_CHARACTERS


_REGISTRY = _Registry(algorithms=[SIGNATURE_ALGORITHM])


def token_sign(content: bytes, *, typ: str, key: KeyPair) -> str:
    """Return ``content`` signed as a compact JWS.

    Raises:
        EnvelopeRefused: ``content-too-large`` above 128 KiB; larger things travel as files.
    """
    if len(content) > MAX_CONTENT_BYTES:
        raise EnvelopeRefused("content-too-large", bytes=len(content), limit=MAX_CONTENT_BYTES)
    header = {"alg": SIGNATURE_ALGORITHM, "kid": key.kid, "typ": typ}
    signer = OKPKey.import_key(key.private)
    return jws.serialize_compact(header, content, signer, registry=_REGISTRY)


def token_header(token: str, *, members: set[str], parts: int) -> dict[str, str]:
    """Return the protected header of a compact token before anything in it is believed.

    Args:
        token: JWS or JWE in compact form.
        members: The header has exactly these, each a string except ``epk``.
        parts: 3 for JWS, 5 for JWE.

    Raises:
        EnvelopeRefused: ``token-malformed`` or ``header-refused``.
    """
    segments = token.split(".")
    raw = b64url_decode(segments[0]) if len(segments) == parts and token.isascii() else None
    if raw is None or len(raw) > 1024:
        raise EnvelopeRefused("token-malformed")
    header = json_object(raw)
    if set(header) != members:
        raise EnvelopeRefused("header-refused", members=" ".join(sorted(set(header) ^ members)))
    texts = {name: value for name, value in header.items() if isinstance(value, str)}
    if not members - set(texts) <= {"epk"}:
        raise EnvelopeRefused("header-refused", members=" ".join(sorted(members - set(texts))))
    return texts


def token_open(token: str, *, typ: str, keys: KeyLookup) -> tuple[dict[str, Json], str]:
    """Return the content of a signed token and the id of the key that signed it.

    Args:
        token: Compact JWS.
        typ: What the token must say it is; a receipt never passes for a message.
        keys: Finds a key of the claimed sender by id.

    Raises:
        EnvelopeRefused: ``token-too-large``, ``token-malformed``, ``header-refused``,
            ``algorithm-refused``, ``token-type-wrong``, ``kid-unknown``, ``signature-bad`` or
            ``json-malformed``.
    """
    if len(token) > MAX_TOKEN_CHARACTERS:
        raise EnvelopeRefused("token-too-large", limit=MAX_TOKEN_CHARACTERS)
    header = token_header(token, members=HEADER_MEMBERS, parts=3)
    if header["alg"] != SIGNATURE_ALGORITHM:
        raise EnvelopeRefused("algorithm-refused", algorithm=header["alg"])
    if header["typ"] != typ:
        raise EnvelopeRefused("token-type-wrong", typ=header["typ"])
    key = keys(header["kid"])
    if key is None:
        raise EnvelopeRefused("kid-unknown", kid=header["kid"])
    try:
        opened = jws.deserialize_compact(
            token, OKPKey.import_key(key.verifier()), registry=_REGISTRY
        )
    except (JoseError, ValueError) as error:
        raise EnvelopeRefused("signature-bad", kid=header["kid"]) from error
    return json_object(opened.payload), header["kid"]
