"""Opening a case by hand, or from a hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from countermark.apps.accounts.selectors import office_list
from countermark.apps.cases.convert import details_from_hit, goods_from_hit
from countermark.apps.cases.services import CaseDetails, case_open, case_open_from_hit
from countermark.apps.screening.selectors import hit_get
from countermark.domain.errors import Refusal
from countermark.web.cases.forms import CaseForm, GoodsRows, HitCaseForm, PartyRows
from countermark.web.cases.rows import asked_to_grow
from countermark.web.errors import put_on_form
from countermark.web.http import OfficerRequest, officer_required

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Office
    from countermark.apps.cases.models import Case
    from countermark.apps.screening.models import Hit

ROUTE = (
    "direction",
    "channel",
    "transport_mode",
    "control_point",
    "departure",
    "destination",
)


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required("cases.open")
def new(request: OfficerRequest) -> HttpResponse:
    """Open a case: on the goods of a hit where the address names one, else by hand."""
    number = request.GET.get("hit", "")
    if number:
        return _from_hit(request, hit_get(number=number, visible_to=request.officer))
    return _by_hand(request)


def _from_hit(request: OfficerRequest, hit: Hit) -> HttpResponse:
    form = HitCaseForm(request.officer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = case_open_from_hit(hit=hit, by=request.officer, **form.cleaned_data)
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            return _opened(request, case)
    goods, details = goods_from_hit(hit), details_from_hit(hit, "")
    context = {"form": form, "hit": hit, "goods": goods, "details": details}
    status = 422 if form.errors else 200
    return render(request, "cases/new_from_hit.html", context, status=status)


def _by_hand(request: OfficerRequest) -> HttpResponse:
    offices = list(office_list())
    if request.method != "POST" or asked_to_grow(request.POST):
        return _form_page(request, *_fresh(request, offices))
    form = CaseForm(request.officer, offices, request.POST)
    goods = GoodsRows(request.POST, form_kwargs={"administration": request.officer.administration})
    parties = PartyRows(request.POST)
    if all([form.is_valid(), goods.is_valid(), parties.is_valid()]):
        try:
            case = _open(request, form.cleaned_data, goods, parties, offices)
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            return _opened(request, case)
    return _form_page(request, form, goods, parties, status=422)


def _fresh(request: OfficerRequest, offices: list[Office]) -> tuple[Any, Any, Any]:
    """Return the forms empty, or as they were typed with the row more that was asked for."""
    data: QueryDict = request.POST
    administration = {"administration": request.officer.administration}
    if not data:
        return (
            CaseForm(request.officer, offices),
            GoodsRows(form_kwargs=administration),
            PartyRows(),
        )
    return (
        CaseForm(request.officer, offices, initial=data.dict()),
        GoodsRows(initial=GoodsRows.grown(data), form_kwargs=administration),
        PartyRows(initial=PartyRows.grown(data)),
    )


def _open(
    request: OfficerRequest, said: dict[str, Any], goods: Any, parties: Any, offices: list[Office]
) -> Case:
    details = CaseDetails(
        **{name: said[name] for name in ROUTE},
        parties=[each.party() for each in parties if each.has_changed()],
    )
    return case_open(
        by=request.officer,
        office=next(office for office in offices if office.code == said["office"]),
        procedure_code=said["procedure_code"],
        opened_on=said["opened_on"],
        title=said["title"],
        goods=[each.goods() for each in goods if each.has_changed()],
        details=details,
    )


def _form_page(
    request: OfficerRequest, form: Any, goods: Any, parties: Any, status: int = 200
) -> HttpResponse:
    context = {"form": form, "goods": goods, "parties": parties}
    return render(request, "cases/new.html", context, status=status)


def _opened(request: OfficerRequest, case: Case) -> HttpResponse:
    messages.success(request, gettext("Case %(number)s is open.") % {"number": case.number})
    return redirect("cases:detail", case.number)
