"""Joint operations: the list and the dashboard of one."""

from __future__ import annotations

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from countermark.apps.operations.selectors import operation_get, operation_list
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.operations.forms import ResultForm
from countermark.web.operations.present import contributions_of, dashboard_of, offers_of

STATE_KINDS = {"proposed": "warn", "agreed": "info", "running": "ok", "cancelled": "crit"}


@require_safe
@officer_required("operations.read")
def operation_rows(request: OfficerRequest) -> HttpResponse:
    """Show the operations of this node, the latest window first."""
    rows = operation_list(visible_to=request.officer)
    return render(request, "operations/list.html", {"rows": rows, "kinds": STATE_KINDS})


@require_safe
@officer_required("operations.read")
def detail(request: OfficerRequest, code: str) -> HttpResponse:
    """Show the dashboard of an operation."""
    operation = operation_get(code=code, visible_to=request.officer)
    board = dashboard_of(operation, request.officer)
    context = {
        "operation": operation,
        "board": board,
        "kind": STATE_KINDS.get(operation.state, ""),
        "result_form": ResultForm(),
        "not_shown": list(zip(board.weeks.sides, board.weeks.not_shown, strict=True)),
        "traces": request.officer.may("exchange.read"),
    }
    context |= offers_of(operation, request.officer, board)
    context |= contributions_of(operation, request.officer, board)
    return render(request, "operations/detail.html", context)


@require_safe
@officer_required("operations.read")
def categories_csv(request: OfficerRequest, code: str) -> HttpResponse:
    """Hand out the numbers of the chart by category."""
    operation = operation_get(code=code, visible_to=request.officer)
    table = dashboard_of(operation, request.officer).by_category
    head = ("category", "party", "cases", "items", "value", "currency", "basis")
    lines: list[list[object]] = [[*head]]
    for row in table.rows if table else ():
        for side, tally in row.by_side:
            lines += [
                [row.code, side.code, tally.cases, f"{tally.items:f}", *money]
                for money in _amounts(tally)
            ]
    return _csv(lines, f"{code}-categories")


@require_safe
@officer_required("operations.read")
def weeks_csv(request: OfficerRequest, code: str) -> HttpResponse:
    """Hand out the numbers of the chart by week."""
    operation = operation_get(code=code, visible_to=request.officer)
    weeks = dashboard_of(operation, request.officer).weeks
    lines: list[list[object]] = [["first", "last", *(side.code for side in weeks.sides)]]
    lines += [[row.first, row.last, *row.cases] for row in weeks.rows]
    lines.append(["not-shown", "", *weeks.not_shown])
    return _csv(lines, f"{code}-weeks")


def _amounts(tally: object) -> list[list[str]]:
    amounts = getattr(tally, "amounts", ())
    money = [[each.money.text(), each.money.currency, each.basis.value] for each in amounts]
    return money or [["", "", ""]]


def _csv(lines: list[list[object]], name: str) -> HttpResponse:
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    csv.writer(answer).writerows(lines)
    return answer
