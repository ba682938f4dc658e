"""Links between cases: all of one case, all cases of one value, and what officers say of them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from countermark.apps.cases.links import (
    common_value_get,
    common_value_list,
    party_get,
    party_verdict_list,
    value_cases,
)
from countermark.apps.cases.selectors import case_get
from countermark.apps.cases.services import common_value_ignore, common_value_lift, parties_judge
from countermark.domain.errors import Refusal
from countermark.web.cases.legal import state_named
from countermark.web.cases.linking_page import links_shown
from countermark.web.cases.party_forms import JudgeForm, ReasonWhyForm
from countermark.web.errors import put_on_form
from countermark.web.http import OfficerRequest, officer_required

ROWS = 50


@require_safe
@officer_required("cases.read")
def links(request: OfficerRequest, number: str) -> HttpResponse:
    """Show every link of a case, and what officers said of its parties."""
    return _links_page(request, number)


@require_POST
@officer_required("cases.act")
def judge(request: OfficerRequest, number: str) -> HttpResponse:
    """Say that two parties are one person or are not, or take that back."""
    form = JudgeForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            parties_judge(
                party=party_get(pk=said["party"], visible_to=request.officer),
                other=party_get(pk=said["other"], visible_to=request.officer),
                verdict=said["verdict"],
                reason=said["reason"],
                by=request.officer,
            )
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            messages.success(request, gettext("Recorded. The links follow it."))
            return redirect("cases:links", number)
    return _links_page(request, number, form)


@require_safe
@officer_required("cases.read")
def value(request: OfficerRequest, key: int) -> HttpResponse:
    """Show the cases that hold one value."""
    return _value_page(request, key)


@require_POST
@officer_required("cases.act")
def ignore(request: OfficerRequest, key: int) -> HttpResponse:
    """Put a value aside that says nothing."""
    found = value_cases(key=key, visible_to=request.officer)
    form = ReasonWhyForm(request.POST)
    if form.is_valid():
        try:
            common_value_ignore(
                key=found.key, reason=form.cleaned_data["reason"], by=request.officer
            )
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            messages.success(request, gettext("The value links no cases any more."))
            return redirect("cases:value", key)
    return _value_page(request, key, form)


@require_safe
@officer_required("cases.read")
def common_values(request: OfficerRequest) -> HttpResponse:
    """Show the values that officers have put aside."""
    rows = common_value_list(visible_to=request.officer)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "cases/common_values.html", {"page": page})


@require_POST
@officer_required("cases.act")
def lift(request: OfficerRequest, pk: int) -> HttpResponse:
    """Let a value link cases again."""
    row = common_value_get(pk=pk, visible_to=request.officer)
    common_value_lift(common_value=row, by=request.officer)
    messages.success(request, gettext("The value links cases again."))
    return redirect("cases:common-values")


def _links_page(
    request: OfficerRequest, number: str, refused: JudgeForm | None = None
) -> HttpResponse:
    case = case_get(number=number, visible_to=request.officer)
    shown = links_shown(case, request.officer)
    prefetch_related_objects([link.case for link in shown["links"]], "parties")  # type: ignore[attr-defined]
    context = shown | {
        "case": case,
        "verdicts": party_verdict_list(case=case, visible_to=request.officer),
        "refused": refused,
        "everything": True,
    }
    return render(request, "cases/links.html", context, status=422 if refused else 200)


def _value_page(
    request: OfficerRequest, key: int, refused: ReasonWhyForm | None = None
) -> HttpResponse:
    found = value_cases(key=key, visible_to=request.officer)
    page = Paginator(found.cases, ROWS).get_page(request.GET.get("page"))
    rows = [
        (case, state_named(case.procedure_code, case.opened_on, case.state))
        for case in page.object_list
    ]
    context = {
        "found": found,
        "page": page,
        "rows": rows,
        "form": refused or ReasonWhyForm(),
        "refused": refused,
    }
    return render(request, "cases/value.html", context, status=422 if refused else 200)
