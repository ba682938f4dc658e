"""The root keys that this node's officers have confirmed: its own, and those of its partners."""

from __future__ import annotations

from countermark.apps.exchange.models import OwnKey, Partner
from countermark.apps.exchange.selectors import own_node_id, own_statement
from countermark.domain.capsules.trust import Anchor
from countermark.domain.envelopes.keys import KeyUse, PublicKey
from countermark.domain.envelopes.statement import statement_open
from countermark.domain.errors import NotFound


def own_anchor() -> Anchor:
    """Return this node's own root key with its key statement in force.

    Raises:
        NotFound: ``node-keys-missing``.
    """
    row = OwnKey.objects.filter(use=KeyUse.ROOT, state=OwnKey.State.CURRENT).first()
    if row is None:
        raise NotFound("node-keys-missing", use=KeyUse.ROOT.value)
    return _anchor(own_node_id(), row.x, own_statement().token)


def anchors_pinned() -> list[Anchor]:
    """Return this node's own root key and those of its partners, if it has keys.

    A partner counts once an officer has confirmed its fingerprint, a suspended one too: it may
    have signed before.
    """
    partners = Partner.objects.exclude(state=Partner.State.PROPOSED)
    found = [_anchor(p.node_id, p.root_public_key, p.statement) for p in partners]
    return [*found, own_anchor()] if OwnKey.objects.exists() else found


def _anchor(node: str, x: str, token: str) -> Anchor:
    root = PublicKey(KeyUse.ROOT, x)
    return Anchor(node, root, statement_open(token, node=node, root=root) if token else None)
