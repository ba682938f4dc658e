"""The audit log: who did what, and whether the chain still holds."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from countermark.apps.audit.selectors import audit_list, audit_verify
from countermark.web.http import OfficerRequest, officer_required

PAGE_SIZE = 50


@officer_required("audit.read")
def log(request: OfficerRequest) -> HttpResponse:
    """Show the log, newest first; ``?check=1`` walks the whole chain as well."""
    query = request.GET.get("q", "").strip()[:120]
    entries = audit_list(visible_to=request.officer, query=query)
    context = {
        "query": query,
        "page": Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page")),
        "verdict": audit_verify() if request.GET.get("check") else None,
    }
    return render(request, "audit/log.html", context)
