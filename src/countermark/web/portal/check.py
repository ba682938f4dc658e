"""All answers of a file on one page, the declaration, and handing it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from countermark.apps.register.checks import file_problems
from countermark.apps.register.completeness import completeness
from countermark.apps.register.selectors import recordation_get
from countermark.apps.register.selectors.mine import recordable_elsewhere
from countermark.domain.errors import InvalidInput, Refusal
from countermark.web.http import OfficerRequest
from countermark.web.labels import label
from countermark.web.portal.file import shared
from countermark.web.portal.gate import holder_required
from countermark.web.portal.present import (
    Kind,
    Stage,
    acts_of,
    answers_of,
    field_address,
    stage_of,
    tasks_of,
)
from countermark.web.refusals import sentence
from countermark.web.rights.present import clock_of
from countermark.workflows.recordings import recordation_do

if TYPE_CHECKING:
    from countermark.apps.register.models import Recordation
    from countermark.web.portal.present import HolderAct


@holder_required
def check(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show all answers with a way to change each; hand the file in with the declaration."""
    recordation = recordation_get(pk=pk, visible_to=request.officer)
    acts = acts_of(recordation, of=request.officer, today=timezone.localdate())
    chosen = next((act for act in acts if act.kind is Kind.HAND_IN), None)
    if chosen is None:
        return redirect("portal:file", pk)
    if request.method != "POST":
        return _check(request, recordation, chosen, [])
    problems = _undeclared(request)
    if not problems:
        try:
            recordation_do(
                by=request.officer,
                recordation=recordation,
                act=chosen.code,
                note=request.POST.get("note", ""),
            )
            return redirect("portal:filed", pk)
        except Refusal as refusal:
            problems = [("", sentence(refusal))]
    return _check(request, recordation, chosen, problems)


@holder_required
def filed(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say that a file is with customs, what happens next, and where else it could be filed."""
    recordation = recordation_get(pk=pk, visible_to=request.officer)
    if stage_of(recordation) in (Stage.DRAFT, Stage.ENDED):
        return redirect("portal:file", pk)
    context = shared(recordation) | {
        "clock": clock_of(recordation, timezone.localdate()),
        "elsewhere": recordable_elsewhere(recordation),
    }
    return render(request, "portal/filed.html", context)


def _undeclared(request: OfficerRequest) -> list[tuple[str, str]]:
    if request.POST.get("declared") == "yes":
        return []
    return [("#id_declared", _("Declare that what the file says is true."))]


def _check(
    request: OfficerRequest,
    recordation: Recordation,
    chosen: HolderAct,
    problems: list[tuple[str, str]],
) -> HttpResponse:
    """Show the page; what stands against handing the file in comes first, each with its place."""
    against = [*problems, *_against(recordation)]
    context = shared(recordation) | {
        "act": chosen,
        "answers": answers_of(recordation),
        "found": completeness(recordation),
        "asked": stage_of(recordation) is Stage.ASKED,
        "against": against if request.method == "POST" else [],
        "missing": _against(recordation),
        "note": request.POST.get("note", ""),
    }
    return render(request, "portal/check.html", context, status=422 if context["against"] else 200)


def _against(recordation: Recordation) -> list[tuple[str, str]]:
    """Return what stands against handing a file in, each with the page where it is mended."""
    found = []
    for task in tasks_of(recordation, completeness(recordation)):
        address = f"{task.address}?back=check"
        found += [(address, _("%(name)s: this is needed.") % {"name": n}) for n in task.needed]
    for each in file_problems(recordation):
        why = sentence(InvalidInput(each.reason, field=each.field))
        text = _("%(name)s: %(why)s") % {"name": label("right-field", each.field), "why": why}
        found.append((f"{field_address(recordation, each.field)}?back=check", text))
    return found
