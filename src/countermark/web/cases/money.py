"""Securities and costs: those of one case, and all that is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from countermark.apps.cases.convert import case_values
from countermark.apps.cases.selectors import case_get
from countermark.apps.cases.selectors_money import (
    cost_get,
    cost_list,
    costs_owed,
    entry_list,
    holding,
    rule_for,
    rule_of_side,
    securities_for,
    security_get,
    security_list,
)
from countermark.apps.cases.services import (
    cost_record,
    cost_reverse,
    general_security_ask,
    security_ask,
    security_draw,
    security_receive,
    security_return,
)
from countermark.domain.errors import Refusal
from countermark.domain.valuation import security_quote
from countermark.lawbook import administration
from countermark.web.cases.legal import cited
from countermark.web.cases.money_forms import (
    CostForm,
    GeneralAskForm,
    MoveForm,
    ReverseForm,
    SecurityAskForm,
)
from countermark.web.errors import put_on_form
from countermark.web.http import OfficerRequest, officer_required

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import QueryDict

    from countermark.apps.cases.models import Case, Security

ROWS = 50
CASE_KINDS = ("holder", "counter")


@require_safe
@officer_required("cases.read")
def case_money(request: OfficerRequest, number: str) -> HttpResponse:
    """Show the securities and the costs of a case."""
    case = case_get(number=number, visible_to=request.officer)
    return render(request, "cases/money.html", _page(request, case))


@require_POST
@officer_required("cases.act")
def ask(request: OfficerRequest, number: str) -> HttpResponse:
    """Ask for a security; with the button ``quote`` only say what the law would ask for."""
    case = case_get(number=number, visible_to=request.officer)
    form = _ask_form(case, request.POST)
    quote = None
    if "quote" in request.POST:
        if form.is_valid() and (rule := rule_for(case, form.asked().kind)):
            asked = form.asked()
            quote = {
                "amount": security_quote(rule, asked.measured),
                "cited": cited(rule.source, asked.valid_from),
                "verification": rule.verification,
            }
    elif _written(form, lambda: security_ask(case=case, asked=form.asked(), by=request.officer)):
        return _done(request, "cases:money", number)
    return _again(request, case, ask=form, quote=quote)


@require_POST
@officer_required("cases.act")
def cost(request: OfficerRequest, number: str) -> HttpResponse:
    """Enter a cost of a case, or a payment of it."""
    case = case_get(number=number, visible_to=request.officer)
    form = CostForm(request.POST, currency=_currency(case), prefix="cost")

    def write() -> object:
        kind = form.cleaned_data["kind"]
        return cost_record(case=case, kind=kind, said=form.said(), by=request.officer)

    if _written(form, write):
        return _done(request, "cases:money", number)
    return _again(request, case, cost=form)


@require_POST
@officer_required("cases.act")
def reverse(request: OfficerRequest, number: str, pk: int) -> HttpResponse:
    """Take back a cost that was entered by mistake."""
    case = case_get(number=number, visible_to=request.officer)
    row, prefix = cost_get(case, pk=pk), f"reverse-{pk}"
    form = ReverseForm(request.POST, prefix=prefix)

    def write() -> object:
        return cost_reverse(cost=row, reason=form.cleaned_data["text"], by=request.officer)

    if _written(form, write):
        return _done(request, "cases:money", number)
    return _again(request, case, **{prefix: form})


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required("cases.read")
def security(request: OfficerRequest, number: str) -> HttpResponse:
    """Show the movements of one security, and take in further ones."""
    row = security_get(number=number, visible_to=request.officer)
    form = MoveForm(request.POST or None, currency=row.currency, of_case=row.case)
    if request.method == "POST" and _written(form, lambda: _move(request, row, form)):
        return _done(request, "cases:security", number)
    context = {
        "security": row,
        "holding": holding(row, timezone.localdate()),
        "entries": entry_list(row),
        "cited": cited(row.source, row.valid_from),
        "form": form if request.officer.may("cases.act") else None,
    }
    return render(request, "cases/security.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required("cases.read")
def securities(request: OfficerRequest) -> HttpResponse:
    """Show what is held of every security within reach, and ask for general ones."""
    today, side = timezone.localdate(), administration(request.officer.administration.law)
    office, rule = request.officer.office, rule_of_side(side.code, "general")
    form = GeneralAskForm(request.POST or None, currency=side.currency, jurisdiction=side.code)

    def write() -> object:
        return general_security_ask(office=office, asked=form.asked(), by=request.officer)

    if request.method == "POST" and _written(form, write):
        return _done(request, "cases:securities")
    everything = request.GET.get("show") == "all"
    rows = security_list(visible_to=request.officer, held_only=not everything)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [holding(each, today) for each in page.object_list],
        "everything": everything,
        "form": form if rule and request.officer.may("cases.act") else None,
        "rule": rule,
        "cited": cited(rule.source, today) if rule else "",
    }
    return render(request, "cases/securities.html", context, status=422 if form.errors else 200)


def _currency(case: Case) -> str:
    return administration(case.office.administration.law).currency


def _ask_kinds(case: Case) -> list[str]:
    """Return the securities that the law may ask for in a case."""
    return [kind for kind in CASE_KINDS if rule_for(case, kind)] if not case.closed_on else []


def _ask_form(case: Case, data: QueryDict | None = None) -> SecurityAskForm:
    """Return the form that asks for a security, filled in with what the case holds."""
    currency = _currency(case)
    values = [each.money for each in case_values(case) if each.money.currency == currency]
    initial = {
        "giver": next((line.right.holder.name for line in case.goods.all() if line.right), ""),
        "amount": values[0].text() if values else "",
    }
    return SecurityAskForm(data, kinds=_ask_kinds(case), currency=currency, initial=initial)


def _move(request: OfficerRequest, row: Security, form: MoveForm) -> object:
    move, said, by = form.cleaned_data["move"], form.said(), request.officer
    if move == "received":
        return security_receive(security=row, received=said, by=by)
    if move == "returned":
        return security_return(security=row, returned=said, by=by)
    case = row.case or case_get(number=form.cleaned_data["case"].strip(), visible_to=by)
    return security_draw(security=row, case=case, drawn=said, drawn_for=move, by=by)


def _written(form: Form, write: Callable[[], object]) -> bool:
    """Return whether the form was in order and its service wrote; else the form says why not."""
    if not form.is_valid():
        return False
    try:
        write()
    except Refusal as refusal:
        put_on_form(form, refusal)
        return False
    return True


def _done(request: OfficerRequest, name: str, *args: str) -> HttpResponse:
    messages.success(request, gettext("Recorded."))
    return redirect(name, *args)


def _again(
    request: OfficerRequest, case: Case, /, quote: object = None, **forms: Form
) -> HttpResponse:
    """Show the page of a case again, with the form that was posted."""
    page = _page(request, case, **forms) | {"quote": quote}
    return render(request, "cases/money.html", page, status=200 if quote else 422)


def _page(request: OfficerRequest, case: Case, **forms: Form) -> dict[str, object]:
    today, acting = timezone.localdate(), request.officer.may("cases.act")
    rows = securities_for(case, visible_to=request.officer, on=today)
    costs = [
        (row, forms.get(f"reverse-{row.pk}") or ReverseForm(prefix=f"reverse-{row.pk}"))
        for row in cost_list(case)
    ]
    cost_form = CostForm(currency=_currency(case), prefix="cost")
    return {
        "case": case,
        "acting": acting,
        "securities": [holding(row, today) for row in rows],
        "costs": costs,
        "owed": costs_owed(case),
        "asks": bool(_ask_kinds(case)),
        "ask_form": forms.get("ask") or _ask_form(case),
        "cost_form": forms.get("cost") or cost_form,
        "refused": next((form for form in forms.values() if form.errors), None),
    }
