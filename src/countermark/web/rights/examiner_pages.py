"""Pages of one examiner that officers and right holders share; each area adds its own gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from countermark.apps.accounts.selectors import office_list
from countermark.apps.register.selectors import examiner_get, guide_rights
from countermark.apps.register.services import examiner_end, examiner_record, examiner_revise
from countermark.domain.errors import Refusal
from countermark.web.errors import put_on_form
from countermark.web.refusals import sentence
from countermark.web.rights.examiner_forms import (
    ExaminerForm,
    absence_formset,
    examiner_initial,
    examiner_input,
    training_formset,
)
from countermark.web.rights.guide_pages import FRAMES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from countermark.apps.register.models import Examiner, RightHolder
    from countermark.apps.register.services import ExaminerInput
    from countermark.web.http import OfficerRequest


def new_page(request: OfficerRequest, holders: Sequence[RightHolder], area: str) -> HttpResponse:
    """Enter an examiner for one of some holders."""
    return _page(request, holders, area, None)


def change_page(request: OfficerRequest, pk: int, area: str) -> HttpResponse:
    """Change an examiner, unless somebody else did so since the page was opened."""
    examiner = examiner_get(pk=pk, visible_to=request.officer)
    return _page(request, [examiner.holder], area, examiner)


def end_page(request: OfficerRequest, pk: int, area: str) -> HttpResponse:
    """Note that an examiner no longer acts."""
    examiner_end(by=request.officer, examiner=examiner_get(pk=pk, visible_to=request.officer))
    return redirect(f"{area}:examiners")


def _page(
    request: OfficerRequest,
    holders: Sequence[RightHolder],
    area: str,
    examiner: Examiner | None,
) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = ExaminerForm(
        posted,
        initial=examiner_initial(examiner) if examiner else None,
        holders=holders,
        offices=office_list(),
        rights=guide_rights(visible_to=request.officer).filter(holder__in=holders)[:200],
    )
    trainings = training_formset(examiner, posted)
    absences = absence_formset(examiner, posted)
    message = ""
    if posted is not None and all(
        [form.is_valid(), trainings.is_valid(), absences.is_valid()]  # Each says what is wrong.
    ):
        given = examiner_input(form, trainings, absences)
        try:
            _save(request, holders, examiner, form.cleaned_data, given)
        except Refusal as refusal:
            put_on_form(form, refusal)
            message = sentence(refusal)
        else:
            return redirect(f"{area}:examiners")
    context = {
        "frame": FRAMES[area],
        "area": area,
        "examiner": examiner,
        "form": form,
        "trainings": trainings,
        "absences": absences,
        "message": message,
        "may_write": request.officer.may("rights.edit") or request.officer.may("portal.use"),
    }
    return render(request, "rights/examiner.html", context, status=422 if posted else 200)


def _save(
    request: OfficerRequest,
    holders: Sequence[RightHolder],
    examiner: Examiner | None,
    said: Mapping[str, Any],
    given: ExaminerInput,
) -> None:
    if examiner:
        version = said["version"] or 0
        examiner_revise(by=request.officer, examiner=examiner, version=version, given=given)
    else:
        holder = next(each for each in holders if str(each.pk) == said["holder"])
        examiner_record(by=request.officer, holder=holder, given=given)
