"""What an act does to the recordation itself: grant, renew, amend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date

from countermark.apps.audit.services import audit_record
from countermark.apps.register.content import (
    content_checked,
    content_contacts,
    content_holder,
    content_parties,
    content_right,
)
from countermark.apps.register.convert import (
    holder_key,
    holder_values,
    party_row,
    right_input,
    right_values,
)
from countermark.apps.register.inputs import RIGHT_FIELDS, HolderInput, RightInput
from countermark.apps.register.models import Recordation, Representative, Right, RightHolder
from countermark.apps.register.rules import (
    contact_problems,
    holder_problems,
    party_problems,
    refuse_first,
    right_problems,
)
from countermark.apps.register.selectors import content_of_right
from countermark.apps.register.services.moving import Step
from countermark.apps.register.terms import last_day, renewed_until
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput
from countermark.lawbook import Protection, protection
from countermark.lawbook.recordations import Effect


def effect_apply(effect: Effect, recordation: Recordation, step: Step) -> None:
    """Do to the recordation what the act brings about; the caller saves it."""
    if effect is Effect.GRANT:
        _grant(recordation, step)
    elif effect is Effect.RENEW:
        _renew(recordation)
    elif effect is Effect.AMEND:
        _amend(recordation, step)


def protection_of(law: str, right_type: str) -> Protection:
    """Return how a side protects a kind of right.

    Raises:
        InvalidInput: It does not record that kind; the law files say why.
    """
    found = protection(law, right_type)
    if found is None:
        raise InvalidInput("right-type-not-recorded", field="right_type", right_type=right_type)
    return found


def _grant(recordation: Recordation, step: Step) -> None:
    """Enter the right that the file describes, and the recordation under its number."""
    law = recordation.administration.law
    given = content_right(recordation.content, law=law, right_type=recordation.right_type)
    refuse_first(right_problems(given))
    right = _right_for(recordation, given, step)
    others = Recordation.objects.filter(administration=recordation.administration)
    if others.filter(right=right, closed=False).exists():
        raise Conflict("recordation-in-force-already", registration=right.registration_number)
    number = str(step.detail.get("number") or "").strip() or _number(recordation, step.on)
    if len(number) > 60:
        raise InvalidInput("too-long", field="number")
    if others.filter(number=number).exists():
        raise Conflict("recordation-number-taken", number=number)
    rule = protection_of(law, recordation.right_type)
    recordation.right, recordation.number = right, number
    recordation.recorded_on = step.on
    recordation.expires_on = last_day(rule, step.on, right.valid_until)
    if recordation.expires_on and recordation.expires_on < step.on:
        raise ActNotOpen("right-ended", valid_until=right.valid_until.isoformat())
    _people_add(right, recordation.content)


def _right_for(recordation: Recordation, given: RightInput, step: Step) -> Right:
    """Return the right of that registration: made, brought up to date, or refused."""
    known = Right.objects.filter(
        jurisdiction=given.jurisdiction,
        right_type=given.right_type,
        registration_number=given.registration_number,
    )
    right = known.select_for_update(of=("self",)).first()
    if right is None:
        right = Right.objects.create(holder=recordation.applicant, **right_values(given))
        audit_record(
            "register.right.recorded", subject=right.reference, by=step.by, word=right.label
        )
        return right
    if right.holder_id != recordation.applicant_id:
        raise Conflict("right-of-another-holder", registration_number=given.registration_number)
    if right.state != "in-force":
        raise ActNotOpen("right-withdrawn", registration_number=right.registration_number)
    return _revise(right, given, step)


def _revise(right: Right, given: RightInput, step: Step) -> Right:
    before = right_input(right)
    differing = [n for n in RIGHT_FIELDS if getattr(before, n) != getattr(given, n)]
    if differing:
        for name, value in right_values(given).items():
            setattr(right, name, value)
        right.version += 1
        right.save()
        details = {n: [str(getattr(before, n)), str(getattr(given, n))] for n in differing}
        audit_record("register.right.revised", subject=right.reference, by=step.by, **details)
    return right


def _renew(recordation: Recordation) -> None:
    """Give the recordation another term from its last day on.

    Law:
        cn/ipr-customs-regulations#10 (each renewal is for ten years).
    """
    right, expires_on = recordation.right, recordation.expires_on
    if right is None or expires_on is None:
        raise ActNotOpen("renewal-not-needed")
    rule = protection_of(recordation.administration.law, recordation.right_type)
    until = renewed_until(rule, expires_on, right.valid_until)
    if until is None or until <= expires_on:
        raise ActNotOpen("right-ends-first", valid_until=right.valid_until.isoformat())
    recordation.expires_on = until


def _amend(recordation: Recordation, step: Step) -> None:
    """Bring the file, its right and its holder in line with the change that was reported last."""
    reported = recordation.events.filter(to_state=recordation.state).last()
    changes = content_checked(reported.detail.get("changes", {})) if reported else {}
    right = recordation.right
    if right is None:
        raise ActNotOpen("recordation-not-in-force", number=recordation.number)
    recordation.content = {**content_of_right(right), **recordation.content, **changes}
    recordation.edition += 1
    given = content_right(recordation.content, law=right.jurisdiction, right_type=right.right_type)
    refuse_first(right_problems(given))
    if given.registration_number != right.registration_number:
        raise InvalidInput("registration-cannot-change", field="registration_number")
    right = _revise(right, given, step)
    if holder := content_holder(changes):
        _transfer(right, holder, step)
    _people_add(right, changes)
    rule = protection_of(right.jurisdiction, right.right_type)
    if rule.ends_with_right and recordation.expires_on:
        recordation.expires_on = min(recordation.expires_on, right.valid_until)


def _transfer(right: Right, given: HolderInput, step: Step) -> None:
    """Give a right to the holder that the change names; who spoke for the old one no longer may."""
    refuse_first(holder_problems(given))
    key, country = holder_key(given)
    holder, _ = RightHolder.objects.get_or_create(
        key=key, country=country, defaults=holder_values(given)
    )
    if holder.pk == right.holder_id:
        _holder_revise(holder, given, step)
        return
    before, right.holder = right.holder.name, holder
    right.version += 1
    right.save(update_fields=["holder", "version"])
    audit_record(
        "register.right.transferred",
        subject=right.reference,
        by=step.by,
        holder_name=[before, holder.name],
    )


def _holder_revise(holder: RightHolder, given: HolderInput, step: Step) -> None:
    """Bring the particulars of a holder who stays the same up to date; nothing is emptied."""
    new = {name: value for name, value in asdict(given).items() if value}
    changed = {name: value for name, value in new.items() if getattr(holder, name) != value}
    if not changed:
        return
    for name, value in holder_values(HolderInput(**{**_particulars(holder), **new})).items():
        setattr(holder, name, value)
    holder.save()
    audit_record("register.holder.revised", subject=holder.name, by=step.by, **changed)


def _particulars(holder: RightHolder) -> dict[str, str]:
    return {each.name: getattr(holder, each.name) for each in fields(HolderInput)}


def _people_add(right: Right, content: Mapping[str, object]) -> None:
    """Add the parties and contacts that the content names and the register does not have."""
    for party in content_parties(content):
        refuse_first(party_problems(party))
        row = party_row(right, party)
        if not right.authorised_parties.filter(role=row.role, key=row.key).exists():
            row.save()
    for contact in content_contacts(content):
        refuse_first(contact_problems(contact))
        Representative.objects.update_or_create(
            holder=right.holder,
            name=contact.name,
            defaults={"email": contact.email, "phone": contact.phone},
        )


def _number(recordation: Recordation, on: date) -> str:
    """Return the number under which a recordation is entered where the officer gives none."""
    return f"{recordation.administration.code.upper()}-{on.year}-{recordation.pk:06}"
