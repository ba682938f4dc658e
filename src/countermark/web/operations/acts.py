"""What liaison officers and supervisors do with an operation; each act is said to the partner."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from countermark.apps.cases.convert import case_values
from countermark.apps.cases.selectors import case_get
from countermark.apps.operations.selectors import contributable_case_list, operation_get
from countermark.apps.operations.services import contribution_withdraw, result_contribute
from countermark.domain.errors import Refusal
from countermark.web.cases.legal import state_named
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.operations.forms import ResultForm
from countermark.web.refusals import sentence
from countermark.workflows.joint import operation_accept, operation_end, result_share

ROWS = 50


@require_POST
@officer_required("operations.plan")
def agree(request: OfficerRequest, code: str) -> HttpResponse:
    """Agree to a partner's proposal and tell it so."""
    operation = operation_get(code=code, visible_to=request.officer)
    try:
        operation_accept(operation=operation, by=request.officer, agreed_on=timezone.localdate())
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, gettext("Our agreement is signed and on its way."))
    return redirect("operations:detail", code)


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required("operations.contribute")
def contribute(request: OfficerRequest, code: str) -> HttpResponse:
    """Choose cases of the window and count them in the operation."""
    operation = operation_get(code=code, visible_to=request.officer)
    found = contributable_case_list(operation=operation, visible_to=request.officer)
    if request.method == "POST":
        _contribute(request, code, request.POST.getlist("case"))
        return redirect("operations:detail", code)
    page = Paginator(found.prefetch_related("goods"), ROWS).get_page(request.GET.get("page"))
    rows = [
        (case, state_named(case.procedure_code, case.opened_on, case.state), case_values(case))
        for case in page.object_list
    ]
    context = {"operation": operation, "page": page, "rows": rows}
    return render(request, "operations/contribute.html", context)


def _contribute(request: OfficerRequest, code: str, numbers: list[str]) -> None:
    """Count each chosen case by itself, and say how many and which were refused."""
    operation, done = operation_get(code=code, visible_to=request.officer), 0
    for number in numbers:
        try:
            case = case_get(number=number, visible_to=request.officer)
            result_contribute(operation=operation, case=case, by=request.officer)
        except Refusal as refusal:
            text = gettext("%(number)s was not counted: %(why)s")
            messages.error(request, text % {"number": number, "why": sentence(refusal)})
        else:
            done += 1
    if done:
        text = ngettext(
            "%(n)d case counts in the operation now.",
            "%(n)d cases count in the operation now.",
            done,
        )
        messages.success(request, text % {"n": done})
    elif not numbers:
        messages.warning(request, gettext("No case was ticked."))


@require_POST
@officer_required("operations.contribute")
def withdraw(request: OfficerRequest, code: str, number: str) -> HttpResponse:
    """Take a case out of an operation, with a reason."""
    operation = operation_get(code=code, visible_to=request.officer)
    case = case_get(number=number, visible_to=request.officer)
    reason = request.POST.get("reason", "")
    try:
        contribution_withdraw(operation=operation, case=case, by=request.officer, reason=reason)
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
    else:
        text = gettext("Case %(number)s no longer counts in this operation.")
        messages.success(request, text % {"number": number})
    return redirect("operations:detail", code)


@require_POST
@officer_required("operations.contribute")
def state_result(request: OfficerRequest, code: str) -> HttpResponse:
    """State our result from the contributed cases, sign it and send it."""
    operation = operation_get(code=code, visible_to=request.officer)
    form = ResultForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Write the persons arrested as a whole number."))
        return redirect("operations:detail", code)
    try:
        result = result_share(
            operation=operation,
            by=request.officer,
            as_of=timezone.now(),
            arrests=form.cleaned_data["arrests"],
        )
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
    else:
        text = gettext("Our result, revision %(revision)d, is signed and on its way.")
        messages.success(request, text % {"revision": result.revision})
    return redirect("operations:detail", code)


@require_POST
@officer_required("operations.plan")
def close(request: OfficerRequest, code: str) -> HttpResponse:
    """Close our sheet with the result last stated and tell the partner so."""
    operation = operation_get(code=code, visible_to=request.officer)
    try:
        operation_end(operation=operation, by=request.officer, closed_on=timezone.localdate())
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, gettext("Our sheet is closed."))
    return redirect("operations:detail", code)
