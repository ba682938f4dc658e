"""Cases that partners told us of; they are read here and worked there."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from countermark.apps.cases.selectors import case_get, partner_case_get, partner_case_list
from countermark.apps.cases.services import partner_case_link
from countermark.domain.errors import Refusal
from countermark.web.cases.legal import state_named
from countermark.web.cases.summary import summary_page
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.refusals import sentence

ROWS = 50


@require_safe
@officer_required("cases.read")
def partner_rows(request: OfficerRequest) -> HttpResponse:
    """Show the cases partners have told us of, newest first."""
    query = request.GET.get("q", "").strip()
    found = partner_case_list(visible_to=request.officer)
    if query:
        found = found.filter(number__icontains=query) | found.filter(title__icontains=query)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    rows = [
        (
            each,
            state_named(
                each.summary["procedure"], date.fromisoformat(each.summary["opened_on"]), each.state
            ),
        )
        for each in page.object_list
    ]
    context = {"page": page, "rows": rows, "query": query}
    return render(request, "cases/partner_list.html", context)


@require_safe
@officer_required("cases.read")
def partner_case(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show a partner's case as the partner last stated it."""
    row = partner_case_get(pk=pk, visible_to=request.officer)
    context = {"row": row} | summary_page(row.summary)
    return render(request, "cases/partner_detail.html", context)


@require_POST
@officer_required("cases.act")
def link(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say that a partner's case and one of ours are about the same matter."""
    row = partner_case_get(pk=pk, visible_to=request.officer)
    number = request.POST.get("number", "").strip()
    try:
        case = case_get(number=number, visible_to=request.officer)
        partner_case_link(partner_case=row, case=case, by=request.officer)
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, gettext("The two cases are linked."))
    return redirect("cases:partner-detail", pk)
