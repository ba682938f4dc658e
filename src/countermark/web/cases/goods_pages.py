"""The goods of a case as a grid, and what is done to its lines."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from countermark.apps.cases.goods import (
    goods_case_get,
    goods_changes,
    goods_line_get,
    goods_list,
    goods_may_change,
    goods_totals,
)
from countermark.apps.cases.services import (
    goods_amend,
    goods_clone,
    goods_restore,
    goods_split,
    goods_withdraw,
    numbers_said,
)
from countermark.domain.errors import Refusal
from countermark.domain.goods_sheet import FIELDS, GoodsRow, row_cells
from countermark.domain.money import Money
from countermark.domain.valuation import totals as values_sum
from countermark.engines.tables import safe_cell
from countermark.web import labels
from countermark.web.cases.goods_forms import (
    CopiesForm,
    LineForm,
    LinesForm,
    PartRows,
    PasteForm,
    line_initial,
)
from countermark.web.cases.rows import asked_to_grow
from countermark.web.errors import put_on_form
from countermark.web.formats import money_text
from countermark.web.http import OfficerRequest, officer_required

if TYPE_CHECKING:
    from countermark.apps.cases.models import Case, GoodsLine

ROWS = 100
BRANDS = 50
LONGEST_QUERY = 200


@require_safe
@officer_required("cases.read")
def grid(request: OfficerRequest, number: str) -> HttpResponse:
    """Show the goods of a case, a page at a time, with what they come to."""
    case = goods_case_get(number=number, visible_to=request.officer)
    return grid_page(request, case)


def grid_page(
    request: OfficerRequest, case: Case, *, status: int = 200, **forms: Form
) -> HttpResponse:
    """Return the grid.

    Args:
        request: Its address says what the lines are narrowed to.
        case: From a scoped selector.
        status: 422 where a form was refused.
        forms: ``paste`` or ``lines`` as they were posted and refused.
    """
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    withdrawn = request.GET.get("show") == "withdrawn"
    rows = goods_list(case, query=query, withdrawn=withdrawn)
    totals = goods_totals(case)
    context = {
        "case": case,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "query": query,
        "withdrawn": withdrawn,
        "standing_count": goods_list(case).count(),
        "withdrawn_count": goods_list(case, withdrawn=True).count(),
        "totals": totals[:BRANDS],
        "more_totals": max(0, len(totals) - BRANDS),
        "values": values_sum(value for total in totals for value in total.values),
        "changing": goods_may_change(case, request.officer),
        "paste": forms.get("paste") or PasteForm(),
        "lines": forms.get("lines") or LinesForm(),
        "refused": next(iter(forms.values()), None),
        "rejects_wait": f"upload-{rejected(case)}" in request.session,
    }
    return render(request, "cases/goods.html", context, status=status)


def rejected(case: Case) -> str:
    """Return under what the refused rows of a case's last entry are kept for their officer."""
    return f"goods-rejects-{case.number}"


@require_safe
@officer_required("cases.read")
def export(request: OfficerRequest, number: str) -> HttpResponse:
    """Send the goods as CSV with the grid's titles; pasted back, every row is read again."""
    case = goods_case_get(number=number, visible_to=request.officer)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*FIELDS, "line"])
    for row in goods_list(case):
        writer.writerow([*map(safe_cell, row_cells(_row(row))), row.line_no])
    content = text.getvalue().encode("utf-8-sig", "replace")
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{case.number}-goods.csv"'
    return response


def _row(line: GoodsLine) -> GoodsRow:
    valued = line.value_minor is not None
    return GoodsRow(
        parcel_number=line.parcel_number,
        description=line.description,
        brand=line.brand,
        registration=line.right.registration_number if line.right else "",
        quantity=line.quantity.normalize(),
        unit=line.unit,
        hs_code=line.hs_code,
        category=line.category,
        value=Money(line.value_minor or 0, line.currency) if valued else None,
        value_basis=line.value_basis,
        valued_on=line.valued_on,
    )


@require_POST
@officer_required("cases.act")
def withdraw(request: OfficerRequest, number: str) -> HttpResponse:
    """Take lines out of the goods of a case."""
    return _lines(request, number, back=False)


@require_POST
@officer_required("cases.act")
def restore(request: OfficerRequest, number: str) -> HttpResponse:
    """Put withdrawn lines back."""
    return _lines(request, number, back=True)


