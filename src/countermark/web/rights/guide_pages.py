"""Pages of guides that officers and right holders share; each area adds its own gate.

``area`` is the namespace of the addresses, ``rights`` or ``portal``, and decides the frame.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, cast

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from countermark.apps.register.guide_content import SECTIONS
from countermark.apps.register.selectors import (
    examiners_for,
    guide_editions,
    guide_get,
    guide_right_get,
    guide_rights,
    infringer_get,
    infringer_list,
)
from countermark.apps.register.services import (
    DocumentInput,
    guide_copy,
    guide_picture_add,
    guide_write,
    infringer_erase,
    infringer_report,
)
from countermark.domain.errors import InvalidInput, NotFound, Refusal
from countermark.lawbook.guides import guide_views
from countermark.web.errors import put_on_form
from countermark.web.refusals import sentence
from countermark.web.rights.dock import parties_on, shown
from countermark.web.rights.guide_forms import (
    InfringerForm,
    NewPictureForm,
    RowForm,
    section_formset,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import BaseFormSet
    from django.http.response import HttpResponseBase

    from countermark.apps.accounts.models import Officer
    from countermark.apps.register.models import Right
    from countermark.web.http import OfficerRequest, View

FRAMES = {"rights": "base.html", "portal": "portal/base.html"}


def posted_to(page: View, area: str, gate: Callable[[View], View]) -> View:
    """Return an area's view of a shared page that takes posts only, behind the area's gate."""

    @require_POST
    @gate
    @wraps(page)
    def view(request: OfficerRequest, pk: int) -> HttpResponseBase:
        return page(request, pk, area)

    return view


def guide_page(request: OfficerRequest, pk: int, area: str) -> HttpResponse:
    """Show a guide section by section, as it is, with its editions and who is known to infringe."""
    return _guide_page(request, pk, area)


def section_page(request: OfficerRequest, pk: int, section: str, area: str) -> HttpResponse:
    """Change the rows of a section, unless somebody else changed the guide since it was opened."""
    if section not in SECTIONS:
        raise NotFound("section-unknown", section=section[:40])
    right = _writable(request.officer, pk)
    guide = guide_get(right=right, visible_to=request.officer)
    views = guide_views(right.right_type)
    posted = request.POST if request.method == "POST" else None
    formset = section_formset(section, guide.rows[section], posted, views=views)
    message = ""
    if posted is not None and formset.is_valid():
        message = _save(request, right, section, formset)
        if not message:
            if "more" in request.POST:
                return redirect(f"{area}:guide-section", pk, section)
            return redirect(f"{area}:guide", pk)
    failed = posted is not None
    edition = request.POST.get("edition", str(guide.number)) if failed else guide.number
    context = _frame(area, right) | {
        "section": section,
        "edition": edition,
        "formset": formset,
        "message": message,
        "failed": failed,
        "shown": {each.picture.document: each for each in shown(guide, area=area)},
        "picture_form": NewPictureForm(views=views) if section == "pictures" else None,
    }
    return render(request, "rights/guide_section.html", context, status=422 if failed else 200)


def picture_page(request: OfficerRequest, pk: int, area: str) -> HttpResponse:
    """Add a picture; what was refused is said on the page of the pictures."""
    right = _writable(request.officer, pk)
    guide = guide_get(right=right, visible_to=request.officer)
    views = guide_views(right.right_type)
    form = NewPictureForm(request.POST, request.FILES, views=views)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            guide_picture_add(
                by=request.officer,
                right=right,
                edition=_number(request.POST.get("edition", "")),
                given=DocumentInput(file.file, file.name, ""),
                picture=form.picture(),
            )
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            return redirect(f"{area}:guide-section", pk, "pictures")
    context = _frame(area, right) | {
        "section": "pictures",
        "edition": guide.number,
        "formset": section_formset("pictures", guide.rows["pictures"], views=views),
        "shown": {each.picture.document: each for each in shown(guide, area=area)},
        "picture_form": form,
    }
    return render(request, "rights/guide_section.html", context, status=422)


def copy_page(request: OfficerRequest, pk: int, area: str) -> HttpResponse:
    """Take over the guide of another right of the same holder."""
    right = _writable(request.officer, pk)
    chosen = guide_right_get(pk=_number(request.POST.get("source", "")), visible_to=request.officer)
    try:
        guide_copy(
            by=request.officer,
            right=right,
            edition=_number(request.POST.get("edition", "")),
            source=chosen,
        )
    except Refusal as refusal:
        return _guide_page(request, pk, area, message=sentence(refusal))
    return redirect(f"{area}:guide", pk)


def infringer_page(request: OfficerRequest, pk: int, area: str) -> HttpResponse:
    """Report somebody of whom fakes came."""
    right = guide_right_get(pk=pk, visible_to=request.officer)
    form = InfringerForm(request.POST)
    if form.is_valid():
        try:
            infringer_report(by=request.officer, right=right, given=form.infringer())
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            return redirect(f"{area}:guide", pk)
    return _guide_page(request, pk, area, form=form)


def erase_page(request: OfficerRequest, pk: int, area: str) -> HttpResponse:
    """Erase the person of an entry, with a reason."""
    right = guide_right_get(pk=pk, visible_to=request.officer)
    entry = infringer_get(
        pk=_number(request.POST.get("entry", "")), right=right, visible_to=request.officer
    )
    try:
        infringer_erase(by=request.officer, infringer=entry, reason=request.POST.get("reason", ""))
    except Refusal as refusal:
        return _guide_page(request, pk, area, message=sentence(refusal))
    return redirect(f"{area}:guide", pk)


def _guide_page(
    request: OfficerRequest,
    pk: int,
    area: str,
    *,
    message: str = "",
    form: InfringerForm | None = None,
) -> HttpResponse:
    officer = request.officer
    right = guide_right_get(pk=pk, visible_to=officer)
    edition = request.GET.get("edition", "")
    guide = guide_get(right=right, visible_to=officer, number=_number(edition) if edition else None)
    editions = list(guide_editions(right=right, visible_to=officer))
    siblings = guide_rights(visible_to=officer, written=True).filter(holder=right.holder)
    context = _frame(area, right) | {
        "guide": guide,
        "sections": [(code, guide.rows[code]) for code in SECTIONS],
        "pictures": list(shown(guide, area=area)),
        "editions": editions,
        "latest": not editions or guide.number == editions[0].number,
        "may_write": _may_write(officer, right),
        "may_report": officer.may("hits.decide") or officer.may("portal.use"),
        "siblings": siblings.exclude(pk=pk),
        "parties": parties_on(right, timezone.localdate()),
        "examiners": examiners_for(right=right, visible_to=officer),
        "infringers": infringer_list(right=right, visible_to=officer),
        "infringer_form": form or InfringerForm(),
        "message": message,
    }
    status = 409 if message else 422 if form else 200
    return render(request, "rights/guide.html", context, status=status)


def _save(
    request: OfficerRequest, right: Right, section: str, formset: BaseFormSet[RowForm]
) -> str:
    """Write the rows that stay; return what is to be said where no row can be named."""
    used = [
        form
        for form in formset
        if form.has_changed() or form in formset.initial_forms
        if not form.cleaned_data.get("DELETE")
    ]
    try:
        guide_write(
            by=request.officer,
            right=right,
            edition=_number(request.POST.get("edition", "")),
            section=section,
            rows=[form.row() for form in used],
        )
    except InvalidInput as refusal:
        row = cast("int", refusal.params.get("row", 0))
        if not row:
            return sentence(refusal)
        put_on_form(used[row - 1], refusal)
        return sentence(refusal)
    except Refusal as refusal:
        return sentence(refusal)
    return ""


def _writable(officer: Officer, pk: int) -> Right:
    right = guide_right_get(pk=pk, visible_to=officer)
    if not _may_write(officer, right):
        raise NotFound("right-unknown", pk=pk)
    return right


def _may_write(officer: Officer, right: Right) -> bool:
    allowed = officer.may("rights.edit") or officer.may("portal.use")
    return allowed and right.state == "in-force"


def _frame(area: str, right: Right) -> dict[str, object]:
    return {"frame": FRAMES[area], "area": area, "right": right}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
