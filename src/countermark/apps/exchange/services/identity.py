"""Who this node is to its partners: its keys and what it says of them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.accounts.selectors import home_administration
from countermark.apps.accounts.services import officer_authorise
from countermark.apps.audit.services import audit_record
from countermark.apps.exchange.convert import instant_text, public_key_from_row
from countermark.apps.exchange.keyring import key_make
from countermark.apps.exchange.models import KeyStatement, OwnKey
from countermark.apps.exchange.selectors import own_key_current, own_node_id, own_statement
from countermark.domain.envelopes.fingerprint import fingerprint_digits, fingerprint_words
from countermark.domain.envelopes.keys import KeyUse
from countermark.domain.envelopes.statement import (
    Bundle,
    StatedKey,
    Statement,
    bundle_sign,
    statement_hash,
    statement_sign,
)

_STATED_USES = (KeyUse.SIGN, KeyUse.ENCRYPT, KeyUse.TRANSPORT)


@transaction.atomic
def node_keys_ensure() -> KeyStatement:
    """Return the node's key statement, making the node's keys the first time.

    Writes a root key and one key each to sign, to encrypt and for requests, the first statement
    and one audit entry, or nothing; private halves go to files of the node.

    Raises:
        NotFound: The node's own administration is not recorded yet.
    """
    _lock_identity()
    if OwnKey.objects.exists():
        return own_statement()
    now = timezone.now()
    for use in (KeyUse.ROOT, *_STATED_USES):
        _key_add(use, now)
    return _state(now)


@transaction.atomic
def node_key_rotate(*, use: KeyUse, by: Officer) -> KeyStatement:
    """Replace the node's key of one use and tell partners with the next batch or answer.

    The former key stays in grace: what was made for it still opens.

    Raises:
        NotPermitted: ``by`` may not pair.
        NotFound: The node has no keys yet.
    """
    officer_authorise(officer=by, act="exchange.pair")
    _lock_identity()
    own_key_current(use)
    now = timezone.now()
    OwnKey.objects.filter(use=use, state=OwnKey.State.CURRENT).update(
        state=OwnKey.State.GRACE, not_after=now
    )
    _key_add(use, now)
    return _state(now, by)


def pairing_bundle() -> dict[str, str]:
    """Return what a future partner needs to pair with this node.

    ``bundle`` is the signed token for the partner's machine; ``words`` and ``digits`` are the same
    fingerprint twice, for the two officers to read aloud over another channel.
    """
    statement = node_keys_ensure()
    root = own_key_current(KeyUse.ROOT)
    bundle = Bundle(own_node_id(), settings.COUNTERMARK_BASE_URL, root.public, statement.token)
    return {
        "node": own_node_id(),
        "bundle": bundle_sign(bundle, root),
        "words": fingerprint_words(root.public),
        "digits": fingerprint_digits(root.public),
    }


def _lock_identity() -> None:
    # The row of the own administration stands for the node: two processes that start together
    # must not make two sets of keys.
    Administration.objects.select_for_update().get(pk=home_administration().pk)


def _key_add(use: KeyUse, now: datetime) -> None:
    pair = key_make(use)
    OwnKey.objects.create(kid=pair.kid, use=use.value, x=pair.public.x, not_before=now)


def _state(now: datetime, by: Officer | None = None) -> KeyStatement:
    former = KeyStatement.objects.order_by("-number").first()
    rows = OwnKey.objects.filter(use__in=_STATED_USES).exclude(state=OwnKey.State.DESTROYED)
    statement = Statement(
        node=own_node_id(),
        number=former.number + 1 if former else 1,
        keys=tuple(
            StatedKey(public_key_from_row(row), instant_text(row.not_before))
            for row in rows.order_by("state", "-not_before")
        ),
        previous=statement_hash(former.token) if former else "",
    )
    token = statement_sign(statement, own_key_current(KeyUse.ROOT))
    audit_record(
        "exchange.keys.made",
        subject=own_node_id(),
        by=by,
        statement=statement.number,
        keys=[key.public.kid for key in statement.keys],
    )
    return KeyStatement.objects.create(number=statement.number, token=token, issued_at=now)
