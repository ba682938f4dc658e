"""How to tell genuine goods from fake, on one light page: for a telephone at the dock, and paper.

The page brings its style with it, needs no script and no other file but its pictures, and can be
saved whole. What names known infringers is on the screen only: never printed, never saved.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast
from zoneinfo import ZoneInfo

from csp.decorators import csp_update
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.safestring import mark_safe

from countermark.apps.register.guide_content import Picture, Tell, UrgentContact
from countermark.apps.register.selectors import (
    document_get,
    examiners_for,
    guide_get,
    infringer_list,
    right_get,
)
from countermark.apps.register.thumbnails import MEDIA_TYPE, thumbnail, thumbnail_size
from countermark.domain.errors import InvalidInput
from countermark.lawbook.guides import guide_views
from countermark.web.http import OfficerRequest, officer_required

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.apps.register.models import AuthorisedParty, Document, Right
    from countermark.apps.register.selectors import Guide

SMALL, LARGE = 240, 720
CSS: Final = Path(__file__).with_name("dock.css").read_text(encoding="utf-8")
_STYLE: Final = "'sha256-" + base64.b64encode(hashlib.sha256(CSS.encode()).digest()).decode() + "'"
_RANK: Final = {"certain": 0, "strong": 1, "hint": 2}


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as the page shows it: where it comes from and at which size in pixels."""

    picture: Picture
    document: Document
    source: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Reachable:
    """A contact with whether somebody answers now, and else from when on, on the node's clock."""

    contact: UrgentContact
    open_now: bool
    opens_next: datetime | None


@csp_update({"style-src": ["'self'", _STYLE]})
@officer_required("rights.read")
def dock(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show how to tell the goods of a right: as the guide is, or was on a day or in an edition."""
    right = right_get(pk=pk, visible_to=request.officer)
    guide = _guide(request, right)
    context = _context(request, right, guide, embed=False)
    context["infringers"] = infringer_list(right=right, visible_to=request.officer)
    return render(request, "rights/dock.html", context)


@officer_required("rights.read")
def saved(request: OfficerRequest, pk: int) -> HttpResponse:
    """Send the page as one file that opens without a line: pictures inside, no person named."""
    right = right_get(pk=pk, visible_to=request.officer)
    guide = _guide(request, right)
    context = _context(request, right, guide, embed=True) | {"saved": True}
    page = render_to_string("rights/dock.html", context, request=request)
    response = HttpResponse(page, content_type="text/html; charset=utf-8")
    name = f"how-to-tell-{right.jurisdiction}-{right.pk}-edition-{guide.number}.html"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@officer_required("rights.read")
def picture(request: OfficerRequest, pk: int, width: int) -> HttpResponse:
    """Send a picture of a guide made small; it never changes, so a telephone may keep it."""
    return picture_response(document_get(pk=pk, visible_to=request.officer), width)


def picture_response(document: Document, width: int) -> HttpResponse:
    """Return a picture that the reader may see, made small."""
    response = HttpResponse(thumbnail(document, width), content_type=MEDIA_TYPE)
    response["Cache-Control"] = "private, max-age=604800, immutable"
    return response


def _guide(request: OfficerRequest, right: Right) -> Guide:
    said = request.GET
    edition = said.get("edition", "")
    return guide_get(
        right=right,
        visible_to=request.officer,
        number=int(edition) if edition.isascii() and edition.isdigit() else None,
        on=_day(said.get("on", "")),
    )


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if text and day is None:
        raise InvalidInput("date-malformed", field="on", value=text[:40])
    return day


def _context(
    request: OfficerRequest, right: Right, guide: Guide, *, embed: bool
) -> dict[str, object]:
    now = timezone.localtime()
    today = now.date()
    tells = cast("Sequence[Tell]", guide.rows["tells"])
    contacts = cast("Sequence[UrgentContact]", guide.rows["contacts"])
    recordations = [each for each in right.recordations.all() if each.granted]
    return {
        "style": mark_safe(f"<style>{CSS}</style>"),  # noqa: S308 - our own file, no input
        "right": right,
        "guide": guide,
        "rows": guide.rows,
        "recordations": recordations,
        "in_force": any(each.in_force for each in recordations),
        "tells": sorted(tells, key=lambda tell: _RANK[tell.certainty]),
        "pictures": list(shown(guide, embed=embed)),
        "contacts": [_reachable(each, now) for each in contacts],
        "parties": parties_on(right, today),
        "examiners": examiners_for(right=right, visible_to=request.officer),
        "now": now,
        "today": today,
        "large": LARGE,
    }


def shown(guide: Guide, *, embed: bool = False, area: str = "rights") -> Iterator[Shown]:
    """Yield the pictures of a guide by view, the genuine before the fake.

    Args:
        guide: The guide.
        embed: Whether the page carries the pictures inside.
        area: The pages whose addresses serve them, ``rights`` or ``portal``.
    """
    order = {code: place for place, code in enumerate(guide_views(guide.right.right_type))}
    rows = cast("Sequence[Picture]", guide.rows["pictures"])
    for row in sorted(rows, key=lambda each: (order[each.view], each.shows == "counterfeit")):
        document = guide.pictures[row.document]
        width, height = thumbnail_size(document, SMALL)
        source = f"/{area}/pictures/{document.pk}/{SMALL}/"
        if embed:
            content = base64.b64encode(thumbnail(document, SMALL)).decode()
            source = f"data:{MEDIA_TYPE};base64,{content}"
        yield Shown(row, document, source, width, height)


def parties_on(right: Right, day: date) -> list[tuple[AuthorisedParty, bool]]:
    """Return the parties that may use a right, each with whether it may on a day; those first."""
    found = [
        (each, (each.valid_from or day) <= day <= (each.valid_until or day))
        for each in right.authorised_parties.all()
    ]
    return sorted(found, key=lambda pair: not pair[1])


def _reachable(contact: UrgentContact, now: datetime) -> Reachable:
    there = now.astimezone(ZoneInfo(contact.time_zone))
    hours = contact.hours
    opens = hours.opens_next(there)
    return Reachable(
        contact=contact,
        open_now=hours.open_at(there),
        opens_next=opens.astimezone(now.tzinfo) if opens else None,
    )
