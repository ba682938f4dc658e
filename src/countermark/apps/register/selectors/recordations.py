from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import home_administration
from countermark.apps.register.completeness import completeness
from countermark.apps.register.convert import name_key
from countermark.apps.register.models import Recordation, RightHolder
from countermark.apps.register.selectors.access import acting_role, holders_of
from countermark.apps.register.selectors.rights import right_matching
from countermark.apps.register.terms import months_later, renewable_from
from countermark.domain.errors import NotFound, Refusal
from countermark.domain.procedures import Act, ActContext, CountedDay, Deadline, days_counted
from countermark.domain.procedures import due_date as count_due
from countermark.lawbook import calendar, lawbook, protection, recordation_rules

SOON_MONTHS = 6


@dataclass(frozen=True, slots=True)
class OpenAct:
    """An act that an account may do to a file; ``refusal`` says what stands against it now."""

    act: Act
    refusal: Refusal | None


def recordation_list(*, visible_to: Officer) -> QuerySet[Recordation]:
    """Return the files an account may see, in any state.

    Officers with ``rights.read`` see all that was ever submitted, a portal account those of the
    holders it speaks for today, and everybody else none.
    """
    rows = Recordation.objects.select_related("administration", "applicant", "right__holder")
    if visible_to.may("portal.use"):
        mine = holders_of(account=visible_to, on=timezone.localdate())
        return rows.filter(Q(right__holder__in=mine) | Q(right__isnull=True, applicant__in=mine))
    if not visible_to.may("rights.read"):
        return rows.none()
    return rows.filter(filed_on__isnull=False)


def recordation_get(*, pk: int, visible_to: Officer) -> Recordation:
    """Return one file with its events and documents.

    Raises:
        NotFound: There is no such file, or the account may not see it.
    """
    rows = recordation_list(visible_to=visible_to).prefetch_related("events__by", "documents")
    try:
        return rows.get(pk=pk)
    except Recordation.DoesNotExist:
        raise NotFound("recordation-unknown", pk=pk) from None


def recordation_queue(*, visible_to: Officer) -> QuerySet[Recordation]:
    """Return the files that wait for our own administration, those with the nearest day first."""
    waiting = {state for law in lawbook().laws.values() for state in law.recordation.waiting}
    rows = recordation_list(visible_to=visible_to).filter(
        administration=home_administration(), state__in=sorted(waiting)
    )
    return rows.order_by(F("due_on").asc(nulls_last=True), "filed_on", "pk")


def recordation_found(
    *, visible_to: Officer, show: str, on: date, right_type: str = "", query: str = ""
) -> QuerySet[Recordation]:
    """Return the files of our own administration, narrowed as an officer asks.

    Args:
        visible_to: Who asks.
        show: ``waiting`` for us, ``in-force``, ``expiring`` within six months of ``on``, ``ended``,
            else all.
        on: The day that counts as today.
        right_type: A code of ``law/rights/``, empty for all.
        query: As ``right_list`` takes it; files without a right yet are found by applicant, mark
            and number.
    """
    if show == "waiting":
        rows = recordation_queue(visible_to=visible_to)
    else:
        # By key and not by code: a join would keep the database from counting in an index.
        home = home_administration()
        rows = recordation_list(visible_to=visible_to).filter(administration=home)
        rows = rows.filter(_SHOWN[show](on)) if show in _SHOWN else rows
        rows = rows.order_by("-filed_on", "-pk")
    if right_type:
        rows = rows.filter(right_type=right_type)
    if query.strip():
        rows = rows.filter(_matching(query))
    return rows


def _matching(query: str) -> Q:
    """Return the condition that a file is found: by its right, else by what it says so far.

    Each half is a query of its own, so that the database can take an index for each.
    """
    holders = RightHolder.objects.filter(folded__contains=name_key(query))
    said = Q(applicant__in=holders)
    for key in ("word", "word_zh_hant", "word_zh_hans", "registration_number"):
        said |= Q(**{f"content__{key}__icontains": query.strip()})
    granted = Recordation.objects.filter(right_matching(query, "right__"))
    undecided = Recordation.objects.filter(said, right__isnull=True)
    return Q(pk__in=granted.values("pk")) | Q(pk__in=undecided.values("pk"))


_SHOWN: dict[str, Callable[[date], Q]] = {
    "in-force": lambda on: Q(in_force=True),
    "expiring": lambda on: Q(
        closed=False, expires_on__gte=on, expires_on__lt=months_later(on, SOON_MONTHS)
    ),
    "ended": lambda on: Q(closed=True),
}


def recordation_role(recordation: Recordation, *, of: Officer, on: date) -> str:
    """Return in which role an account acts on a file: an officer's own, or the one it was given.

    Raises:
        NotFound: A portal account does not speak for the holder on that day.
    """
    if not of.may("portal.use"):
        return of.role
    return acting_role(account=of, holder=recordation.holder, on=on)


def recordation_context(recordation: Recordation, *, on: date, reason: str = "") -> ActContext:
    """Return what a file shows to the guards of an act on a day."""
    right = recordation.right
    law = recordation.administration.law
    ends = [day for day in (recordation.expires_on, right and right.valid_until) if day]
    rule = protection(law, recordation.right_type)
    return ActContext(
        acted_on=on,
        reason=reason,
        missing=() if right else completeness(recordation).missing,
        last_day=min(ends, default=None),
        renewable_from=renewable_from(rule, recordation.expires_on) if rule else None,
    )


def recordation_acts(recordation: Recordation, *, of: Officer, on: date) -> list[OpenAct]:
    """Return the acts of an account on a file in its present state, in the order of the law file.

    Officers act on the files of their own administration only.
    """
    home = recordation.administration.code == settings.COUNTERMARK_ADMINISTRATION
    if not home and not of.may("portal.use"):
        return []
    role = recordation_role(recordation, of=of, on=on)
    procedure = recordation_rules(recordation.administration.law).procedure
    context = recordation_context(recordation, on=on, reason="-")
    found = []
    for act in procedure.acts_from(recordation.state):
        if role in act.who:
            refusal = None
            try:
                procedure.act_check(act.code, role=role, context=context)
            except Refusal as against:
                refusal = against
            found.append(OpenAct(act, refusal))
    return found


def recordation_clock(recordation: Recordation) -> tuple[Deadline, list[CountedDay]] | None:
    """Return the term that runs on a file with every day of its count, or None."""
    if recordation.due_from is None:
        return None
    procedure = recordation_rules(recordation.administration.law).procedure
    for term in procedure.terms:
        if term.code == recordation.due_term and term.in_force(recordation.due_from):
            days = calendar(term.calendar).days
            deadline = count_due(term, recordation.due_from, days)
            return deadline, days_counted(term, recordation.due_from, days)
    return None


def change_deadline(law: str, *, changed_on: date) -> Deadline | None:
    """Return until when a change must be reported, or None where a side sets no time.

    Law:
        cn/ipr-customs-regulations#11 (thirty working days).
    """
    duty = recordation_rules(law).change_duty
    if duty is None:
        return None
    return count_due(duty, changed_on, calendar(duty.calendar).days)


def recordations_digest(recordations: Iterable[Recordation]) -> str:
    """Return a digest that changes when a selection, or any file in it, changes."""
    shown = sorted(
        (each.pk, each.state, each.edition, each.number, str(each.expires_on))
        for each in recordations
    )
    return hashlib.sha256(repr(shown).encode()).hexdigest()
