"""What if: the terms that an act would start on a day that the officer chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from countermark.apps.cases.selectors import case_get, case_procedure
from countermark.domain.errors import Refusal
from countermark.domain.vocabulary import Verification
from countermark.lawbook import lawbook
from countermark.lawbook.explain import deadlines_explained
from countermark.web import formats
from countermark.web.cases.forms import WhatIfForm
from countermark.web.cases.legal import act_named, named
from countermark.web.errors import put_on_form
from countermark.web.http import OfficerRequest, officer_required

if TYPE_CHECKING:
    from countermark.domain.procedures import Procedure


@require_safe
@officer_required("cases.read")
def what_if(request: OfficerRequest, number: str) -> HttpResponse:
    """Show when the terms of an act would end, counted day by day; nothing is written."""
    case = case_get(number=number, visible_to=request.officer)
    procedure = case_procedure(case)
    acts: list[tuple[str, object]] = [
        (code, act_named(procedure, code)) for code in _starting(procedure)
    ]
    data = request.GET if "act" in request.GET else None
    form = WhatIfForm(data, acts=acts, initial={"on": timezone.localdate()})
    terms = _terms(procedure, form) if form.is_valid() else []
    return render(request, "cases/what_if.html", {"case": case, "form": form, "terms": terms})


def _starting(procedure: Procedure) -> list[str]:
    """Return the acts that start a term, in the order of the law file."""
    started_by = {term.started_by for term in procedure.terms}
    return [act.code for act in procedure.acts if act.code in started_by]


def _terms(procedure: Procedure, form: WhatIfForm) -> list[dict[str, object]]:
    said, language = form.cleaned_data, formats.language()
    try:
        found = deadlines_explained(lawbook(), procedure, said["act"], said["on"])
    except Refusal as refusal:
        put_on_form(form, refusal)
        return []
    return [
        {
            "name": named(each.term.names),
            "due_on": each.deadline.due_on,
            "provisional": each.deadline.provisional,
            "cited": each.cited(lawbook(), language),
            "verification": each.term.verification.value,
            "verified": each.term.verification == Verification.VERIFIED,
            "calendar": named(each.calendar.names),
            "days": each.days,
        }
        for each in found
    ]
