"""What is known of a case's parties and transport, entered on the case's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from countermark.apps.cases.selectors import case_get
from countermark.apps.cases.services import (
    conveyance_add,
    conveyance_remove,
    party_add,
    party_detail_add,
    party_detail_remove,
)
from countermark.domain.errors import Refusal
from countermark.web.cases.party_forms import ConveyanceForm, DetailForm, OnePartyForm
from countermark.web.cases.views import case_again
from countermark.web.errors import put_on_form
from countermark.web.http import OfficerRequest, officer_required

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form

    from countermark.apps.cases.models import Case


@require_POST
@officer_required("cases.act")
def party(request: OfficerRequest, number: str) -> HttpResponse:
    """Name a further party."""
    case = case_get(number=number, visible_to=request.officer)
    form = OnePartyForm(request.POST, prefix="party")
    return _entered(
        request,
        case,
        "party",
        form,
        lambda: party_add(case=case, party=form.party(), by=request.officer),
    )


@require_POST
@officer_required("cases.act")
def detail(request: OfficerRequest, number: str) -> HttpResponse:
    """Add a name, address, telephone or identifier to a party."""
    case = case_get(number=number, visible_to=request.officer)
    form = DetailForm(case, request.POST, prefix="detail")
    return _entered(
        request,
        case,
        "detail",
        form,
        lambda: party_detail_add(
            case=case,
            party=form.cleaned_data["party"],
            detail=form.detail(),
            by=request.officer,
        ),
    )


@require_POST
@officer_required("cases.act")
def conveyance(request: OfficerRequest, number: str) -> HttpResponse:
    """Add a means of transport."""
    case = case_get(number=number, visible_to=request.officer)
    form = ConveyanceForm(request.POST, prefix="conveyance")
    return _entered(
        request,
        case,
        "conveyance",
        form,
        lambda: conveyance_add(case=case, conveyance=form.conveyance(), by=request.officer),
    )


@require_POST
@officer_required("cases.act")
def detail_remove(request: OfficerRequest, number: str, pk: int) -> HttpResponse:
    """Take a detail out that was entered by mistake."""
    case = case_get(number=number, visible_to=request.officer)
    party_detail_remove(case=case, detail=pk, by=request.officer)
    messages.success(request, gettext("Taken out. The links of the case were made anew."))
    return redirect("cases:detail", number)


@require_POST
@officer_required("cases.act")
def conveyance_remove_page(request: OfficerRequest, number: str, pk: int) -> HttpResponse:
    """Take a means of transport out that was entered by mistake."""
    case = case_get(number=number, visible_to=request.officer)
    conveyance_remove(case=case, conveyance=pk, by=request.officer)
    messages.success(request, gettext("Taken out. The links of the case were made anew."))
    return redirect("cases:detail", number)


def _entered(
    request: OfficerRequest, case: Case, name: str, form: Form, act: Callable[[], object]
) -> HttpResponse:
    """Do what a form asks and go back to the case, or show the form with what is wrong in it."""
    if form.is_valid():
        try:
            act()
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            messages.success(request, gettext("Added. The links of the case were made anew."))
            return redirect("cases:detail", case.number)
    return case_again(request, case, **{name: form})
