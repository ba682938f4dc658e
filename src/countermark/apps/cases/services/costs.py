"""Services on the costs of keeping and destroying the goods of a case."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.cases.inputs_money import AmountInput
from countermark.apps.cases.models import LOWERING, Case, CaseCost, CostKind
from countermark.apps.cases.selectors_money import owed_minor
from countermark.domain.errors import ActNotOpen, InvalidInput
from countermark.domain.money import Money


@transaction.atomic
def cost_record(*, case: Case, kind: str, said: AmountInput, by: Officer) -> CaseCost:
    """Record what the goods of a case cost, or that somebody paid of it without a security.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        InvalidInput: The kind is unknown, the amount malformed, or a payment more than is owed.

    Law:
        cn/ipr-customs-regulations#25 (the holder pays storage, keeping and disposal).
    """
    officer_require(by, "cases.act")
    said.check(today=timezone.localdate())
    if kind not in set(CostKind) - {CostKind.REVERSED}:
        raise InvalidInput("code-unknown", field="kind", value=kind[:40])
    case = Case.objects.select_for_update().get(pk=case.pk)
    if kind == CostKind.PAID and said.money.minor > owed_minor(case, said.money.currency):
        raise InvalidInput("cost-more-than-owed", field="amount")
    return _enter(case, kind, said, by)


@transaction.atomic
def cost_reverse(*, cost: CaseCost, reason: str, by: Officer) -> CaseCost:
    """Take back a cost entered by mistake; both rows stay.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        InvalidInput: No reason is given.
        ActNotOpen: It is taken back already, lowers what is owed itself, or was paid in part.
    """
    officer_require(by, "cases.act")
    if not reason.strip():
        raise InvalidInput("field-missing", field="text")
    case = Case.objects.select_for_update().get(pk=cost.case_id)
    if cost.kind in LOWERING or CaseCost.objects.filter(reverses=cost).exists():
        raise ActNotOpen("cost-not-reversible")
    if cost.amount_minor > owed_minor(case, cost.currency):
        raise ActNotOpen("cost-paid-already")
    said = AmountInput(Money(cost.amount_minor, cost.currency), timezone.localdate(), reason)
    said.check(today=said.on)
    return _enter(case, CostKind.REVERSED, said, by, reverses=cost)


def _enter(
    case: Case, kind: str, said: AmountInput, by: Officer, reverses: CaseCost | None = None
) -> CaseCost:
    sign = -1 if kind in LOWERING else 1
    row = CaseCost.objects.create(
        case=case,
        kind=kind,
        amount_minor=sign * said.money.minor,
        currency=said.money.currency,
        on=said.on,
        text=said.text.strip(),
        reverses=reverses,
        by=by,
        at=timezone.now(),
    )
    audit_record(
        "cases.cost.recorded",
        subject=case.number,
        by=by,
        kind=kind,
        amount=said.money.text(),
        on=said.on,
    )
    return row
