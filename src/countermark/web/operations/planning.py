"""Proposing a joint operation to partners."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from countermark.apps.accounts.selectors import home_administration
from countermark.apps.exchange.selectors import partner_list
from countermark.domain.errors import Refusal
from countermark.web.errors import put_on_form
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.operations.forms import PlanForm
from countermark.workflows.joint import operation_propose


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required("operations.plan")
def plan(request: OfficerRequest) -> HttpResponse:
    """Write the terms of an operation and send them to the partners."""
    partners = [
        each.administration
        for each in partner_list(visible_to=request.officer).filter(state="verified")
    ]
    form = PlanForm(partners, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operation = operation_propose(
                by=request.officer,
                terms=form.terms(home_administration()),
                proposed_on=timezone.localdate(),
            )
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            text = gettext("The proposal is signed and on its way to the partners.")
            messages.success(request, text)
            return redirect("operations:detail", operation.code)
    context = {"form": form, "partners": partners}
    return render(request, "operations/new.html", context, status=422 if form.errors else 200)
