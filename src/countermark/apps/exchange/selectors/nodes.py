"""This node, its keys, and the nodes it exchanges messages with."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.exchange.keyring import key_load
from countermark.apps.exchange.models import (
    KeyStatement,
    OwnKey,
    Partner,
)
from countermark.domain.envelopes.keys import KeyPair, KeyUse, PublicKey
from countermark.domain.envelopes.retry import CAP_S
from countermark.domain.errors import Conflict, EnvelopeRefused, NotFound


def own_node_id() -> str:
    """Return this node's name among nodes: the code of its administration."""
    return str(settings.COUNTERMARK_ADMINISTRATION)


def own_key_current(use: KeyUse) -> KeyPair:
    """Return the key this node uses now for one purpose.

    Raises:
        NotFound: ``node-keys-missing``, ``private-key-missing``.
    """
    row = OwnKey.objects.filter(use=use, state=OwnKey.State.CURRENT).first()
    if row is None:
        raise NotFound("node-keys-missing", use=use.value)
    return key_load(use, row.kid)


def own_encryption_keys() -> dict[str, KeyPair]:
    """Return every key this node can still open envelopes with, by id."""
    rows = OwnKey.objects.filter(use=KeyUse.ENCRYPT).exclude(state=OwnKey.State.DESTROYED)
    return {row.kid: key_load(KeyUse.ENCRYPT, row.kid) for row in rows}


def own_statement() -> KeyStatement:
    """Return this node's key statement in force.

    Raises:
        NotFound: ``node-keys-missing``.
    """
    statement = KeyStatement.objects.order_by("-number").first()
    if statement is None:
        raise NotFound("node-keys-missing", use="statement")
    return statement


def partner_get(*, administration: Administration) -> Partner:
    """Return the paired node of an administration.

    Raises:
        Conflict: ``partner-not-paired``, ``partner-suspended``.
    """
    partner = Partner.objects.filter(administration=administration).first()
    if partner is None or partner.state == Partner.State.PROPOSED:
        raise Conflict("partner-not-paired", administration=administration.code)
    if partner.state == Partner.State.SUSPENDED:
        raise Conflict("partner-suspended", administration=administration.code)
    return partner


def partner_speaking(node_id: str) -> Partner:
    """Return the partner that a request claims to come from.

    Raises:
        EnvelopeRefused: ``partner-unknown``, ``partner-suspended``.
    """
    partner = Partner.objects.select_related("administration").filter(node_id=node_id).first()
    if partner is None or partner.state == Partner.State.PROPOSED:
        raise EnvelopeRefused("partner-unknown", node=node_id)
    if partner.state == Partner.State.SUSPENDED:
        raise EnvelopeRefused("partner-suspended", node=node_id)
    return partner


def partner_keys(partner: Partner, use: KeyUse) -> dict[str, PublicKey]:
    """Return a partner's keys of one use by id, former keys included and revoked ones not."""
    rows = partner.keys.filter(use=use, revoked=False)
    return {row.kid: PublicKey(use, row.x) for row in rows}


def partner_key_current(partner: Partner, use: KeyUse) -> PublicKey:
    """Return the newest key of a partner for one use.

    Raises:
        NotFound: ``partner-key-missing``: the partner's statement names none.
    """
    row = partner.keys.filter(use=use, current=True).first()
    if row is None:
        raise NotFound("partner-key-missing", node=partner.node_id, use=use.value)
    return PublicKey(use, row.x)


def partners_due(now: datetime) -> QuerySet[Partner]:
    """Return the partners that may be contacted now."""
    return Partner.objects.filter(
        come("next_contact_at", now, timedelta(seconds=CAP_S)), state=Partner.State.VERIFIED
    )


def partner_list(*, visible_to: Officer) -> QuerySet[Partner]:
    """Return the partner nodes to those who may read the exchange."""
    partners = Partner.objects.select_related("administration")
    return partners if visible_to.may("exchange.read") else partners.none()


def partner_reachable(administration: Administration) -> bool:
    """Return whether an administration has a node that messages can be written for."""
    return Partner.objects.filter(
        administration=administration, state=Partner.State.VERIFIED
    ).exists()


def come(field: str, now: datetime, longest: timedelta) -> Q:
    """Return the condition that an instant has come.

    One further ahead than any wait (``longest``) can be was written by a clock since put right.
    """
    return Q(**{f"{field}__lte": now}) | Q(**{f"{field}__gt": now + longest})
