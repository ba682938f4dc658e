"""Services on who speaks for a right holder: asked for by an account, settled by an officer."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.register.convert import holder_key, holder_values
from countermark.apps.register.inputs import HolderInput
from countermark.apps.register.models import AccessState, Capacity, HolderAccess, RightHolder
from countermark.apps.register.rules import holder_problems, refuse_first
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput

POWER_OF_ATTORNEY = "power_of_attorney"


@transaction.atomic
def access_ask(
    *, by: Officer, holder: HolderInput, capacity: str, valid_until: date | None = None
) -> HolderAccess:
    """Ask that an account may speak for a holder; an officer settles it.

    Args:
        by: The portal account.
        holder: The holder as the account describes it.
        capacity: ``owner``, or ``agent`` under a power of attorney.
        valid_until: Last day of the power of attorney; an agent must give it.

    Raises:
        NotPermitted: The account is no portal account.
        InvalidInput: A field is missing or malformed.
        Conflict: The account has asked for this holder already.
    """
    officer_require(by, "portal.use")
    refuse_first(holder_problems(holder))
    if capacity not in Capacity.values:
        raise InvalidInput("code-unknown", field="capacity", value=capacity[:40])
    if capacity == Capacity.AGENT and valid_until is None:
        raise InvalidInput("missing", field="valid_until")
    if valid_until and valid_until < timezone.localdate():
        raise InvalidInput("day-passed", field="valid_until")
    claimed = asdict(holder)
    asked = HolderAccess.objects.filter(account=by, state=AccessState.ASKED, claimed=claimed)
    if asked.exists():
        raise Conflict("access-asked-already", name=holder.name)
    access = HolderAccess.objects.create(
        account=by, claimed=claimed, capacity=capacity, valid_until=valid_until
    )
    audit_record("register.access.asked", subject=by.username, by=by, holder=holder.name)
    return access


@transaction.atomic
def access_approve(
    *, by: Officer, access: HolderAccess, holder: RightHolder | None = None
) -> HolderAccess:
    """Let an account speak for a holder: one of the register, or the one it describes, newly made.

    Raises:
        NotPermitted: The officer may not examine rights.
        ActNotOpen: The wish is settled already, or an agent has filed no power of attorney.
        Conflict: The account speaks for this holder already, or the described holder is in the
            register and must be chosen.
    """
    officer_require(by, "rights.examine")
    row = _asked(access)
    if row.capacity == Capacity.AGENT and not row.documents.filter(
        role=POWER_OF_ATTORNEY, removed_at__isnull=True
    ):
        raise ActNotOpen("power-of-attorney-missing")
    row.holder = holder or _new_holder(HolderInput(**row.claimed))
    same = HolderAccess.objects.filter(
        account=row.account, holder=row.holder, state=AccessState.APPROVED
    )
    if same.exists():
        raise Conflict("access-approved-already", name=row.holder.name)
    return _settled(row, AccessState.APPROVED, by=by, note="")


@transaction.atomic
def access_refuse(*, by: Officer, access: HolderAccess, reason: str) -> HolderAccess:
    """Refuse that an account speaks for a holder.

    Raises:
        NotPermitted: The officer may not examine rights.
        InvalidInput: There is no reason.
        ActNotOpen: The wish is settled already.
    """
    officer_require(by, "rights.examine")
    _require(reason)
    return _settled(_asked(access), AccessState.REFUSED, by=by, note=reason)


@transaction.atomic
def access_end(*, by: Officer, access: HolderAccess, reason: str) -> HolderAccess:
    """End an account's access to a holder at once.

    Raises:
        NotPermitted: The officer may not examine rights.
        InvalidInput: There is no reason.
        ActNotOpen: The access is not approved.
    """
    officer_require(by, "rights.examine")
    _require(reason)
    row = HolderAccess.objects.select_for_update(of=("self",)).get(pk=access.pk)
    if row.state != AccessState.APPROVED:
        raise ActNotOpen("access-not-approved", state=row.state)
    return _settled(row, AccessState.ENDED, by=by, note=reason)


def _asked(access: HolderAccess) -> HolderAccess:
    row = HolderAccess.objects.select_for_update(of=("self",)).get(pk=access.pk)
    if row.state != AccessState.ASKED:
        raise ActNotOpen("access-settled-already", state=row.state)
    return row


def _new_holder(given: HolderInput) -> RightHolder:
    key, country = holder_key(given)
    if RightHolder.objects.filter(key=key, country=country).exists():
        raise Conflict("holder-known", name=given.name)
    return RightHolder.objects.create(**holder_values(given))


def _settled(row: HolderAccess, state: AccessState, *, by: Officer, note: str) -> HolderAccess:
    row.state, row.note = state, note
    row.decided_by, row.decided_at = by, timezone.now()
    row.save()
    acts = {
        AccessState.APPROVED: "register.access.approved",
        AccessState.REFUSED: "register.access.refused",
        AccessState.ENDED: "register.access.ended",
    }
    holder = row.holder.name if row.holder else str(row.claimed.get("name", ""))
    audit_record(acts[state], subject=row.account.username, by=by, holder=holder, reason=note)
    return row


def _require(reason: str) -> None:
    if not reason.strip():
        raise InvalidInput("missing", field="reason")
