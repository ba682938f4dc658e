"""Services on securities: asking, receiving, drawing and returning; every movement is kept."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Office, Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.cases.inputs import code_check
from countermark.apps.cases.inputs_money import AmountInput, SecurityInput
from countermark.apps.cases.models import (
    Case,
    DrawnFor,
    Security,
    SecurityEntry,
    SecurityForm,
    SecurityKind,
    SecurityMove,
)
from countermark.apps.cases.selectors_money import (
    costs_owed,
    held_minor,
    owed_minor,
    rule_for,
    rule_of_side,
)
from countermark.apps.cases.services.numbers import number_next
from countermark.domain.errors import ActNotOpen, InvalidInput, NotFound
from countermark.domain.valuation import SecurityRule, security_quote

PATENTS: Final = frozenset({"patent-invention", "utility-model", "design"})
"""The kinds of right in whose cases a trader may give a counter-security."""


_AUDITED: Final = {
    SecurityMove.RECEIVED: "cases.security.received",
    SecurityMove.DRAWN: "cases.security.drawn",
    SecurityMove.RETURNED: "cases.security.returned",
}


@transaction.atomic
def security_ask(*, case: Case, asked: SecurityInput, by: Officer) -> Security:
    """Ask for the security that the law measures in a case; nothing is held of it yet.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        ActNotOpen: The case is closed, or has no right that this security is for.
        InvalidInput: A field is missing or malformed, or the law asks for no such security.

    Law:
        cn/ipr-customs-regulations#14 (the holder's), cn/ipr-customs-regulations#19 (the trader's).
    """
    officer_require(by, "cases.act")
    case = Case.objects.select_for_update().get(pk=case.pk)
    if case.closed_on is not None:
        raise ActNotOpen("case-closed", number=case.number)
    if asked.kind == SecurityKind.GENERAL:
        raise InvalidInput("code-unknown", field="kind", value=asked.kind)
    kinds = set(case.goods.exclude(right=None).values_list("right__right_type", flat=True))
    if asked.kind == SecurityKind.COUNTER and not kinds & PATENTS:
        raise ActNotOpen("counter-security-needs-patent", number=case.number)
    return _ask(case.office, rule_for(case, asked.kind), asked, by, case)


@transaction.atomic
def general_security_ask(*, office: Office, asked: SecurityInput, by: Officer) -> Security:
    """Ask a holder for a general security, measured by its costs of the year before.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        NotFound: The officer does not reach the office.
        InvalidInput: A field is missing or malformed, or the law knows no general security.

    Law:
        cn/gacc-notice-31-2006#1.
    """
    officer_require(by, "cases.act")
    if office.pk != by.office_id and not by.sees_all_offices:
        raise NotFound("office-unknown", office=office.code)
    if asked.holder is None:
        raise InvalidInput("field-missing", field="holder")
    if asked.valid_until is None or asked.valid_until < asked.valid_from:
        raise InvalidInput("dates-not-in-order", field="valid_until")
    return _ask(office, rule_of_side(office.administration.law, "general"), asked, by)


def _ask(
    office: Office,
    rule: SecurityRule | None,
    asked: SecurityInput,
    by: Officer,
    case: Case | None = None,
) -> Security:
    if rule is None:
        raise InvalidInput("security-not-asked", field="kind")
    code_check("kind", asked.kind, SecurityKind)
    code_check("form", asked.form, SecurityForm)
    if not asked.giver.strip() or not asked.form:
        raise InvalidInput("field-missing", field="form" if asked.giver.strip() else "giver")
    quote = security_quote(rule, asked.measured)
    row = Security.objects.create(
        number=number_next(office.administration.code, asked.valid_from.year, "S"),
        office=office,
        case=case,
        kind=asked.kind,
        form=asked.form,
        giver=asked.giver.strip(),
        holder=asked.holder,
        currency=quote.currency,
        measured_minor=asked.measured.minor,
        asked_minor=quote.minor,
        source=rule.source,
        verification=rule.verification,
        valid_from=asked.valid_from,
        valid_until=asked.valid_until,
        asked_by=by,
        asked_at=timezone.now(),
    )
    audit_record(
        "cases.security.asked",
        subject=row.number,
        by=by,
        case=case.number if case else "",
        kind=row.kind,
        asked=quote.text(),
        measured=asked.measured.text(),
    )
    return row


@transaction.atomic
def security_receive(*, security: Security, received: AmountInput, by: Officer) -> SecurityEntry:
    """Record that a security, or a part of it, was paid in or its letter handed in.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        InvalidInput: The amount is malformed, in another currency, or more than was asked for.
    """
    security, held = _locked(security, received, by)
    if held + received.money.minor > security.asked_minor:
        raise InvalidInput("security-more-than-asked", field="amount")
    return _enter(security, SecurityMove.RECEIVED, received, by)


@transaction.atomic
def security_draw(
    *, security: Security, case: Case, drawn: AmountInput, drawn_for: str, by: Officer
) -> SecurityEntry:
    """Draw on what is held, for the costs of a case or for damage that a court has found.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        InvalidInput: The amount is malformed, in another currency, more than is held or, for costs,
            more than is owed; or the purpose is unknown, or compensation has no reason.

    Law:
        cn/ipr-customs-regulations#25 (costs), cn/ipr-customs-regulations#28 (damage).
    """
    security, held = _locked(security, drawn, by)
    if security.case_id not in (None, case.pk):
        raise InvalidInput("security-of-another-case", field="case")
    if drawn_for not in set(DrawnFor):
        raise InvalidInput("code-unknown", field="drawn_for", value=drawn_for[:40])
    if drawn.money.minor > held:
        raise InvalidInput("security-more-than-held", field="amount")
    if drawn_for == DrawnFor.COSTS and drawn.money.minor > owed_minor(case, security.currency):
        raise InvalidInput("security-more-than-owed", field="amount")
    if drawn_for == DrawnFor.COMPENSATION and not drawn.text.strip():
        raise InvalidInput("field-missing", field="text")
    return _enter(security, SecurityMove.DRAWN, drawn, by, case=case, drawn_for=drawn_for)


@transaction.atomic
def security_return(*, security: Security, returned: AmountInput, by: Officer) -> SecurityEntry:
    """Give back what is held, or a part of it, or release the guarantor.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        ActNotOpen: The holder's case is open still, or its costs are owed.
        InvalidInput: The amount is malformed, in another currency or more than is held, or what a
            trader gave is returned without a reason.

    Law:
        cn/ipr-customs-regulations#25.
    """
    security, held = _locked(security, returned, by)
    if returned.money.minor > held:
        raise InvalidInput("security-more-than-held", field="amount")
    if security.kind == SecurityKind.COUNTER and not returned.text.strip():
        raise InvalidInput("field-missing", field="text")
    if security.kind == SecurityKind.HOLDER and security.case is not None:
        if security.case.closed_on is None:
            raise ActNotOpen("security-case-open", number=security.case.number)
        if costs_owed(security.case):
            raise ActNotOpen("security-costs-owed", number=security.case.number)
    return _enter(security, SecurityMove.RETURNED, returned, by)


def _locked(security: Security, said: AmountInput, by: Officer) -> tuple[Security, int]:
    """Return the security locked, with what is held, once the amount is one it can take."""
    officer_require(by, "cases.act")
    said.check(today=timezone.localdate())
    rows = Security.objects.select_for_update(of=("self",)).select_related("case")
    row = rows.get(pk=security.pk)
    if said.money.currency != row.currency:
        raise InvalidInput(
            "currencies-differ", field="amount", left=said.money.currency, right=row.currency
        )
    return row, held_minor(row)


def _enter(
    security: Security,
    move: SecurityMove,
    said: AmountInput,
    by: Officer,
    *,
    case: Case | None = None,
    drawn_for: str = "",
) -> SecurityEntry:
    entry = SecurityEntry.objects.create(
        security=security,
        move=move,
        amount_minor=said.money.minor,
        on=said.on,
        case=case,
        drawn_for=drawn_for,
        reason=said.text.strip(),
        by=by,
        at=timezone.now(),
    )
    audit_record(
        _AUDITED[move],
        subject=security.number,
        by=by,
        amount=said.money.text(),
        on=said.on,
        case=case.number if case else "",
    )
    return entry
