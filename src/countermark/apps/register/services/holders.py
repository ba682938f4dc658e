"""What a right holder's own account may add to the holder's particulars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.audit.services import audit_record
from countermark.apps.register.inputs import HolderInput
from countermark.apps.register.models import RightHolder
from countermark.apps.register.rules import holder_problems, refuse_first
from countermark.apps.register.selectors import acting_role
from countermark.domain.errors import Conflict

FILLED = ("address", "country", "email", "phone", "name_zh_hant", "name_zh_hans")


@transaction.atomic
def holder_fill(*, by: Officer, holder: RightHolder, given: Mapping[str, str]) -> RightHolder:
    """Fill in what the register lacks of a holder; what is there stays and is changed by officers.

    Writes the holder and one audit entry, or nothing where nothing was lacking.

    Args:
        by: An account that speaks for the holder.
        holder: The holder; read anew and locked.
        given: Texts by the names of ``FILLED``; others are passed over.

    Raises:
        NotFound: The account does not speak for this holder today.
        InvalidInput: A text is malformed.
        Conflict: Another holder of that name is in the register for that country.
    """
    acting_role(account=by, holder=holder, on=timezone.localdate())
    row = RightHolder.objects.select_for_update(of=("self",)).get(pk=holder.pk)
    new = {
        name: given[name].strip()
        for name in FILLED
        if given.get(name, "").strip() and not getattr(row, name)
    }
    if not new:
        return row
    country = new.get("country", row.country)
    refuse_first(holder_problems(replace(HolderInput(name=row.name), **new)))
    others = RightHolder.objects.exclude(pk=row.pk).filter(key=row.key, country=country)
    if others.exists():
        raise Conflict("holder-known", name=row.name)
    for name, value in new.items():
        setattr(row, name, value)
    row.save(update_fields=[*new])
    audit_record("register.holder.completed", subject=by.username, by=by, holder=row.name, **new)
    return row
