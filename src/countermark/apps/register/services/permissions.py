"""Services on what traders may do: asked for with proof, settled by the holder or an officer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.register.convert import name_key
from countermark.apps.register.inputs import PermissionInput, TraderInput
from countermark.apps.register.models import (
    DecidedAs,
    Permission,
    PermissionState,
    Right,
    RightState,
)
from countermark.apps.register.selectors import acting_role
from countermark.apps.register.services.documents import DocumentInput, permission_paper_add
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput

LONGEST: Final = timedelta(days=1096)
"""A permission is confirmed for three years at most, then it is asked for anew: our own setting."""

ANSWER_WITHIN: Final = timedelta(days=2)
"""How long a trader waits for an answer; a working setting, not a term of law."""

LONGEST_TEXT: Final = 2_000
LONGEST_REASON: Final = 500


@transaction.atomic
def permission_ask(
    *, right: Right, trader: TraderInput, asked: PermissionInput, proof: DocumentInput
) -> Permission:
    """Take in a trader's word that it may use a right, with its proof; nothing is excused yet.

    Writes the permission, its paper and the audit entries, or nothing at all.

    Args:
        right: The right on which the trader's goods were held.
        trader: As the declaration names it.
        asked: The trader's goods, days and words.
        proof: A licence or another authorisation: a PDF or a scanned page.

    Raises:
        InvalidInput: A field is missing or too long, the days are reversed, past or too many, or
            the file is too large, of another type, broken or not safe.
        ActNotOpen: The right is withdrawn.
        Conflict: The trader has asked for this right already and waits for the answer.
    """
    _check(trader, asked)
    row = Right.objects.select_for_update(of=("self",)).get(pk=right.pk)
    if row.state != RightState.IN_FORCE:
        raise ActNotOpen("right-withdrawn", registration_number=row.registration_number)
    match = name_key(trader.name)[:400]
    if row.permissions.filter(match=match, state=PermissionState.ASKED).exists():
        raise Conflict("permission-asked-already", name=trader.name)
    now = timezone.now()
    permission = Permission.objects.create(
        right=row,
        name=trader.name.strip(),
        identifier=trader.identifier.strip(),
        match=match,
        goods=asked.goods.strip(),
        statement=asked.statement.strip(),
        valid_from=asked.valid_from,
        valid_until=asked.valid_until,
        may_share=asked.may_share,
        asked_at=now,
        answer_by=now + ANSWER_WITHIN,
    )
    permission_paper_add(permission, proof)
    audit_record(
        "register.permission.asked",
        subject=row.reference,
        permission=permission.number,
        trader=permission.name,
        last_day=permission.valid_until,
    )
    return permission


@transaction.atomic
def permission_confirm(
    *, by: Officer, permission: Permission, valid_until: date | None = None
) -> Permission:
    """Confirm what a trader asked for: from this second screening excuses it on the right.

    The right takes its next version, because hits change; hits found before stay as they are.

    Args:
        by: An account that speaks for the right's holder, or an officer who examines rights.
        permission: Obtained from a selector scoped to ``by``.
        valid_until: An earlier last day than the trader asked for; None for the one asked for.

    Raises:
        NotFound: The account does not speak for the holder.
        NotPermitted: The officer may not examine rights.
        ActNotOpen: It is settled already, or the right is withdrawn.
        InvalidInput: The last day has passed, or is later than the trader asked for.
    """
    row, right = _locked(permission)
    decided_as = _decides_as(by, right)
    last = _last_day(row, valid_until)
    if right.state != RightState.IN_FORCE:
        raise ActNotOpen("right-withdrawn", registration_number=right.registration_number)
    row.valid_until = last
    _settle(row, PermissionState.IN_FORCE, by, decided_as)
    screening_told(right)
    _recorded("register.permission.confirmed", row, right, by, decided_as=decided_as, last_day=last)
    return row


@transaction.atomic
def permission_refuse(*, by: Officer, permission: Permission, reason: str) -> Permission:
    """Refuse what a trader asked for, with a reason that the trader reads.

    Raises:
        NotFound: The account does not speak for the holder.
        NotPermitted: The officer may not examine rights.
        InvalidInput: The reason is missing or too long.
        ActNotOpen: It is settled already.
    """
    row, right = _locked(permission)
    decided_as = _decides_as(by, right)
    require_reason(reason)
    row.reason = reason.strip()
    _settle(row, PermissionState.REFUSED, by, decided_as)
    _recorded(
        "register.permission.refused", row, right, by, decided_as=decided_as, reason=row.reason
    )
    return row


@transaction.atomic
def permission_revoke(*, permission: Permission, reason: str, by: Officer | None) -> Permission:
    """End a permission at once: from this second nothing more is excused by it.

    Hits that were excused before stay as they are.

    Args:
        permission: In force.
        reason: Why it ends; never empty.
        by: An account of the holder or an officer, or None where a partner withdrew its word.

    Raises:
        NotFound: The account does not speak for the holder.
        NotPermitted: The officer may not examine rights.
        InvalidInput: The reason is missing or too long.
        ActNotOpen: It is not in force.
    """
    row, right = _locked(permission)
    if by is not None:
        _decides_as(by, right)
    require_reason(reason)
    if row.state != PermissionState.IN_FORCE:
        raise ActNotOpen("permission-not-in-force", permission=row.number, state=row.state)
    row.state, row.revoked_reason = PermissionState.REVOKED, reason.strip()
    row.revoked_by, row.revoked_at = by, timezone.now()
    row.save()
    screening_told(right)
    _recorded("register.permission.revoked", row, right, by, reason=row.revoked_reason)
    return row


def screening_told(right: Right) -> None:
    """Give a right its next version: what screening makes of it has changed."""
    Right.objects.filter(pk=right.pk).update(version=F("version") + 1)


def require_reason(reason: str) -> None:
    """Refuse a reason that is missing or too long.

    Raises:
        InvalidInput: It is.
    """
    if not reason.strip():
        raise InvalidInput("missing", field="reason")
    if len(reason) > LONGEST_REASON:
        raise InvalidInput("too-long", field="reason")


def _locked(permission: Permission) -> tuple[Permission, Right]:
    """Lock the right first, as every other service on it does, then the permission."""
    right = Right.objects.select_related("holder").select_for_update(of=("self",))
    locked = right.get(pk=permission.right_id)
    row = Permission.objects.select_for_update(of=("self",)).get(pk=permission.pk)
    return row, locked


def _decides_as(by: Officer, right: Right) -> DecidedAs:
    if by.may("portal.use"):
        acting_role(account=by, holder=right.holder, on=timezone.localdate())
        return DecidedAs.HOLDER
    officer_require(by, "rights.examine")
    return DecidedAs.OFFICER


def _settle(row: Permission, state: PermissionState, by: Officer, decided_as: DecidedAs) -> None:
    if row.state != PermissionState.ASKED:
        raise ActNotOpen("permission-settled-already", permission=row.number, state=row.state)
    row.state, row.decided_as = state, decided_as
    row.decided_by, row.decided_at = by, timezone.now()
    row.save()


def _recorded(act: str, row: Permission, right: Right, by: Officer | None, **more: object) -> None:
    audit_record(
        act, subject=right.reference, by=by, permission=row.number, trader=row.name, **more
    )


def _last_day(row: Permission, wanted: date | None) -> date:
    last = wanted or row.valid_until
    if last > row.valid_until:
        raise InvalidInput("later-than-asked", field="valid_until")
    if last < timezone.localdate() or last < row.valid_from:
        raise InvalidInput("day-passed", field="valid_until")
    return last


def _check(trader: TraderInput, asked: PermissionInput) -> None:
    if not name_key(trader.name):
        raise InvalidInput("missing", field="name")
    for field, longest in (("goods", LONGEST_TEXT), ("statement", LONGEST_TEXT)):
        if len(getattr(asked, field)) > longest:
            raise InvalidInput("too-long", field=field)
    if not asked.goods.strip():
        raise InvalidInput("missing", field="goods")
    today = timezone.localdate()
    if asked.valid_until < asked.valid_from:
        raise InvalidInput("dates-not-in-order", field="valid_until")
    if asked.valid_until < today:
        raise InvalidInput("day-passed", field="valid_until")
    if asked.valid_until > today + LONGEST:
        raise InvalidInput("permission-too-long", field="valid_until", days=LONGEST.days)
