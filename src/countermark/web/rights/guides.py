"""Guides for officers: which rights have one, one guide, its sections, known infringers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from countermark.apps.register.selectors import guide_rights
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.paging import KeyPaginator
from countermark.web.rights import guide_pages as pages

AREA = "rights"
PAGE_SIZE = 25


@officer_required("rights.read")
def guides(request: OfficerRequest) -> HttpResponse:
    """List the rights with their guides; on demand those without one."""
    query = request.GET.get("q", "").strip()[:200]
    show = request.GET.get("show", "")
    written = None if show == "all" else show != "without"
    found = guide_rights(visible_to=request.officer, query=query, written=written)
    page = KeyPaginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "query": query, "show": show}
    return render(request, "rights/guides.html", context)


@officer_required("rights.read")
def guide(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show one guide, the present edition or an earlier one."""
    return pages.guide_page(request, pk, AREA)


@officer_required("rights.edit")
def section(request: OfficerRequest, pk: int, section: str) -> HttpResponse:
    """Change one section."""
    return pages.section_page(request, pk, section, AREA)


@require_POST
@officer_required("rights.edit")
def picture(request: OfficerRequest, pk: int) -> HttpResponse:
    """Add a picture."""
    return pages.picture_page(request, pk, AREA)


@require_POST
@officer_required("rights.edit")
def copy(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take over another guide of the holder."""
    return pages.copy_page(request, pk, AREA)


@require_POST
@officer_required("hits.decide")
def report(request: OfficerRequest, pk: int) -> HttpResponse:
    """Report a known infringer."""
    return pages.infringer_page(request, pk, AREA)


@require_POST
@officer_required("hits.decide")
def erase(request: OfficerRequest, pk: int) -> HttpResponse:
    """Erase a known infringer."""
    return pages.erase_page(request, pk, AREA)
