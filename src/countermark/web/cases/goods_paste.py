"""Entering many parcels: paste or bring the rows, see what would be entered, enter exactly that."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, BinaryIO

from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from countermark.apps.cases.goods import goods_case_get
from countermark.apps.cases.goods_plan import Plan, Question, goods_plan
from countermark.apps.cases.services import goods_add
from countermark.domain.errors import Conflict, NotFound, Refusal
from countermark.domain.goods_sheet import Fault, Sheet, SheetRow, Words, paste_read, sheet_of
from countermark.engines.tables import Reject, read_table, safe_cell
from countermark.web import labels
from countermark.web.cases.goods_forms import ChoicesForm, PasteForm
from countermark.web.cases.goods_pages import grid_page, rejected
from countermark.web.errors import put_on_form
from countermark.web.formats import LOCALES
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.refusals import sentence, sentence_of
from countermark.web.uploads import Stash, drop, stash, stashed

if TYPE_CHECKING:
    from countermark.apps.cases.models import Case

SHOWN = 50
PASTED = "pasted.tsv"


@require_POST
@officer_required("cases.act")
def paste(request: OfficerRequest, number: str) -> HttpResponse:
    """Keep the rows and lead to what they would enter."""
    case = goods_case_get(number=number, visible_to=request.officer)
    form = PasteForm(request.POST, request.FILES)
    if form.is_valid():
        text = form.cleaned_data["rows"].encode("utf-8", "replace")
        file = form.cleaned_data["file"] or SimpleUploadedFile(PASTED, text)
        kept = stash(request, _purpose(case), file)
        try:
            _sheet(kept)
        except Refusal as refusal:
            drop(request, _purpose(case))
            put_on_form(form, refusal)
        else:
            return redirect("cases:goods-preview", number)
    return grid_page(request, case, paste=form, status=422)


@officer_required("cases.act")
def preview(request: OfficerRequest, number: str) -> HttpResponse:
    """Show what would be entered; a post with ``digest`` enters it, if that is still the same."""
    case = goods_case_get(number=number, visible_to=request.officer)
    form = ChoicesForm(request.POST if request.method == "POST" else {})
    plan = goods_plan(case, _sheet(stashed(request, _purpose(case))), _words(), form.choices())
    message = ""
    if "enter" in request.POST:
        try:
            return _enter(request, case, plan)
        except Refusal as refusal:
            message = sentence(refusal)
    context = {
        "case": case,
        "plan": plan,
        "form": form,
        "message": message,
        "questions": [(each, _fault_said(each)) for each in plan.questions[:SHOWN]],
        "more_questions": max(0, len(plan.questions) - SHOWN),
        "refused": [(row, _faults(row.faults)) for row in plan.refused[:SHOWN]],
        "flagged": [(row, _faults(row.flags)) for row in plan.flagged[:SHOWN]],
        "ready": plan.ready[:SHOWN],
        "shown": SHOWN,
    }
    return render(request, "cases/goods_preview.html", context, status=409 if message else 200)


@officer_required("cases.act")
def rejects(request: OfficerRequest, number: str) -> HttpResponse:
    """Send the rows that are not entered: by a post those of the preview, else of the last entry.

    Raises:
        NotFound: Every row was entered.
    """
    case = goods_case_get(number=number, visible_to=request.officer)
    if request.method == "POST":
        choices = ChoicesForm(request.POST).choices()
        plan = goods_plan(case, _sheet(stashed(request, _purpose(case))), _words(), choices)
        content = _reject_file(plan)
    else:
        try:
            kept = stashed(request, rejected(case))
        except NotFound:
            raise NotFound("no-reject-file") from None
        with kept.open() as file:
            content = file.read()
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{case.number}-rejects.csv"'
    return response


def _enter(request: OfficerRequest, case: Case, plan: Plan) -> HttpResponse:
    """Enter exactly what was shown and keep what was refused for fetching."""
    if plan.digest != request.POST.get("digest"):
        raise Conflict("paste-changed")
    goods = [line.goods for line in plan.lines]
    rows = goods_add(case=case, goods=goods, by=request.officer, after=plan.after)
    drop(request, _purpose(case))
    drop(request, rejected(case))
    if plan.refused:
        stash(request, rejected(case), SimpleUploadedFile("rejects.csv", _reject_file(plan)))
    said = ngettext("%(count)d line was entered.", "%(count)d lines were entered.", len(rows))
    where = gettext("Lines %(first)d to %(last)d.")
    numbers = {"count": len(rows), "first": rows[0].line_no, "last": rows[-1].line_no}
    messages.success(request, f"{said} {where}" % numbers)
    return redirect("cases:goods", case.number)


def _purpose(case: Case) -> str:
    return f"goods-{case.number}"


def _sheet(kept: Stash) -> Sheet:
    """Return the rows that were pasted or brought.

    Raises:
        InvalidInput: The file cannot be read, or lacks a column.
    """
    with kept.open() as file:
        if kept.filename == PASTED:
            return paste_read(file.read().decode())
        return _file_sheet(file, kept.filename)


def _file_sheet(file: BinaryIO, name: str) -> Sheet:
    with read_table(file, name=name) as table:
        rows = [SheetRow(1, table.columns)]
        for row in table:
            # A row that the reader could not take apart keeps its text, and its faults are told.
            cells = (row.raw,) if isinstance(row, Reject) else tuple(row.values.values())
            rows.append(SheetRow(row.number, cells))
    return sheet_of(rows)


def _words() -> Words:
    """Return how categories and bases may be written: codes, and words in all languages."""
    found: dict[str, dict[str, str]] = {"category": {}, "basis": {}}
    for language in LOCALES:
        with translation.override(language):
            for kind, spellings in found.items():
                for code, word in labels.choices(kind):
                    spellings |= {code: code, str(word).casefold(): code}
    return Words(found["category"], found["basis"])


def _faults(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    return [
        (labels.label("goods-field", fault.field), sentence_of(fault.code, fault.params))
        for fault in faults
    ]


def _fault_said(question: Question) -> str:
    if question.fault:
        return sentence_of(question.fault, {})
    return sentence_of("brand-several" if question.candidates else "brand-unknown", {})


def _reject_file(plan: Plan) -> bytes:
    """Return the refused rows as CSV, with why before their own cells; no cell is a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["reject_line", "reject_reason", *map(safe_cell, plan.columns)])
    for row in plan.refused:
        reasons = "; ".join(
            gettext("%(field)s: %(reason)s") % {"field": field, "reason": reason}
            if field
            else reason
            for field, reason in _faults(row.faults)
        )
        writer.writerow([str(row.number), reasons, *map(safe_cell, row.cells)])
    return text.getvalue().encode("utf-8-sig", "replace")
