"""Traders' permissions across the boundary: each change here and the message that tells of it.

A change and its message are one transaction. The end of a permission never waits for the partner:
where the message cannot be written, the daily clockwork tries again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from countermark.apps.exchange.services import message_enqueue
from countermark.apps.register.payloads import Answer, answer_payload, withdrawal_payload
from countermark.apps.register.selectors import offers_to_end
from countermark.apps.register.services import (
    permission_offer,
    permission_offer_accept,
    permission_offer_decline,
    permission_offer_end,
    permission_revoke,
)
from countermark.domain.errors import Conflict

if TYPE_CHECKING:
    from datetime import date

    from countermark.apps.accounts.models import Administration, Officer
    from countermark.apps.register.models import Permission, PermissionOffer, Right


@transaction.atomic
def permission_share(*, by: Officer, permission: Permission, to: Administration) -> PermissionOffer:
    """Offer a permission in force to a partner; it has effect there once an officer accepts it.

    Raises:
        NotPermitted: ``by`` may not examine rights or not send.
        ActNotOpen: It is not in force, or the trader did not agree.
        Conflict: It was offered already, or the partner's node is not paired with ours.
    """
    offer = permission_offer(by=by, permission=permission, to=to)
    message_enqueue(
        administration=to,
        lane=_lane(offer),
        type="permit.offer/1",
        data=offer.content,
        idempotency_key=f"permit:{offer.key}:offer",
        by=by,
        subject=permission.number,
    )
    return offer


@transaction.atomic
def offer_accept(
    *, by: Officer, offer: PermissionOffer, right: Right, valid_until: date | None = None
) -> PermissionOffer:
    """Accept a partner's offer for a right of ours, and tell the partner.

    Raises:
        Refusal: As ``permission_offer_accept`` does.
        NotPermitted: ``by`` may not send.
        Conflict: The partner's node is not paired with ours.
    """
    accepted = permission_offer_accept(by=by, offer=offer, right=right, valid_until=valid_until)
    _answer(accepted, "accepted", by)
    return accepted


@transaction.atomic
def offer_decline(*, by: Officer, offer: PermissionOffer, reason: str) -> PermissionOffer:
    """Decline a partner's offer, and tell the partner why.

    Raises:
        Refusal: As ``permission_offer_decline`` does.
        NotPermitted: ``by`` may not send.
        Conflict: The partner's node is not paired with ours.
    """
    declined = permission_offer_decline(by=by, offer=offer, reason=reason)
    _answer(declined, "declined", by)
    return declined


@transaction.atomic
def permission_end(*, by: Officer, permission: Permission, reason: str) -> Permission:
    """Revoke a permission at once and tell the side that shares it.

    Raises:
        Refusal: As ``permission_revoke`` does.
    """
    ended = permission_revoke(by=by, permission=permission, reason=reason)
    permission_ends_tell(permission=ended)
    return ended


@transaction.atomic
def permission_ends_tell(*, permission: Permission | None = None) -> int:
    """Tell partners of permissions that were revoked here; return how many were told.

    A partner that cannot be written to, because the pairing is suspended, is left for the next
    time; the end on our own side stands whatever becomes of the message.

    Args:
        permission: Only what rests on this one; None for all, as the daily clockwork asks.
    """
    return sum(_end_told(offer) for offer in offers_to_end(permission))


def _end_told(offer: PermissionOffer) -> bool:
    try:
        if offer.received:
            _answer(offer, "ended", None)
        else:
            message_enqueue(
                administration=offer.administration,
                lane=_lane(offer),
                type="permit.withdraw/1",
                data=withdrawal_payload(offer.key),
                idempotency_key=f"permit:{offer.key}:withdraw",
                by=None,
            )
    except Conflict:
        return False
    permission_offer_end(offer=offer)
    return True


def _answer(offer: PermissionOffer, answer: str, by: Officer | None) -> None:
    message_enqueue(
        administration=offer.administration,
        lane=_lane(offer),
        type="permit.answer/1",
        data=answer_payload(Answer(offer.key, answer, offer.reason)),
        idempotency_key=f"permit:{offer.key}:{answer}",
        by=by,
    )


def _lane(offer: PermissionOffer) -> str:
    return f"permit:{offer.key}"
