"""Services on permissions that a partner offers: accepted for a right of our own, or declined.

The other half of ``offers``: nothing a partner says excuses anybody here before an officer of ours
accepts it.
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
from countermark.apps.register.payloads import offer_payload, offer_read
from countermark.apps.register.services.offers import answered, offered, recorded
from countermark.apps.register.services.permissions import (
    LONGEST,
    permission_revoke,
    require_reason,
    screening_told,
)
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from countermark.domain.envelopes.canonical import Json

PARTNER_WITHDREW = "withdrawn by the partner"
"""What stands as the reason where nobody here ended a permission."""


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
    recorded("register.permission-offer.received", row, trader=offer.name, mark=offer.mark)
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
    answered(row, OfferState.ACCEPTED, by)
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
    answered(row, OfferState.DECLINED, by)
    recorded("register.permission-offer.declined", row, by=by, reason=row.reason)
    return row


@transaction.atomic
def permission_withdrawal_receive(*, administration: Administration, key: UUID) -> PermissionOffer:
    """Take in that a partner withdraws its offer: what we had accepted ends in this second.

    The same withdrawal again changes nothing.

    Raises:
        NotFound: The partner made us no such offer.
    """
    row = offered(administration, key, received=True)
    if row.state == OfferState.WITHDRAWN:
        return row
    if row.permission and row.permission.state == PermissionState.IN_FORCE:
        permission_revoke(permission=row.permission, reason=PARTNER_WITHDREW, by=None)
    row.state = OfferState.WITHDRAWN
    row.save(update_fields=["state"])
    recorded("register.permission-offer.withdrawn", row)
    return row


def _open(offer: PermissionOffer) -> PermissionOffer:
    rows = PermissionOffer.objects.select_related("administration")
    row = rows.select_for_update(of=("self",)).get(pk=offer.pk)
    if not row.received or row.state != OfferState.OPEN:
        raise ActNotOpen("offer-not-open", state=row.state)
    return row


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
