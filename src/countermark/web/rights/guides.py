"""Guides for officers: which rights have one, one guide, its sections, known infringers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

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


picture = pages.posted_to(pages.picture_page, AREA, officer_required("rights.edit"))
copy = pages.posted_to(pages.copy_page, AREA, officer_required("rights.edit"))
report = pages.posted_to(pages.infringer_page, AREA, officer_required("hits.decide"))
erase = pages.posted_to(pages.erase_page, AREA, officer_required("hits.decide"))
