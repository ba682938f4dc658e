"""Joint figures of a period or an operation: as a page, for print, as JSON and as CSV."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from countermark.apps.accounts.selectors import administration_get
from countermark.apps.operations.selectors import operation_get, operation_list
from countermark.apps.reports.documents import figures_csv, figures_json
from countermark.apps.reports.selectors import operation_figures, period_figures
from countermark.domain.errors import InvalidInput, Refusal
from countermark.domain.measures import JointFigures
from countermark.web.cases.present import partners_to_tell
from countermark.web.figures.forms import ConversionForm, PeriodForm, last_twelve_months
from countermark.web.figures.present import page_of
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.refusals import sentence
from countermark.workflows.closing import figures_share

JSON = {"ensure_ascii": False, "indent": 2}


@require_safe
@officer_required("reports.read")
def period(request: OfficerRequest) -> HttpResponse:
    """Show the joint figures of a period, or ask for one."""
    asked = "start" in request.GET or "end" in request.GET
    start, end = last_twelve_months()
    form = PeriodForm(request.GET if asked else None, initial={"start": start, "end": end})
    context = {"form": form, "operations": operation_list(visible_to=request.officer)}
    if not (asked and form.is_valid()):
        return render(request, "figures/ask.html", context, status=400 if asked else 200)
    joint = _period_figures(request, form)
    context |= page_of(joint, request.officer) | _addresses(
        request, reverse("figures:period-export", args=["json"])
    )
    context["partners"] = partners_to_tell(request.officer)
    return render(request, "figures/period.html", context)


@require_POST
@officer_required("exchange.send")
def share(request: OfficerRequest) -> HttpResponse:
    """State our own figures of a period to a partner, signed."""
    asked = PeriodForm(request.POST)
    _require_valid(asked)
    start, end = asked.cleaned_data["start"], asked.cleaned_data["end"]
    to = administration_get(code=request.POST.get("to", ""))
    try:
        figures_share(start=start, end=end, to=to, by=request.officer)
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
    else:
        text = gettext("Our figures are signed and on their way to %(partner)s.")
        messages.success(request, text % {"partner": to.short})
    return redirect(f"{reverse('figures:period')}?{urlencode({'start': start, 'end': end})}")


@require_safe
@officer_required("reports.read")
def period_export(request: OfficerRequest, form: str) -> HttpResponse:
    """Hand out the figures of a period as JSON or CSV: the numbers of the page."""
    asked = PeriodForm(request.GET)
    _require_valid(asked)
    joint = _period_figures(request, asked)
    return _export(joint, form, f"figures-{joint.scope.first}-{joint.scope.last}")


@require_safe
@officer_required("reports.read")
def operation(request: OfficerRequest, code: str) -> HttpResponse:
    """Show the joint figures of an operation."""
    found = operation_get(code=code, visible_to=request.officer)
    form = ConversionForm(request.GET)
    _require_valid(form)
    joint = operation_figures(operation=found, visible_to=request.officer, **form.conversion())
    context = {"operation": found, "form": _shown(joint)} | page_of(joint, request.officer)
    context |= _addresses(request, reverse("figures:operation-export", args=[code, "json"]))
    return render(request, "figures/operation.html", context)


@require_safe
@officer_required("reports.read")
def operation_export(request: OfficerRequest, code: str, form: str) -> HttpResponse:
    """Hand out the figures of an operation as JSON or CSV: the numbers of the page."""
    found = operation_get(code=code, visible_to=request.officer)
    asked = ConversionForm(request.GET)
    _require_valid(asked)
    joint = operation_figures(operation=found, visible_to=request.officer, **asked.conversion())
    return _export(joint, form, f"figures-{code}")


def _period_figures(request: OfficerRequest, form: PeriodForm) -> JointFigures:
    return period_figures(
        start=form.cleaned_data["start"],
        end=form.cleaned_data["end"],
        visible_to=request.officer,
        **form.conversion(),
    )


def _shown(joint: JointFigures) -> ConversionForm:
    """Return the form as it stands for the figures shown, with the defaults that were used."""
    return ConversionForm(initial={"currency": joint.currency, "rate_on": joint.rate_date})


def _require_valid(form: ConversionForm) -> None:
    if not form.is_valid():
        raise InvalidInput("figures-question-malformed", field=next(iter(form.errors)))


def _addresses(request: OfficerRequest, json: str) -> dict[str, str]:
    """Return where the same figures are handed out."""
    asked: QueryDict = request.GET
    query = f"?{urlencode(asked, doseq=True)}" if asked else ""
    return {"json_address": json + query, "csv_address": json.removesuffix("json") + "csv" + query}


def _export(joint: JointFigures, form: str, name: str) -> HttpResponse:
    if form == "json":
        return JsonResponse(figures_json(joint, gettext), json_dumps_params=JSON)
    answer = HttpResponse(figures_csv(joint, gettext), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
