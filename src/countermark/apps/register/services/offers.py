"""Services on permissions that we offer across the boundary, and what the partner answers.

A permission has no effect on the other side before an officer there accepts it for a right of that
side's own register. Each function is one half; ``workflows/trading.py`` writes the message with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.register.models import (
    OfferState,
    Permission,
    PermissionOffer,
    PermissionState,
)
from countermark.apps.register.payloads import offer_of, offer_payload
from countermark.domain.errors import ActNotOpen, Conflict, NotFound

if TYPE_CHECKING:
    from countermark.apps.register.payloads import Answer


@transaction.atomic
def permission_offer(*, by: Officer, permission: Permission, to: Administration) -> PermissionOffer:
    """Offer a permission in force to a partner, which may accept it for itself.

    Raises:
        NotPermitted: The officer may not examine rights.
        ActNotOpen: It is not in force, or has passed; or the trader did not agree to its being
            told.
        Conflict: It was offered to this partner already, or came from a partner.
    """
    officer_require(by, "rights.examine")
    rows = Permission.objects.select_related("right__holder")
    row = rows.select_for_update(of=("self",)).get(pk=permission.pk)
    if row.state != PermissionState.IN_FORCE or row.valid_until < timezone.localdate():
        raise ActNotOpen("permission-not-in-force", permission=row.number, state=row.state)
    if not row.may_share:
        raise ActNotOpen("trader-keeps-it-here", permission=row.number)
    if row.offers.filter(received=True).exists():
        raise Conflict("permission-from-partner", permission=row.number)
    if row.offers.filter(administration=to).exists():
        raise Conflict("permission-offered-already", permission=row.number)
    offer = PermissionOffer.objects.create(
        key=row.key,
        administration=to,
        received=False,
        permission=row,
        content=offer_payload(offer_of(row)),
        offered_at=timezone.now(),
        offered_by=by,
    )
    audit_record(
        "register.permission-offer.made",
        subject=row.right.reference,
        by=by,
        permission=row.number,
        to=to.code,
    )
    return offer


@transaction.atomic
def permission_answer_receive(*, administration: Administration, answer: Answer) -> PermissionOffer:
    """Take in what a partner answers to our offer; the same answer again changes nothing.

    An answer that crossed our withdrawal leaves the offer withdrawn.

    Raises:
        NotFound: We made this partner no such offer.
        Conflict: ``offer-differs``; it answered otherwise before, or ends what it never accepted.
    """
    row = offered(administration, answer.key, received=False)
    if row.state in (answer.answer, OfferState.WITHDRAWN):
        return row
    before = OfferState.ACCEPTED if answer.answer == OfferState.ENDED else OfferState.OPEN
    if row.state != before:
        raise Conflict("offer-differs", key=str(answer.key))
    row.reason = answer.reason
    answered(row, OfferState(answer.answer), None)
    recorded("register.permission-offer.answered", row, answer=answer.answer, reason=answer.reason)
    return row


@transaction.atomic
def permission_offer_end(*, offer: PermissionOffer) -> PermissionOffer:
    """Note that the other side is told of the end of a permission revoked here.

    Raises:
        ActNotOpen: The permission is not revoked, or the other side was told already.
    """
    row = PermissionOffer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    permission = row.permission
    ended = OfferState.ENDED if row.received else OfferState.WITHDRAWN
    settled = row.state not in (OfferState.OPEN, OfferState.ACCEPTED)
    if permission is None or permission.state != PermissionState.REVOKED or settled:
        raise ActNotOpen("offer-not-open", state=row.state)
    row.state = ended
    row.save(update_fields=["state"])
    recorded("register.permission-offer.ended", row, permission=permission.number)
    return row


def offered(administration: Administration, key: UUID, *, received: bool) -> PermissionOffer:
    """Return one offer of a partner or to one, locked.

    Raises:
        NotFound: ``offer-unknown``.
    """
    rows = PermissionOffer.objects.select_related("administration", "permission")
    found = rows.select_for_update(of=("self",)).filter(
        administration=administration, key=key, received=received
    )
    if row := found.first():
        return row
    raise NotFound("offer-unknown", key=str(key))


def answered(row: PermissionOffer, state: OfferState, by: Officer | None) -> None:
    """Write down what became of an offer, when, and by whom on this side."""
    row.state = state
    row.answered_at, row.answered_by = timezone.now(), by
    row.save()


def recorded(act: str, row: PermissionOffer, *, by: Officer | None = None, **more: object) -> None:
    """Log an act on an offer under its key, which both sides know."""
    audit_record(act, subject=str(row.key), by=by, administration=row.administration.code, **more)
