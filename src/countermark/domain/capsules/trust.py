"""Whose key signed a capsule, and who vouches for it.

A signature says that the file comes from whoever holds a key. That this is the node it names
is known only to somebody who heard the fingerprint of the node's root key from its officers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from countermark.domain.capsules.seal import Sealed
from countermark.domain.envelopes.fingerprint import fingerprint_matches
from countermark.domain.envelopes.keys import KeyUse, PublicKey
from countermark.domain.envelopes.statement import Bundle, Statement, bundle_open, statement_open


class Trust(StrEnum):
    """What is known of the key that signed."""

    VOUCHED = "vouched"
    """The verifier holds this node's root key, and that key vouches for the one that signed."""
    REVOKED = "revoked"
    """The node has since withdrawn the key that signed."""
    FOREIGN = "foreign"
    """The verifier holds another root key for this node: somebody else signed in its name."""
    UNKNOWN = "unknown"
    """The verifier holds no key of this node."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A root key that the verifier trusts, for a node; with the latest statement under it."""

    node: str
    root: PublicKey
    statement: Statement | None = None


def anchor_from_bundle(token: str) -> Anchor:
    """Return the anchor in a pairing bundle, as ``countermark exchange_bundle`` prints it.

    Raises:
        EnvelopeRefused: The bundle is not sound.
    """
    return anchor_of(bundle_open(token))


def anchor_of(bundle: Bundle) -> Anchor:
    """Return the anchor in an opened bundle."""
    statement = statement_open(bundle.statement, node=bundle.node, root=bundle.root)
    return Anchor(bundle.node, bundle.root, statement)


def anchor_heard(sealed: Sealed, fingerprint: str) -> Anchor | None:
    """Return an anchor where the capsule's root key has the fingerprint that the verifier heard."""
    if not fingerprint_matches(sealed.root, fingerprint):
        return None
    return Anchor(sealed.capsule.node, sealed.root)


def trust_of(sealed: Sealed, anchors: Iterable[Anchor]) -> Trust:
    """Return what the verifier's anchors say of the key that signed a capsule."""
    mine = [anchor for anchor in anchors if anchor.node == sealed.capsule.node]
    if not mine:
        return Trust.UNKNOWN
    known = [anchor for anchor in mine if anchor.root == sealed.root]
    if not known:
        return Trust.FOREIGN
    statements = [sealed.statement, *(a.statement for a in known if a.statement)]
    revoked = any(
        key.revoked and key.public.kid == sealed.kid and key.public.use is KeyUse.SIGN
        for statement in statements
        for key in statement.keys
    )
    return Trust.REVOKED if revoked else Trust.VOUCHED
