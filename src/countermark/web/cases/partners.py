"""Cases that partners told us of; they are read here and worked there."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from countermark.apps.cases.selectors import partner_case_get, partner_case_list
from countermark.web.cases.legal import state_named
from countermark.web.cases.summary import summary_page
from countermark.web.http import OfficerRequest, officer_required

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
