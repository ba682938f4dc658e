"""The file of a capsule: JSON to be read by eye, signed as a detached JWS (RFC 7515, appendix F).

There is one way to write a capsule: sorted names, one value a line, UTF-8, one line feed at the
end. A file that differs from it by one byte is refused, whatever a lenient parser would make of
it. What is signed is the canonical form of the member ``capsule``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from countermark.domain.capsules.content import Capsule, capsule_json
from countermark.domain.capsules.reading import capsule_read
from countermark.domain.envelopes.canonical import Json, json_bytes, json_object
from countermark.domain.envelopes.jose import token_open, token_sign
from countermark.domain.envelopes.keys import KeyPair, KeyUse, PublicKey, b64url, b64url_decode
from countermark.domain.envelopes.statement import Statement, statement_open
from countermark.domain.errors import EnvelopeRefused

CAPSULE_TYP = "cmk-capsule"
MAX_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Sealed:
    """A capsule whose signature holds, and who signed.

    Attributes:
        kid: Id of the key that signed: one of the keys in ``statement``.
        root: The root key under which that statement stands. The file brought it along: whose it
            is only somebody who knows the node can say.
    """

    capsule: Capsule
    kid: str
    root: PublicKey
    statement: Statement


def capsule_seal(capsule: Capsule, key: KeyPair) -> bytes:
    """Return the file of a capsule, signed with the node's signing key.

    Raises:
        EnvelopeRefused: ``capsule-too-large`` above 64 KiB; ``capsule-not-text``: the line holds
            half a character, which no file of text can hold.
    """
    content = capsule_json(capsule)
    signed = _bounded(_bytes(content))
    header, _, signature = token_sign(signed, typ=CAPSULE_TYP, key=key).split(".")
    return _bounded(_rendered({"capsule": content, "signature": f"{header}..{signature}"}))


def capsule_open(raw: bytes) -> Sealed:
    """Return the capsule in a file, once every byte and its signature are right.

    Raises:
        EnvelopeRefused: ``capsule-too-large``, ``capsule-not-canonical`` or
            ``capsule-format-unknown``; ``signature-bad`` and the other refusals of ``token_open``
            and ``statement_open``.
        InvalidInput: ``payload-malformed``: it is signed, but says what no capsule says.
    """
    document = json_object(_bounded(raw))
    content, signature = document.get("capsule"), document.get("signature")
    if not isinstance(content, dict) or not isinstance(signature, str) or len(document) != 2:
        raise EnvelopeRefused("capsule-format-unknown", format="")
    if _rendered(document) != raw:
        raise EnvelopeRefused("capsule-not-canonical")
    root, statement = _signer(content)
    keys = {k.public.kid: k.public for k in statement.keys if k.public.use is KeyUse.SIGN}
    _, kid = token_open(_attached(signature, content), typ=CAPSULE_TYP, keys=keys.get)
    return Sealed(capsule_read(content), kid, root, statement)


def _signer(content: Mapping[str, Json]) -> tuple[PublicKey, Statement]:
    """Return the root key and the statement that a capsule brings along."""
    node, root, statement = (content.get(name) for name in ("node", "root", "statement"))
    if not (isinstance(node, str) and isinstance(root, str) and isinstance(statement, str)):
        raise EnvelopeRefused("capsule-format-unknown", format="")
    key = PublicKey(KeyUse.ROOT, root)
    return key, statement_open(statement, node=node, root=key)


def _bounded(raw: bytes) -> bytes:
    if len(raw) > MAX_BYTES:
        raise EnvelopeRefused("capsule-too-large", bytes=len(raw), limit=MAX_BYTES)
    return raw


def _attached(signature: str, content: Mapping[str, Json]) -> str:
    """Return the token with its content in the middle again."""
    header, _, rest = signature.partition("..")
    if b64url_decode(rest) is None:
        raise EnvelopeRefused("token-malformed")
    return f"{header}.{b64url(_bytes(content))}.{rest}"


def _rendered(document: Mapping[str, Json]) -> bytes:
    try:
        text = json.dumps(document, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)
        return f"{text}\n".encode()
    except ValueError as error:
        raise EnvelopeRefused("capsule-not-text") from error


def _bytes(content: Mapping[str, Json]) -> bytes:
    try:
        return json_bytes(dict(content))
    except ValueError as error:
        raise EnvelopeRefused("capsule-not-text") from error
