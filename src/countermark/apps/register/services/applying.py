"""How an import writes: new rights in bulk, changed ones one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from django.utils import timezone

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.audit.services import Act
from countermark.apps.register.convert import (
    holder_key,
    holder_row,
    holder_values,
    name_key,
    party_row,
    right_values,
)
from countermark.apps.register.entries import Entry
from countermark.apps.register.inputs import HolderInput, RecordationInput
from countermark.apps.register.keys import keys_refresh
from countermark.apps.register.models import (
    AuthorisedParty,
    Recordation,
    RecordationEvent,
    Representative,
    Right,
    RightHolder,
)
from countermark.apps.register.plan import (
    Difference,
    holder_given,
    holder_stated,
    new_parties,
    recordation_of,
)
from countermark.lawbook import recordation_rules
from countermark.lawbook.recordations import Effect

LOT = 1000
RECORDED = "record"
Holders = dict[tuple[str, str], RightHolder]


def new_apply(entries: Sequence[Entry], *, by: Officer) -> list[Act]:
    """Write rights that are not in the register, with all that belongs to them."""
    holders = _holders([entry.holder for entry in entries])
    rights = Right.objects.bulk_create(
        (Right(holder=holders[holder_key(e.holder)], **right_values(e.right)) for e in entries),
        batch_size=LOT,
    )
    pairs = list(zip(entries, rights, strict=True))
    made = Recordation.objects.bulk_create(
        (recordation_row(right, e.recordation) for e, right in pairs if e.recordation),
        batch_size=LOT,
    )
    RecordationEvent.objects.bulk_create((_first_event(r, by) for r in made), batch_size=LOT)
    parties = [party_row(right, party) for e, right in pairs for party in e.parties]
    unique = {(party.right_id, party.role, party.key): party for party in parties}
    AuthorisedParty.objects.bulk_create(unique.values(), batch_size=LOT)
    _contacts((right.holder, entry) for entry, right in pairs)
    keys_refresh(right.pk for right in rights)
    return [Act("register.right.recorded", r.reference, {"word": r.label}) for r in rights]


def change_apply(
    entry: Entry, right: Right, differences: Sequence[Difference], *, by: Officer
) -> Act:
    """Bring one right in line with what a row says about it; it takes its next version."""
    given = holder_given(entry, right)
    holder = _holders([given])[holder_key(given)]
    stated = holder_stated(entry, holder)
    for name, value in holder_values(given).items():
        if f"holder_{name}" in stated:
            setattr(holder, name, value)
    holder.folded = name_key(holder.name, holder.name_zh_hant, holder.name_zh_hans)
    holder.save()
    for name, value in right_values(entry.right).items():
        setattr(right, name, value)
    right.holder = holder
    right.version += 1
    right.save()
    if entry.recordation:
        _recordation_apply(right, entry.recordation, by)
    added = set(new_parties(entry, right))
    for party in entry.parties:
        if party.name in added:
            party_row(right, party).save()
    _contacts([(holder, entry)])
    keys_refresh({right.pk, *holder.rights.values_list("pk", flat=True)})
    details = {d.field: [d.before, d.after] for d in differences}
    return Act("register.right.revised", right.reference, details)


def recordation_row(right: Right, given: RecordationInput) -> Recordation:
    """Return a recordation that is not saved yet."""
    return Recordation(
        right=right,
        applicant=right.holder,
        right_type=right.right_type,
        state=_state_after(Effect.GRANT, given.administration),
        in_force=True,
        administration=given.administration,
        number=given.number,
        filed_on=given.recorded_on,
        recorded_on=given.recorded_on,
        expires_on=given.expires_on,
    )


def _recordation_apply(right: Right, given: RecordationInput, by: Officer) -> None:
    """Change the recordation of that number, or put a new one in the place of another number's."""
    known = recordation_of(right, given.administration.pk)
    if known and known.number == given.number:
        known.recorded_on, known.expires_on = given.recorded_on, given.expires_on
        known.save(update_fields=["recorded_on", "expires_on"])
        return
    if known:
        _replaced(known, by)
    made = recordation_row(right, given)
    made.save()
    _first_event(made, by).save()


def _replaced(known: Recordation, by: Officer) -> None:
    """End a recordation in whose place the file names another number."""
    act = recordation_rules(known.administration.law).act_with(Effect.WITHDRAW)
    before = known.state
    known.state, known.in_force, known.closed = act.to_state, False, True
    known.save(update_fields=["state", "in_force", "closed"])
    RecordationEvent.objects.create(
        recordation=known,
        act=act.code,
        from_state=before,
        to_state=known.state,
        on=timezone.localdate(),
        by=by,
        role=by.role,
    )


def _first_event(recordation: Recordation, by: Officer) -> RecordationEvent:
    """Return the event, not saved yet, that a recordation from a file begins with."""
    return RecordationEvent(
        recordation=recordation,
        act=RECORDED,
        to_state=recordation.state,
        on=recordation.recorded_on or timezone.localdate(),
        by=by,
        role=by.role,
    )


def _state_after(effect: Effect, administration: Administration) -> str:
    return recordation_rules(administration.law).act_with(effect).to_state


def _holders(given: Iterable[HolderInput]) -> Holders:
    """Return the holders by name and country; those not known yet are made."""
    wanted = {holder_key(holder): holder for holder in given}
    known = _known_holders({key for key, _ in wanted})
    RightHolder.objects.bulk_create(
        (holder_row(holder) for key, holder in wanted.items() if key not in known),
        batch_size=LOT,
    )
    return _known_holders({key for key, _ in wanted})


def _known_holders(keys: set[str]) -> Holders:
    ordered = sorted(keys)
    return {
        (row.key, row.country): row
        for at in range(0, len(ordered), LOT)
        for row in RightHolder.objects.filter(key__in=ordered[at : at + LOT])
    }


def _contacts(pairs: Iterable[tuple[RightHolder, Entry]]) -> None:
    contacts = {
        (holder.pk, entry.contact.name): Representative(holder=holder, **asdict(entry.contact))
        for holder, entry in pairs
        if entry.contact
    }
    Representative.objects.bulk_create(
        contacts.values(),
        batch_size=LOT,
        update_conflicts=True,
        unique_fields=["holder", "name"],
        update_fields=["email", "phone"],
    )
