"""What goes to a partner: a case's summary, seen first exactly as it will be sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from countermark.apps.accounts.selectors import administration_get
from countermark.apps.cases.convert import case_summary
from countermark.apps.cases.selectors import case_get
from countermark.apps.operations.selectors import operation_get
from countermark.apps.operations.services import result_contribute
from countermark.domain.errors import Refusal
from countermark.web.cases.present import partners_to_tell
from countermark.web.cases.summary import summary_page
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.refusals import sentence
from countermark.workflows.enforcement import case_refer


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required("exchange.send")
def share(request: OfficerRequest, number: str) -> HttpResponse:
    """Show the partner's view of a case, and send it once that is confirmed."""
    case = case_get(number=number, visible_to=request.officer)
    refusal = ""
    if request.method == "POST":
        to = administration_get(code=request.POST.get("to", ""))
        try:
            case_refer(case=case, to=to, by=request.officer)
        except Refusal as refused:
            refusal = sentence(refused)
        else:
            text = gettext("The summary is on its way to %(partner)s.") % {"partner": to.short}
            messages.success(request, text)
            return redirect("cases:detail", number)
    context = {
        "case": case,
        "partners": partners_to_tell(request.officer),
        "refusal": refusal,
    } | summary_page(case_summary(case))
    return render(request, "cases/share.html", context, status=409 if refusal else 200)


@require_POST
@officer_required("operations.contribute")
def contribute(request: OfficerRequest, number: str) -> HttpResponse:
    """Count a case in a joint operation."""
    case = case_get(number=number, visible_to=request.officer)
    operation = operation_get(code=request.POST.get("operation", ""), visible_to=request.officer)
    result_contribute(operation=operation, case=case, by=request.officer)
    text = gettext("Case %(number)s counts in %(operation)s now.")
    messages.success(request, text % {"number": number, "operation": operation.title})
    return redirect("cases:detail", number)
