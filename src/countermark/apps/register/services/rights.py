"""Services on single rights, their holders, recordations and authorised parties."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.register.convert import (
    holder_key,
    holder_values,
    party_row,
    right_input,
    right_values,
)
from countermark.apps.register.inputs import (
    RIGHT_FIELDS,
    AuthorisedPartyInput,
    ContactInput,
    HolderInput,
    RecordationInput,
    RightInput,
)
from countermark.apps.register.keys import keys_refresh
from countermark.apps.register.models import (
    AuthorisedParty,
    Recordation,
    Representative,
    Right,
    RightHolder,
    RightState,
)
from countermark.apps.register.rules import (
    contact_problems,
    holder_problems,
    party_problems,
    recordation_problems,
    refuse_first,
    right_problems,
)
from countermark.apps.register.services.moving import Step, event_add, move
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput
from countermark.lawbook import recordation_rules
from countermark.lawbook.recordations import Effect


@transaction.atomic
def holder_record(*, by: Officer, holder: HolderInput) -> RightHolder:
    """Record a right holder, or bring the one of that name and country up to date.

    Raises:
        NotPermitted: The officer may not edit rights.
        InvalidInput: The name is missing or a field is malformed.
    """
    officer_require(by, "rights.edit")
    refuse_first(holder_problems(holder))
    key, country = holder_key(holder)
    row, _ = RightHolder.objects.update_or_create(
        key=key, country=country, defaults=holder_values(holder)
    )
    keys_refresh(row.rights.values_list("pk", flat=True))
    audit_record("register.holder.recorded", subject=row.name, by=by, country=country)
    return row


@transaction.atomic
def representative_add(
    *, by: Officer, holder: RightHolder, contact: ContactInput
) -> Representative:
    """Add somebody who speaks for a holder, or bring the one of that name up to date.

    Raises:
        NotPermitted: The officer may not edit rights.
        InvalidInput: The name is missing.
    """
    officer_require(by, "rights.edit")
    refuse_first(contact_problems(contact))
    row, _ = Representative.objects.update_or_create(
        holder=holder,
        name=contact.name,
        defaults={"email": contact.email, "phone": contact.phone},
    )
    audit_record(
        "register.representative.added", subject=holder.name, by=by, representative=row.name
    )
    return row


@transaction.atomic
def right_record(
    *,
    by: Officer,
    holder: RightHolder,
    right: RightInput,
    recordations: Sequence[RecordationInput] = (),
) -> Right:
    """Record a right of a holder, with its recordations: all of it or nothing.

    Raises:
        NotPermitted: The officer may not edit rights.
        InvalidInput: A field is missing or malformed.
        Conflict: The registration, or a recordation's number, is recorded already.
    """
    officer_require(by, "rights.edit")
    _check_right(right)
    known = Right.objects.filter(
        jurisdiction=right.jurisdiction,
        right_type=right.right_type,
        registration_number=right.registration_number,
    )
    if known.exists():
        raise Conflict("right-recorded-already", registration_number=right.registration_number)
    row = Right.objects.create(holder=holder, **right_values(right))
    audit_record("register.right.recorded", subject=row.reference, by=by, word=row.label)
    for recordation in recordations:
        recordation_record(by=by, right=row, recordation=recordation)
    keys_refresh([row.pk])
    return row


@transaction.atomic
def right_revise(*, by: Officer, right: Right, change: RightInput) -> Right:
    """Give a right new content and the next version; without a difference nothing is written.

    Raises:
        NotPermitted: The officer may not edit rights.
        InvalidInput: A field is missing or malformed.
        ActNotOpen: The right is withdrawn.
        Conflict: Another right has that registration, or somebody revised this one first.
    """
    officer_require(by, "rights.edit")
    row = _locked(right)
    if row.version != right.version:
        raise Conflict("right-changed-meanwhile", registration_number=row.registration_number)
    _check_right(change)
    before = right_input(row)
    differing = [n for n in RIGHT_FIELDS if getattr(before, n) != getattr(change, n)]
    if not differing:
        return row
    same = Right.objects.exclude(pk=row.pk).filter(
        jurisdiction=change.jurisdiction,
        right_type=change.right_type,
        registration_number=change.registration_number,
    )
    if same.exists():
        raise Conflict("right-recorded-already", registration_number=change.registration_number)
    for name, value in right_values(change).items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    keys_refresh([row.pk])
    details = {n: [str(getattr(before, n)), str(getattr(change, n))] for n in differing}
    audit_record("register.right.revised", subject=row.reference, by=by, **details)
    return row


@transaction.atomic
def right_withdraw(*, by: Officer, right: Right, reason: str) -> Right:
    """Withdraw a right with every recordation of it; screening stops from this second.

    Raises:
        NotPermitted: The officer may not edit rights.
        InvalidInput: There is no reason.
        ActNotOpen: The right is withdrawn already.
    """
    officer_require(by, "rights.edit")
    _require_reason(reason)
    row = _locked(right)
    row.state = RightState.WITHDRAWN
    row.version += 1
    row.save(update_fields=["state", "version"])
    for recordation in row.recordations.select_related("administration").filter(closed=False):
        _end(recordation, by=by, reason=reason)
    audit_record("register.right.withdrawn", subject=row.reference, by=by, reason=reason)
    return row


@transaction.atomic
def recordation_record(*, by: Officer, right: Right, recordation: RecordationInput) -> Recordation:
    """Enter a right in an administration's record; from this second it is screened against.

    Raises:
        NotPermitted: The officer may not edit rights.
        InvalidInput: A field is missing or malformed, or the right is of another jurisdiction.
        ActNotOpen: The right is withdrawn.
        Conflict: The number is taken, or the right has a recordation in force there.
    """
    officer_require(by, "rights.edit")
    row = _locked(right)
    refuse_first(recordation_problems(recordation, right_input(row)))
    there = Recordation.objects.filter(administration=recordation.administration)
    if there.filter(number=recordation.number).exists():
        raise Conflict("recordation-number-taken", number=recordation.number)
    if there.filter(right=row, closed=False).exists():
        raise Conflict("recordation-in-force-already", registration=row.registration_number)
    made = Recordation.objects.create(
        right=row,
        applicant=row.holder,
        right_type=row.right_type,
        state=recordation_rules(recordation.administration.law).act_with(Effect.GRANT).to_state,
        in_force=True,
        administration=recordation.administration,
        number=recordation.number,
        filed_on=recordation.recorded_on,
        recorded_on=recordation.recorded_on,
        expires_on=recordation.expires_on,
    )
    keys_refresh([row.pk])
    step = Step("record", recordation.recorded_on, by, by.role)
    event_add(made, step, before="")
    audit_record("register.recordation.recorded", subject=row.reference, by=by, number=made.number)
    return made


@transaction.atomic
def recordation_withdraw(*, by: Officer, recordation: Recordation, reason: str) -> Recordation:
    """Withdraw one recordation; the right stays as it is.

    Raises:
        NotPermitted: The officer may not edit rights.
        InvalidInput: There is no reason.
        ActNotOpen: The recordation is not in force.
    """
    officer_require(by, "rights.edit")
    _require_reason(reason)
    rows = Recordation.objects.select_related("administration", "right")
    row = rows.select_for_update(of=("self",)).get(pk=recordation.pk)
    if row.closed or row.right is None:
        raise ActNotOpen("recordation-not-in-force", number=row.number, state=row.state)
    return _end(row, by=by, reason=reason)


@transaction.atomic
def authorised_party_add(
    *, by: Officer, right: Right, party: AuthorisedPartyInput
) -> AuthorisedParty:
    """Add somebody who may use a mark; the right takes its next version, because hits change.

    Raises:
        NotPermitted: The officer may not edit rights.
        InvalidInput: A field is missing or malformed.
        ActNotOpen: The right is withdrawn.
        Conflict: The party has that role already.
    """
    officer_require(by, "rights.edit")
    refuse_first(party_problems(party))
    row = _locked(right)
    made = party_row(row, party)
    if row.authorised_parties.filter(role=made.role, key=made.key).exists():
        raise Conflict("party-authorised-already", name=party.name, role=party.role)
    made.save()
    Right.objects.filter(pk=row.pk).update(version=F("version") + 1)
    audit_record(
        "register.authorised-party.added",
        subject=row.reference,
        by=by,
        party=made.name,
        role=made.role,
    )
    return made


def _end(recordation: Recordation, *, by: Officer, reason: str) -> Recordation:
    """Withdraw a granted recordation; the register's keepers may, whatever its state."""
    act = recordation_rules(recordation.administration.law).act_with(Effect.WITHDRAW)
    return move(recordation, Step(act.code, timezone.localdate(), by, by.role, reason))


def _locked(right: Right) -> Right:
    row = Right.objects.select_for_update(of=("self",)).get(pk=right.pk)
    if row.state != RightState.IN_FORCE:
        raise ActNotOpen("right-withdrawn", registration_number=row.registration_number)
    return row


def _check_right(right: RightInput) -> None:
    refuse_first(right_problems(right))
    if not Administration.objects.filter(law=right.jurisdiction).exists():
        raise InvalidInput("jurisdiction-unknown", field="jurisdiction")


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidInput("missing", field="reason")
