"""The examiners of a right holder, kept by the holder."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from countermark.apps.register.selectors import examiner_list, holders_of
from countermark.domain.errors import NotFound
from countermark.web.http import OfficerRequest
from countermark.web.portal.gate import holder_required
from countermark.web.rights import examiner_pages as pages

AREA = "portal"


@holder_required
def examiners(request: OfficerRequest) -> HttpResponse:
    """List the holder's examiners."""
    rows = examiner_list(visible_to=request.officer)
    return render(request, "portal/examiners.html", {"examiners": rows})


@holder_required
def new(request: OfficerRequest) -> HttpResponse:
    """Enter an examiner.

    Raises:
        NotFound: The account speaks for no holder today.
    """
    holders = list(holders_of(account=request.officer, on=timezone.localdate()))
    if not holders:
        raise NotFound("holder-unknown")
    return pages.new_page(request, holders, AREA)


@holder_required
def examiner(request: OfficerRequest, pk: int) -> HttpResponse:
    """Change one examiner."""
    return pages.change_page(request, pk, AREA)


@require_POST
@holder_required
def end(request: OfficerRequest, pk: int) -> HttpResponse:
    """Note that an examiner no longer acts."""
    return pages.end_page(request, pk, AREA)
