"""Services on permissions across the boundary: offered, answered, withdrawn, each side for itself.

A permission has no effect on the other side before an officer there accepts it for a right of that
side's own register. Each function is one half; ``workflows/trading.py`` writes the message with it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.register.convert import name_key
from countermark.apps.register.inputs import OfferInput
from countermark.apps.register.models import (
    DecidedAs,
    OfferState,
    Permission,
    PermissionOffer,
    PermissionState,
    Right,
    RightState,
)
from countermark.apps.register.payloads import offer_of, offer_payload, offer_read
from countermark.apps.register.services.permissions import (
    LONGEST,
    permission_revoke,
    require_reason,
    screening_told,
)
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from countermark.apps.register.payloads import Answer
    from countermark.domain.envelopes.canonical import Json

PARTNER_WITHDREW = "withdrawn by the partner"
"""What stands as the reason where nobody here ended a permission."""


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
def permission_offer_receive(
    *, administration: Administration, data: Mapping[str, Json]
) -> PermissionOffer:
    """Take in a partner's offer; it excuses nobody. The same offer again changes nothing.

    Raises:
        InvalidInput: A field is missing or malformed.
        Conflict: ``offer-differs`` where the key is known with other content.
    """
    offer = offer_read(data)
    content = offer_payload(offer)
    known = PermissionOffer.objects.select_for_update().filter(
        administration=administration, key=offer.key, received=True
    )
    if row := known.first():
        if row.content != content:
            raise Conflict("offer-differs", key=str(offer.key))
        return row
    row = PermissionOffer.objects.create(
        key=offer.key,
        administration=administration,
        received=True,
        content=content,
        offered_at=timezone.now(),
    )
    audit_record(
        "register.permission-offer.received",
        subject=str(offer.key),
        administration=administration.code,
        trader=offer.name,
        mark=offer.mark,
    )
    return row


@transaction.atomic
def permission_offer_accept(
    *, by: Officer, offer: PermissionOffer, right: Right, valid_until: date | None = None
) -> PermissionOffer:
    """Accept a partner's offer for a right of our own register; it is in force from this second.

    Writes our permission, the offer's state and the audit entry, or nothing at all.

    Args:
        by: An officer who examines rights; the officer answers for it here.
        offer: Open; obtained from a scoped selector.
        right: The right of our side that the partner's stands for.
        valid_until: An earlier last day than the one offered; None for that one.

    Raises:
        NotPermitted: The officer may not examine rights.
        ActNotOpen: The offer is not open any more, or the right is withdrawn.
        InvalidInput: The last day has passed, is later than offered, or too far off.
    """
    officer_require(by, "rights.examine")
    locked = Right.objects.select_for_update(of=("self",)).get(pk=right.pk)
    row = _open(offer)
    if locked.state != RightState.IN_FORCE:
        raise ActNotOpen("right-withdrawn", registration_number=locked.registration_number)
    said = offer_read(row.content)
    row.permission = _permission(said, locked, by, _last_day(said, valid_until))
    _answered(row, OfferState.ACCEPTED, by)
    screening_told(locked)
    audit_record(
        "register.permission-offer.accepted",
        subject=locked.reference,
        by=by,
        permission=row.permission.number,
        administration=row.administration.code,
        trader=said.name,
        last_day=row.permission.valid_until,
    )
    return row


@transaction.atomic
def permission_offer_decline(
    *, by: Officer, offer: PermissionOffer, reason: str
) -> PermissionOffer:
    """Decline a partner's offer, with a reason that the partner reads.

    Raises:
        NotPermitted: The officer may not examine rights.
        InvalidInput: The reason is missing or too long.
        ActNotOpen: The offer is not open any more.
    """
    officer_require(by, "rights.examine")
    require_reason(reason)
    row = _open(offer)
    row.reason = reason.strip()
    _answered(row, OfferState.DECLINED, by)
    audit_record(
        "register.permission-offer.declined",
        subject=str(row.key),
        by=by,
        administration=row.administration.code,
        reason=row.reason,
    )
    return row


@transaction.atomic
def permission_answer_receive(*, administration: Administration, answer: Answer) -> PermissionOffer:
    """Take in what a partner answers to our offer; the same answer again changes nothing.

    An answer that crossed our withdrawal leaves the offer withdrawn.

    Raises:
        NotFound: We made this partner no such offer.
        Conflict: ``offer-differs``; it answered otherwise before, or ends what it never accepted.
    """
    row = _offered(administration, answer.key, received=False)
    if row.state in (answer.answer, OfferState.WITHDRAWN):
        return row
    before = OfferState.ACCEPTED if answer.answer == OfferState.ENDED else OfferState.OPEN
    if row.state != before:
        raise Conflict("offer-differs", key=str(answer.key))
    row.reason = answer.reason
    _answered(row, OfferState(answer.answer), None)
    audit_record(
        "register.permission-offer.answered",
        subject=str(row.key),
        administration=administration.code,
        answer=answer.answer,
        reason=answer.reason,
    )
    return row


@transaction.atomic
def permission_withdrawal_receive(*, administration: Administration, key: UUID) -> PermissionOffer:
    """Take in that a partner withdraws its offer: what we had accepted ends in this second.

    The same withdrawal again changes nothing.

    Raises:
        NotFound: The partner made us no such offer.
    """
    row = _offered(administration, key, received=True)
    if row.state == OfferState.WITHDRAWN:
        return row
    if row.permission and row.permission.state == PermissionState.IN_FORCE:
        permission_revoke(permission=row.permission, reason=PARTNER_WITHDREW, by=None)
    row.state = OfferState.WITHDRAWN
    row.save(update_fields=["state"])
    audit_record(
        "register.permission-offer.withdrawn",
        subject=str(row.key),
        administration=administration.code,
    )
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
    audit_record(
        "register.permission-offer.ended",
        subject=str(row.key),
        administration=row.administration.code,
        permission=permission.number,
    )
    return row


def _open(offer: PermissionOffer) -> PermissionOffer:
    rows = PermissionOffer.objects.select_related("administration")
    row = rows.select_for_update(of=("self",)).get(pk=offer.pk)
    if not row.received or row.state != OfferState.OPEN:
        raise ActNotOpen("offer-not-open", state=row.state)
    return row


def _offered(administration: Administration, key: UUID, *, received: bool) -> PermissionOffer:
    rows = PermissionOffer.objects.select_related("administration", "permission")
    found = rows.select_for_update(of=("self",)).filter(
        administration=administration, key=key, received=received
    )
    if row := found.first():
        return row
    raise NotFound("offer-unknown", key=str(key))


def _answered(row: PermissionOffer, state: OfferState, by: Officer | None) -> None:
    row.state = state
    row.answered_at, row.answered_by = timezone.now(), by
    row.save()


def _last_day(said: OfferInput, wanted: date | None) -> date:
    today, last = timezone.localdate(), wanted or said.valid_until
    if last > said.valid_until:
        raise InvalidInput("later-than-asked", field="valid_until")
    if last < today or last < said.valid_from:
        raise InvalidInput("day-passed", field="valid_until")
    if last > today + LONGEST:
        raise InvalidInput("permission-too-long", field="valid_until", days=LONGEST.days)
    return last


def _permission(said: OfferInput, right: Right, by: Officer, last: date) -> Permission:
    now = timezone.now()
    return Permission.objects.create(
        right=right,
        name=said.name,
        identifier=said.identifier,
        match=name_key(said.name)[:400],
        goods=said.goods,
        valid_from=said.valid_from,
        valid_until=last,
        state=PermissionState.IN_FORCE,
        asked_at=now,
        decided_at=now,
        decided_by=by,
        decided_as=DecidedAs.OFFICER,
    )
