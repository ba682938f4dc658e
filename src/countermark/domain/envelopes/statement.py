"""A node's key statement, signed by its root key, and the bundle that pairing starts from.

The statement travels with every batch, so that nobody ever has to call back for a key. Partners
keep the root key they confirmed by voice; a statement is learned only where that root signed it
and its number is higher than the last one seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from countermark.domain.envelopes.canonical import Json, json_bytes, json_object, sha256_hex
from countermark.domain.envelopes.jose import MAX_TOKEN_CHARACTERS, token_open, token_sign
from countermark.domain.envelopes.keys import KeyPair, KeyUse, PublicKey, b64url_decode
from countermark.domain.errors import EnvelopeRefused

STATEMENT_TYP, BUNDLE_TYP = "cmk-keys", "cmk-bundle"
NODE = re.compile(r"[a-z0-9-]{2,40}")
# Without TLS only where there is no line to listen on.
_ADDRESS = re.compile(r"(https://[A-Za-z0-9.\-]+|http://(127\.0\.0\.1|localhost))(:[0-9]{1,5})?")
_TRAVELLING = {KeyUse.SIGN, KeyUse.ENCRYPT, KeyUse.TRANSPORT}


@dataclass(frozen=True, slots=True)
class StatedKey:
    """One key of a statement. ``revoked`` keys open nothing any more."""

    public: PublicKey
    not_before: str
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """All keys a node uses or used; later keys of one use stand first.

    ``number`` grows by one with each statement; ``previous`` is the hash of the statement before,
    empty for the first.
    """

    node: str
    number: int
    keys: tuple[StatedKey, ...]
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a node hands to a future partner: its name, its address, its root key, its keys."""

    node: str
    base_url: str
    root: PublicKey
    statement: str


def statement_sign(statement: Statement, root: KeyPair) -> str:
    """Return a key statement signed by the node's root key."""
    keys: list[Json] = [
        {
            "kid": key.public.kid,
            "use": key.public.use.value,
            "x": key.public.x,
            "not_before": key.not_before,
            "revoked": key.revoked,
        }
        for key in statement.keys
    ]
    content: dict[str, Json] = {
        "node": statement.node,
        "number": statement.number,
        "previous": statement.previous,
        "keys": keys,
    }
    return token_sign(json_bytes(content), typ=STATEMENT_TYP, key=root)


def statement_open(token: str, *, node: str, root: PublicKey) -> Statement:
    """Return a statement that the node's confirmed root key signed.

    Raises:
        EnvelopeRefused: ``statement-malformed``, ``statement-node-wrong`` or a refusal of
            ``token_open``.
    """
    content, _ = token_open(token, typ=STATEMENT_TYP, keys={root.kid: root}.get)
    number, previous, keys = (content.get(name) for name in ("number", "previous", "keys"))
    if type(number) is not int or number < 1 or not isinstance(previous, str):
        raise EnvelopeRefused("statement-malformed")
    if not isinstance(keys, list) or not 0 < len(keys) <= 64:
        raise EnvelopeRefused("statement-malformed")
    if content.get("node") != node:
        raise EnvelopeRefused("statement-node-wrong")
    return Statement(node, number, tuple(map(_stated, keys)), previous)


def statement_hash(token: str) -> str:
    """Return the hash by which the next statement names this one."""
    return sha256_hex(token)


def bundle_sign(bundle: Bundle, root: KeyPair) -> str:
    """Return a pairing bundle signed by the root key it carries."""
    content: dict[str, Json] = {
        "node": bundle.node,
        "base_url": bundle.base_url,
        "root": bundle.root.x,
        "statement": bundle.statement,
    }
    return token_sign(json_bytes(content), typ=BUNDLE_TYP, key=root)


def bundle_open(token: str) -> Bundle:
    """Return a pairing bundle that is sound in itself; whose it is, only a fingerprint tells.

    Raises:
        EnvelopeRefused: ``bundle-malformed`` or a refusal of ``token_open``: the bundle must be
            signed by the very root key it names.
    """
    root = _root_claimed(token)
    content, _ = token_open(token, typ=BUNDLE_TYP, keys={root.kid: root}.get)
    node, base_url, statement = (content.get(n) for n in ("node", "base_url", "statement"))
    if not (isinstance(node, str) and isinstance(base_url, str) and isinstance(statement, str)):
        raise EnvelopeRefused("bundle-malformed")
    if not NODE.fullmatch(node) or not _ADDRESS.fullmatch(base_url):
        raise EnvelopeRefused("bundle-malformed")
    statement_open(statement, node=node, root=root)
    return Bundle(node, base_url, root, statement)


def _root_claimed(token: str) -> PublicKey:
    segments = token.split(".")
    payload = b64url_decode(segments[1]) if len(segments) == 3 else None
    if payload is None or len(token) > MAX_TOKEN_CHARACTERS:
        raise EnvelopeRefused("bundle-malformed")
    claimed = json_object(payload).get("root")
    if not isinstance(claimed, str):
        raise EnvelopeRefused("bundle-malformed")
    return PublicKey(KeyUse.ROOT, claimed)


def _stated(value: Json) -> StatedKey:
    if not isinstance(value, dict):
        raise EnvelopeRefused("statement-malformed")
    use, x, not_before = _text(value, "use"), _text(value, "x"), _text(value, "not_before")
    if use not in _TRAVELLING or not isinstance(value.get("revoked"), bool):
        raise EnvelopeRefused("statement-malformed")
    public = PublicKey(KeyUse(use), x)
    if len(public.raw) != 32 or value.get("kid") != public.kid:
        raise EnvelopeRefused("statement-malformed")
    return StatedKey(public, not_before, revoked=value["revoked"] is True)


def _text(value: Mapping[str, Json], name: str) -> str:
    text = value.get(name)
    if not isinstance(text, str) or len(text) > 80:
        raise EnvelopeRefused("statement-malformed")
    return text
