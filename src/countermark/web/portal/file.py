"""A file of one right: where it stands, what is missing, what was asked, and what one may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from countermark.apps.register.completeness import completeness
from countermark.apps.register.selectors import change_deadline, recordation_get
from countermark.apps.register.selectors.mine import recordable_elsewhere
from countermark.domain.errors import NotFound, Refusal
from countermark.lawbook import recordation_rules
from countermark.web.cases.legal import named
from countermark.web.http import OfficerRequest
from countermark.web.portal.elsewhere import delivery_of
from countermark.web.portal.gate import holder_required
from countermark.web.portal.present import (
    HolderAct,
    Kind,
    Stage,
    acts_of,
    answers_of,
    raises_of,
    said_last,
    stage_of,
    tasks_of,
)
from countermark.web.refusals import sentence
from countermark.web.rights.present import clock_of
from countermark.workflows.recordings import recordation_do

if TYPE_CHECKING:
    from countermark.apps.register.models import Recordation

OPEN = (Stage.DRAFT, Stage.ASKED)


@holder_required
def file(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show one file; while it may be written, as a list of what there is to do."""
    recordation = recordation_get(pk=pk, visible_to=request.officer)
    today, law = timezone.localdate(), recordation.administration.law
    stage, found = stage_of(recordation), completeness(recordation)
    context = shared(recordation) | {
        "stage": stage,
        "open": stage in OPEN,
        "said": said_last(recordation),
        "found": found,
        "tasks": tasks_of(recordation, found),
        "raises": raises_of(recordation, found),
        "answers": answers_of(recordation),
        "clock": clock_of(recordation, today),
        "acts": acts_of(recordation, of=request.officer, today=today),
        "duty": change_deadline(law, changed_on=today) if recordation.in_force else None,
        "delivery": delivery_of(recordation),
        "elsewhere": recordable_elsewhere(recordation) if stage is not Stage.ENDED else [],
    }
    return render(request, "portal/file.html", context)


@holder_required
def act(request: OfficerRequest, pk: int, act: str) -> HttpResponse:
    """Ask for a word where one is needed, and do an act of the law file.

    Raises:
        NotFound: The state knows no such act of a right holder, or it has a page of its own.
    """
    recordation = recordation_get(pk=pk, visible_to=request.officer)
    chosen = act_open(request, recordation, act)
    if chosen.kind is not Kind.PLAIN:
        return redirect(chosen.address)
    note = request.POST.get("note", "")
    if request.method != "POST":
        return _act(request, recordation, chosen)
    try:
        recordation_do(by=request.officer, recordation=recordation, act=act, note=note)
    except Refusal as refusal:
        return _act(request, recordation, chosen, note, sentence(refusal))
    return redirect("portal:home" if chosen.ends else "portal:file", *([] if chosen.ends else [pk]))


def act_open(request: OfficerRequest, recordation: Recordation, code: str) -> HolderAct:
    """Return an act that the account may do to a file as it stands.

    Raises:
        NotFound: The state knows no such act of a right holder.
    """
    acts = acts_of(recordation, of=request.officer, today=timezone.localdate())
    for each in acts:
        if each.code == code:
            return each
    raise NotFound("page-closed")


def shared(recordation: Recordation) -> dict[str, object]:
    """Return what every page of a file shows: the file, and its state as the law calls it."""
    rules = recordation_rules(recordation.administration.law)
    return {
        "file": recordation,
        "state": named(rules.procedure.state(recordation.state).names),
    }


def _act(
    request: OfficerRequest,
    recordation: Recordation,
    chosen: HolderAct,
    note: str = "",
    message: str = "",
) -> HttpResponse:
    context = shared(recordation) | {"act": chosen, "note": note, "message": message}
    return render(request, "portal/act.html", context, status=422 if message else 200)
