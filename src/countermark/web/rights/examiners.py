"""The examiners of right holders: who can come to a place on a day, and for which goods."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from countermark.apps.accounts.selectors import office_list
from countermark.apps.register.selectors import (
    examiners_available,
    guide_right_get,
    holder_list,
)
from countermark.domain.errors import NotFound
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.labels import choices
from countermark.web.rights import examiner_pages as pages

AREA = "rights"


@officer_required("rights.read")
def examiners(request: OfficerRequest) -> HttpResponse:
    """List who can come; unless asked otherwise tomorrow, to the officer's own office."""
    said = request.GET
    on = _day(said.get("on", "")) or timezone.localdate() + timedelta(days=1)
    offices = {each.code: each for each in office_list()}
    place = said.get("place", request.officer.office.code)
    language = said.get("language", "")
    key = said.get("right", "")
    right = (
        guide_right_get(pk=int(key), visible_to=request.officer)
        if key.isascii() and key.isdigit()
        else None
    )
    context = {
        "on": on,
        "place": place,
        "language": language,
        "right": right,
        "offices": offices.values(),
        "spoken": choices("spoken"),
        "found": examiners_available(
            visible_to=request.officer,
            on=on,
            place=offices.get(place),
            right=right,
            language=language,
        ),
        "may_edit": request.officer.may("rights.edit"),
    }
    return render(request, "rights/examiners.html", context)


@officer_required("rights.edit")
def new(request: OfficerRequest, pk: int) -> HttpResponse:
    """Enter an examiner of one holder."""
    holders = list(holder_list(visible_to=request.officer).filter(pk=pk))
    if not holders:
        raise NotFound("holder-unknown", pk=pk)
    return pages.new_page(request, holders, AREA)


@officer_required("rights.read")
def examiner(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show one examiner; who keeps rights may change what is said."""
    return pages.change_page(request, pk, AREA)


@require_POST
@officer_required("rights.edit")
def end(request: OfficerRequest, pk: int) -> HttpResponse:
    """Note that an examiner no longer acts."""
    return pages.end_page(request, pk, AREA)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
