"""Services on known infringers: report one, erase one, erase those whose time has passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.register.models import KnownInfringer, Right
from countermark.apps.register.selectors import acting_role
from countermark.apps.register.terms import months_later
from countermark.domain.errors import ActNotOpen, InvalidInput, NotFound

KEPT_MONTHS, MOST_MONTHS = 24, 60
PASSED = "keep-until-passed"
_LENGTHS = {"name": 200, "address": 300, "identifier": 60, "source": 200, "note": 1000}


@dataclass(frozen=True, slots=True)
class InfringerInput:
    """Somebody of whom fakes came: since when this is known, from where, and until when kept."""

    name: str
    source: str
    since: date
    address: str = ""
    identifier: str = ""
    note: str = ""
    keep_until: date | None = None


@transaction.atomic
def infringer_report(*, by: Officer, right: Right, given: InfringerInput) -> KnownInfringer:
    """Note who sent or made fakes of a right; kept for two years unless another day is given.

    The audit entry names no person.

    Raises:
        NotFound: The account does not speak for the holder today.
        NotPermitted: The officer does not work on hits.
        InvalidInput: Name or source is missing, a text too long, a day in the future or too far.
    """
    row = Right.objects.select_related("holder").select_for_update(of=("self",)).get(pk=right.pk)
    by_holder = by.may("portal.use")
    if by_holder:
        acting_role(account=by, holder=row.holder, on=timezone.localdate())
    else:
        officer_require(by, "hits.decide")
    _check(given, timezone.localdate())
    made = KnownInfringer.objects.create(
        right=row,
        **{name: getattr(given, name).strip() for name in _LENGTHS},
        since=given.since,
        keep_until=given.keep_until or months_later(timezone.localdate(), KEPT_MONTHS),
        reported_by=by,
        by_holder=by_holder,
    )
    audit_record("register.infringer.reported", subject=row.reference, by=by, entry=made.pk)
    return made


@transaction.atomic
def infringer_erase(*, by: Officer, infringer: KnownInfringer, reason: str) -> KnownInfringer:
    """Erase the person of an entry; the row stays and says when and why.

    Raises:
        NotFound: The account does not speak for the holder, or did not report the entry.
        NotPermitted: The officer does not work on hits.
        InvalidInput: There is no reason, or it is too long.
        ActNotOpen: It is erased already.
    """
    rows = KnownInfringer.objects.select_related("right__holder").select_for_update(of=("self",))
    row = rows.get(pk=infringer.pk)
    if by.may("portal.use"):
        acting_role(account=by, holder=row.right.holder, on=timezone.localdate())
        if not row.by_holder:
            raise NotFound("infringer-unknown", pk=row.pk)
    else:
        officer_require(by, "hits.decide")
    if not reason.strip():
        raise InvalidInput("missing", field="reason")
    if len(reason) > 200:
        raise InvalidInput("too-long", field="reason")
    if row.erased_at is not None:
        raise ActNotOpen("infringer-erased")
    return _erase(row, by=by, why=reason.strip())


def infringers_expire(*, on: date) -> int:
    """Erase every entry whose time has passed; return how many those are.

    Each in its own transaction, so that a standstill loses nothing that was done.
    """
    passed = KnownInfringer.objects.select_related("right").filter(
        keep_until__lt=on, erased_at__isnull=True
    )
    return len([_erase(row, by=None, why=PASSED) for row in passed])


@transaction.atomic
def _erase(row: KnownInfringer, *, by: Officer | None, why: str) -> KnownInfringer:
    for name in _LENGTHS:
        setattr(row, name, "")
    row.erased_at, row.erased_why = timezone.now(), why
    row.save()
    audit_record("register.infringer.erased", subject=row.right.reference, by=by, entry=row.pk)
    return row


def _check(given: InfringerInput, today: date) -> None:
    for name, longest in _LENGTHS.items():
        if len(getattr(given, name)) > longest:
            raise InvalidInput("too-long", field=name)
    for name in ("name", "source"):
        if not getattr(given, name).strip():
            raise InvalidInput("missing", field=name)
    if given.since > today:
        raise InvalidInput("day-in-future", field="since")
    last = months_later(today, MOST_MONTHS)
    if given.keep_until and not today <= given.keep_until <= last:
        raise InvalidInput("kept-too-long", field="keep_until", last=last.isoformat())
