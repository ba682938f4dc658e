"""Guides for right holders: theirs, section by section, and what they know of infringers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from countermark.apps.register.selectors import document_get, guide_lacking, guide_rights
from countermark.web.http import OfficerRequest
from countermark.web.paging import KeyPaginator
from countermark.web.portal.gate import holder_required
from countermark.web.rights import guide_pages as pages
from countermark.web.rights.dock import picture_response

AREA = "portal"
PAGE_SIZE = 25


@holder_required
def guides(request: OfficerRequest) -> HttpResponse:
    """List the holder's rights with what their guides still lack."""
    found = guide_rights(visible_to=request.officer)
    page = KeyPaginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    lacking = guide_lacking(list(page))
    rows = [(right, lacking[right.pk]) for right in page]
    return render(request, "portal/guides.html", {"page": page, "rows": rows})


@holder_required
def guide(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show one guide, the present edition or an earlier one."""
    return pages.guide_page(request, pk, AREA)


@holder_required
def section(request: OfficerRequest, pk: int, section: str) -> HttpResponse:
    """Change one section."""
    return pages.section_page(request, pk, section, AREA)


picture_add = pages.posted_to(pages.picture_page, AREA, holder_required)
copy = pages.posted_to(pages.copy_page, AREA, holder_required)
report = pages.posted_to(pages.infringer_page, AREA, holder_required)
erase = pages.posted_to(pages.erase_page, AREA, holder_required)


@holder_required
def picture(request: OfficerRequest, pk: int, width: int) -> HttpResponse:
    """Send a picture of the holder's, made small."""
    return picture_response(document_get(pk=pk, visible_to=request.officer), width)
