"""Trust between two nodes: given by an officer, extended only by the root key he confirmed."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import administration_get
from countermark.apps.accounts.services import officer_authorise
from countermark.apps.audit.services import audit_record
from countermark.apps.exchange.models import Partner, PartnerKey
from countermark.apps.exchange.selectors import own_node_id
from countermark.apps.exchange.services.identity import node_keys_ensure
from countermark.domain.envelopes.fingerprint import fingerprint_hex, fingerprint_matches
from countermark.domain.envelopes.keys import KeyUse, PublicKey
from countermark.domain.envelopes.statement import Bundle, Statement, bundle_open, statement_open
from countermark.domain.errors import Conflict, EnvelopeRefused, InvalidInput


@transaction.atomic
def partner_pair(*, bundle: str, fingerprint: str, fingerprint_confirmed_by: Officer) -> Partner:
    """Pair with the node a bundle names, once an officer has compared its fingerprint.

    Pairing again with the same root key brings address and keys up to date. Writes the partner,
    its keys and one audit entry, or nothing.

    Args:
        bundle: The token from the other side's ``pairing_bundle``.
        fingerprint: Ten words or ten groups of digits, as the officer heard them.
        fingerprint_confirmed_by: The officer who heard them, on a channel that is not this one.

    Raises:
        NotPermitted: The officer may not pair.
        EnvelopeRefused: The bundle is not sound in itself.
        InvalidInput: ``fingerprint-differs``: what was heard is not this bundle's fingerprint.
        NotFound: The other side's administration is not recorded on this node.
        Conflict: ``partner-is-self``; ``partner-root-differs`` where another root key was
            confirmed before.
    """
    officer_authorise(officer=fingerprint_confirmed_by, act="exchange.pair")
    opened = bundle_open(bundle)
    if opened.node == own_node_id():
        raise Conflict("partner-is-self", node=opened.node)
    if not fingerprint_matches(opened.root, fingerprint):
        raise InvalidInput("fingerprint-differs", field="fingerprint", node=opened.node)
    node_keys_ensure()
    partner = _partner_of(opened, fingerprint_confirmed_by)
    statement_learn(partner, opened.statement)
    audit_record(
        "exchange.partner.paired",
        subject=opened.node,
        by=fingerprint_confirmed_by,
        fingerprint=partner.fingerprint,
        base_url=partner.base_url,
    )
    return partner


@transaction.atomic
def statement_learn(partner: Partner, token: str) -> None:
    """Take over a partner's key statement where its confirmed root signed it and it is newer.

    An older statement, or another one with the same number, changes nothing: keys never go back.

    Raises:
        EnvelopeRefused: The partner's root key did not sign the statement.
    """
    if token == partner.statement:
        return
    root = PublicKey(KeyUse.ROOT, partner.root_public_key)
    statement = statement_open(token, node=partner.node_id, root=root)
    locked = Partner.objects.select_for_update().get(pk=partner.pk)
    if statement.number <= locked.statement_number:
        return
    _keys_replace(partner, statement)
    partner.statement_number, partner.statement = statement.number, token
    partner.save(update_fields=["statement_number", "statement"])


def _partner_of(bundle: Bundle, by: Officer) -> Partner:
    administration = administration_get(code=bundle.node)
    known = Partner.objects.select_for_update().filter(administration=administration).first()
    if known and known.root_public_key != bundle.root.x:
        raise Conflict("partner-root-differs", node=bundle.node)
    now = timezone.now()
    partner = known or Partner(administration=administration, node_id=bundle.node)
    partner.base_url = bundle.base_url
    partner.root_public_key = bundle.root.x
    partner.fingerprint = fingerprint_hex(bundle.root)
    partner.state = Partner.State.VERIFIED
    partner.verified_by, partner.verified_at = by, now
    partner.next_contact_at = now
    partner.save()
    return partner


def _keys_replace(partner: Partner, statement: Statement) -> None:
    # Keys a newer statement no longer names are kept but not used for anything new; what they
    # signed before stays verifiable.
    partner.keys.update(current=False)
    seen: set[KeyUse] = set()
    for key in statement.keys:
        current = not key.revoked and key.public.use not in seen
        if current:
            seen.add(key.public.use)
        PartnerKey.objects.update_or_create(
            partner=partner,
            kid=key.public.kid,
            defaults={
                "use": key.public.use.value,
                "x": key.public.x,
                "not_before": key.not_before,
                "current": current,
                "revoked": key.revoked,
                "statement_number": statement.number,
            },
        )
    if seen != {KeyUse.SIGN, KeyUse.ENCRYPT, KeyUse.TRANSPORT}:
        raise EnvelopeRefused("statement-malformed", node=partner.node_id)
