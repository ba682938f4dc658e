"""Files of recordations: what waits to be examined, one file, and the acts on it."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from countermark.apps.register.selectors import (
    change_deadline,
    document_get,
    document_open,
    recordation_found,
    recordation_get,
    recordation_list,
    recordation_queue,
)
from countermark.domain.errors import Refusal
from countermark.lawbook import recordation_rules, right_types
from countermark.web.cases.legal import named
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.paging import KeyPaginator
from countermark.web.refusals import sentence
from countermark.web.rights.bulk import bulk_acts
from countermark.web.rights.present import asked_of, clock_of, doable, facts_of
from countermark.workflows.recordings import recordation_do

PAGE_SIZE = 25
SHOWS = ("waiting", "in-force", "expiring", "ended", "all")


@officer_required("rights.read")
def files(request: OfficerRequest) -> HttpResponse:
    """List the files with our administration; those that wait for it come first."""
    show = request.GET.get("show", "waiting")
    show = show if show in SHOWS else "waiting"
    query = request.GET.get("q", "").strip()[:200]
    chosen = request.GET.get("type", "")
    today = timezone.localdate()
    found = recordation_found(
        visible_to=request.officer, show=show, on=today, right_type=chosen, query=query
    )
    whole = recordation_list(visible_to=request.officer) if query else None
    context = {
        "page": KeyPaginator(found, PAGE_SIZE, whole=whole).get_page(request.GET.get("page")),
        "show": show,
        "shows": SHOWS,
        "query": query,
        "chosen": chosen,
        "types": [(code, named(kind.names)) for code, kind in right_types().items()],
        "waiting": recordation_queue(visible_to=request.officer).count(),
        "acts": bulk_acts(request.officer),
        "today": today,
    }
    return render(request, "rights/files.html", context)


@officer_required("rights.read")
def file(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show one file: what the law asks for, what is there, its papers, clock and history."""
    return _file(request, pk)


@require_POST
@officer_required("rights.examine")
def act(request: OfficerRequest, pk: int) -> HttpResponse:
    """Do one act of the law file, with its reason."""
    recordation = recordation_get(pk=pk, visible_to=request.officer)
    said = request.POST
    try:
        recordation_do(
            by=request.officer,
            recordation=recordation,
            act=said.get("act", ""),
            note=said.get("note", ""),
            detail={"number": said["number"].strip()} if said.get("number") else None,
        )
    except Refusal as refusal:
        return _file(request, pk, message=sentence(refusal), tried=said.get("act", ""))
    return redirect("rights:file", pk)


@officer_required("rights.read")
def document(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """Send one paper or picture; only pictures, which we drew ourselves, are shown in the page."""
    row = document_get(pk=pk, visible_to=request.officer)
    response = FileResponse(
        document_open(row), as_attachment=row.kind != "image", filename=row.filename
    )
    response["Content-Type"] = row.media_type
    response["Cache-Control"] = "private, no-store"
    return response


def _file(request: OfficerRequest, pk: int, message: str = "", tried: str = "") -> HttpResponse:
    recordation = recordation_get(pk=pk, visible_to=request.officer)
    today = timezone.localdate()
    law = recordation.administration.law
    found, topics = asked_of(recordation)
    context = {
        "file": recordation,
        "state": named(recordation_rules(law).procedure.state(recordation.state).names),
        "completeness": found,
        "topics": topics,
        "facts": facts_of(recordation),
        "clock": clock_of(recordation, today),
        "acts": doable(recordation, of=request.officer, today=today)
        if request.officer.may("rights.examine")
        else [],
        "duty": change_deadline(law, changed_on=today),
        "message": message,
        "tried": tried,
        "note": request.POST.get("note", ""),
    }
    return render(request, "rights/file.html", context, status=409 if message else 200)
