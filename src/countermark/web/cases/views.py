"""Cases: the list, deadlines, one case, and what is done with it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from countermark.apps.cases.convert import goods_values
from countermark.apps.cases.selectors import (
    attachment_get,
    case_get,
    case_procedure,
    deadline_due_list,
)
from countermark.apps.cases.services import attachment_add, case_act, note_add
from countermark.domain.errors import Refusal
from countermark.web.cases.filters import Filters
from countermark.web.cases.forms import ActForm, AttachmentForm, NoteForm
from countermark.web.cases.legal import act_named, counted, state_named
from countermark.web.cases.present import case_page
from countermark.web.errors import put_on_form
from countermark.web.http import OfficerRequest, officer_required

if TYPE_CHECKING:
    from countermark.apps.cases.models import Case

ROWS = 50
HORIZONS = (7, 30, 90)


@require_safe
@officer_required("cases.read")
def case_rows(request: OfficerRequest) -> HttpResponse:
    """Show the cases within reach; open ones unless the address says otherwise."""
    filters = Filters.read(request.GET)
    page = Paginator(filters.cases(request.officer), ROWS).get_page(request.GET.get("page"))
    rows = [
        (
            case,
            state_named(case.procedure_code, case.opened_on, case.state),
            goods_values(case.goods.all()),
        )
        for case in page.object_list
    ]
    context = {"filters": filters, "page": page, "rows": rows, "today": timezone.localdate()}
    return render(request, "cases/list.html", context)


@require_safe
@officer_required("cases.read")
def deadlines(request: OfficerRequest) -> HttpResponse:
    """Show the terms that end soon, earliest first."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isdigit() and int(asked) in HORIZONS else HORIZONS[1]
    today = timezone.localdate()
    due = deadline_due_list(up_to=today + timedelta(days=days), visible_to=request.officer)
    page = Paginator(due, ROWS).get_page(request.GET.get("page"))
    rows = [counted(each, case_procedure(each.case), today) for each in page.object_list]
    context = {"page": page, "rows": rows, "days": days, "horizons": HORIZONS}
    return render(request, "cases/deadlines.html", context)


@require_safe
@officer_required("cases.read")
def detail(request: OfficerRequest, number: str) -> HttpResponse:
    """Show one case."""
    case = case_get(number=number, visible_to=request.officer)
    return render(request, "cases/detail.html", case_page(case, request.officer))


@require_POST
@officer_required("cases.act")
def act(request: OfficerRequest, number: str) -> HttpResponse:
    """Enter an act of the law on a case."""
    case = case_get(number=number, visible_to=request.officer)
    code = request.POST.get("code", "")
    form = ActForm(request.POST, prefix=code)
    if form.is_valid():
        try:
            entry = case_act(
                case=case,
                act=code,
                acted_on=form.cleaned_data["acted_on"],
                reason=form.cleaned_data["reason"],
                by=request.officer,
            )
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            name = act_named(case_procedure(case), entry.act)
            messages.success(request, gettext("Recorded: %(act)s.") % {"act": name})
            return redirect("cases:detail", number)
    return case_again(request, case, act=form)


@require_POST
@officer_required("cases.act")
def note(request: OfficerRequest, number: str) -> HttpResponse:
    """Write a note on a case."""
    case = case_get(number=number, visible_to=request.officer)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            note_add(case=case, text=form.cleaned_data["text"], by=request.officer)
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            messages.success(request, gettext("The note was added. It stays on this side."))
            return redirect("cases:detail", number)
    return case_again(request, case, note=form)


@require_POST
@officer_required("cases.act")
def attach(request: OfficerRequest, number: str) -> HttpResponse:
    """Keep a file with a case."""
    case = case_get(number=number, visible_to=request.officer)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            kept = attachment_add(
                case=case, stream=upload, filename=upload.name, by=request.officer
            )
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            text = gettext("%(filename)s was kept. SHA-256: %(sha256)s")
            said = {"filename": kept.filename, "sha256": kept.sha256}
            messages.success(request, text % said)
            return redirect("cases:detail", number)
    return case_again(request, case, attachment=form)


@require_safe
@officer_required("cases.read")
def download(request: OfficerRequest, pk: int) -> HttpResponse:
    """Hand out a file for saving; it came from outside and is never shown in the page."""
    kept = attachment_get(pk=pk, visible_to=request.officer)
    answer = FileResponse(
        kept.file.open("rb"),
        as_attachment=True,
        filename=kept.filename,
        content_type="application/octet-stream",
    )
    return cast("HttpResponse", answer)


def case_again(request: OfficerRequest, case: Case, **forms: Form) -> HttpResponse:
    """Show a case again with a form as it was posted and refused."""
    context = case_page(case, request.officer, **forms) | {"refused": next(iter(forms.values()))}
    return render(request, "cases/detail.html", context, status=422)
