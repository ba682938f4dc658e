"""Securities and costs as they are read: what is held, what is owed, and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Case as When
from django.db.models import F, Q, QuerySet, Sum, Value
from django.db.models import When as Is
from django.db.models.functions import Coalesce

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import within_reach
from countermark.apps.cases.models import (
    Case,
    CaseCost,
    DrawnFor,
    Security,
    SecurityEntry,
    SecurityKind,
    SecurityMove,
)
from countermark.domain.errors import NotFound
from countermark.domain.money import Money
from countermark.domain.valuation import SecurityRule
from countermark.lawbook import security_rule

READ: Final = "cases.read"
_SIGNED = When(
    Is(entries__move=SecurityMove.RECEIVED, then=F("entries__amount_minor")),
    default=-F("entries__amount_minor"),
)


def security_list(*, visible_to: Officer, held_only: bool = False) -> QuerySet[Security]:
    """Return the securities within an officer's reach, newest first, each with ``held_minor``.

    Args:
        visible_to: The officer who asks.
        held_only: Leave out those of which nothing is held.
    """
    rows = within_reach(Security.objects.all(), of=visible_to, act=READ)
    rows = rows.select_related("case", "holder", "office", "asked_by").annotate(
        held_minor=Coalesce(Sum(_SIGNED), Value(0))
    )
    rows = rows.order_by("-asked_at", "-pk")
    return rows.filter(held_minor__gt=0) if held_only else rows


def security_get(*, number: str, visible_to: Officer) -> Security:
    """Return one security with what is held of it.

    Raises:
        NotFound: There is none, or the officer may not see it.
    """
    row = security_list(visible_to=visible_to).filter(number=number).first()
    if row is None:
        raise NotFound("security-unknown", number=number)
    return row


def held_minor(security: Security) -> int:
    """Return what is held of a security, in minor units of its currency."""
    entries = security.entries.values_list("move", "amount_minor")
    return sum(amount if move == SecurityMove.RECEIVED else -amount for move, amount in entries)


def securities_for(case: Case, *, visible_to: Officer, on: date) -> QuerySet[Security]:
    """Return the securities of a case, and general ones of its holders that cover that day."""
    holders = case.goods.exclude(right=None).values("right__holder")
    general = Q(
        kind=SecurityKind.GENERAL,
        holder__in=holders,
        valid_from__lte=on,
        valid_until__gte=on,
        office__administration=case.office.administration_id,
    )
    return security_list(visible_to=visible_to).filter(Q(case=case) | general)


def costs_owed(case: Case) -> tuple[Money, ...]:
    """Return what is owed for a case, by currency: costs less what was paid or drawn for them."""
    owed: defaultdict[str, int] = defaultdict(int)
    for currency, amount in case.costs.values_list("currency", "amount_minor"):
        owed[currency] += amount
    drawn = case.draws.filter(drawn_for=DrawnFor.COSTS)
    for currency, amount in drawn.values_list("security__currency", "amount_minor"):
        owed[currency] -= amount
    return tuple(Money(owed[each], each) for each in sorted(owed) if owed[each])


def owed_minor(case: Case, currency: str) -> int:
    """Return what is owed for a case in one currency, in minor units; 0 if nothing is."""
    return sum(each.minor for each in costs_owed(case) if each.currency == currency)


def cost_list(case: Case) -> QuerySet[CaseCost]:
    """Return the costs of a case that the caller already holds, oldest first."""
    return case.costs.select_related("by", "reversed_by", "reverses")


def cost_get(case: Case, *, pk: int) -> CaseCost:
    """Return one cost of a case that the caller already holds.

    Raises:
        NotFound: The case has no such cost.
    """
    row = case.costs.filter(pk=pk).first()
    if row is None:
        raise NotFound("cost-unknown", pk=pk)
    return row


def entry_list(security: Security) -> QuerySet[SecurityEntry]:
    """Return the movements of a security that the caller already holds, oldest first."""
    return security.entries.select_related("by", "case")


@dataclass(frozen=True, slots=True)
class Holding:
    """What is held of one security, and the code of the reason.

    ``why`` is empty where nothing is held, else ``case-open``, ``costs-owed``, ``still-valid`` (a
    general security) or ``return-due``.
    """

    security: Security
    held: Money
    why: str


def holding(security: Security, on: date) -> Holding:
    """Return what is held of a security that ``security_list`` returned, and why."""
    held = Money(security.held_minor, security.currency)  # type: ignore[attr-defined]  # annotated
    return Holding(security, held, _why(security, on) if held.minor else "")


def _why(security: Security, on: date) -> str:
    if security.case is None:
        still_valid = security.valid_until is not None and on <= security.valid_until
        return "still-valid" if still_valid else "return-due"
    if security.case.closed_on is None:
        return "case-open"
    return "costs-owed" if costs_owed(security.case) else "return-due"


def rule_for(case: Case, kind: str) -> SecurityRule | None:
    """Return the rule that measures a security of that kind in a case, or None where none does."""
    if kind == SecurityKind.HOLDER:
        return security_rule(case.procedure_code)
    return rule_of_side(case.office.administration.law, kind)


def rule_of_side(law: str, kind: str) -> SecurityRule | None:
    """Return the rule by which one side measures a general or a counter-security, or None."""
    return security_rule(f"{law}/{kind}-security")