def _lines(request: OfficerRequest, number: str, *, back: bool) -> HttpResponse:
    case = goods_case_get(number=number, visible_to=request.officer)
    form = LinesForm(request.POST)
    if form.is_valid():
        lines, reason = form.cleaned_data["lines"], form.cleaned_data["reason"]
        act = goods_restore if back else goods_withdraw
        try:
            act(case=case, line_nos=lines, by=request.officer, reason=reason)
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            said = gettext("Restored: %(lines)s.") if back else gettext("Withdrawn: %(lines)s.")
            messages.success(request, said % {"lines": numbers_said(lines)})
            return redirect("cases:goods", number)
    return grid_page(request, case, lines=form, status=422)


@officer_required("cases.read")
def line(request: OfficerRequest, number: str, line_no: int) -> HttpResponse:
    """Show one line with what it said before; a post puts it right."""
    case = goods_case_get(number=number, visible_to=request.officer)
    row = goods_line_get(case, line_no)
    if request.method != "POST":
        return _line_page(request, case, row)
    form = LineForm(request.POST, administration=case.office.administration)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            goods_amend(
                case=case, line_no=line_no, goods=form.goods(), by=request.officer, reason=reason
            )
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            messages.success(request, gettext("Line %(line)d was put right.") % {"line": line_no})
            return redirect("cases:goods-line", number, line_no)
    return _line_page(request, case, row, form=form)


@require_POST
@officer_required("cases.act")
def split(request: OfficerRequest, number: str, line_no: int) -> HttpResponse:
    """Divide a line by right, mark and quantity."""
    case = goods_case_get(number=number, visible_to=request.officer)
    row = goods_line_get(case, line_no)
    given = {"administration": case.office.administration}
    if asked_to_grow(request.POST):
        grown = PartRows(initial=PartRows.grown(request.POST), form_kwargs=given)
        return _line_page(request, case, row, parts=grown)
    parts = PartRows(request.POST, form_kwargs=given)
    if parts.is_valid():
        said = [each.part() for each in parts if each.has_changed()]
        try:
            rows = goods_split(case=case, line_no=line_no, parts=said, by=request.officer)
        except Refusal as refusal:
            put_on_form(parts.forms[0], refusal)
        else:
            into = numbers_said(each.line_no for each in rows)
            messages.success(request, gettext("Split into lines %(lines)s.") % {"lines": into})
            return redirect("cases:goods", number)
    return _line_page(request, case, row, parts=parts)


@require_POST
@officer_required("cases.act")
def clone(request: OfficerRequest, number: str, line_no: int) -> HttpResponse:
    """Enter a line again, as often as asked."""
    case = goods_case_get(number=number, visible_to=request.officer)
    row = goods_line_get(case, line_no)
    form = CopiesForm(request.POST)
    if form.is_valid():
        copies = form.cleaned_data["copies"]
        try:
            rows = goods_clone(case=case, line_no=line_no, copies=copies, by=request.officer)
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            into = numbers_said(each.line_no for each in rows)
            messages.success(request, gettext("Copied to lines %(lines)s.") % {"lines": into})
            return redirect("cases:goods", number)
    return _line_page(request, case, row, copies=form)


def _line_page(
    request: OfficerRequest, case: Case, row: GoodsLine, **forms: object
) -> HttpResponse:
    given = {"administration": case.office.administration}
    amount = "" if row.value_minor is None else Money(row.value_minor, row.currency).text()
    first = {"quantity": f"{row.quantity.normalize():f}", "brand": row.brand}
    context = {
        "case": case,
        "line": row,
        "changing": goods_may_change(case, request.officer) and row.withdrawn_at is None,
        "form": LineForm(initial=line_initial(row, amount), **given),
        "parts": PartRows(initial=[first, {}], form_kwargs=given),
        "copies": CopiesForm(),
        "changes": [(each, _said(each.before)) for each in goods_changes(row)],
    }
    refused = any(getattr(form, "errors", None) for form in forms.values())
    status = 422 if refused else 200
    return render(request, "cases/goods_line.html", context | forms, status=status)


def _said(before: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what a line said before a change, in the reader's words, empty fields left out."""
    minor, right = before["value_minor"], before["right"]
    shown = {name: before[name] for name in ("parcel_number", "description", "brand", "hs_code")}
    shown |= {
        "registration": right.rpartition("/")[2],
        "quantity": f"{before['quantity']} {labels.label('unit', before['unit'])}",
        "category": labels.label("category", before["category"]),
        "value": "" if minor is None else money_text(Money(minor, before["currency"])),
        "value_basis": labels.label("basis", before["value_basis"]),
        "valued_on": before["valued_on"],
    }
    return [(labels.label("goods-field", name), text) for name, text in shown.items() if text]
