"""One act on many files: shown with their number first, done to exactly those or to none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from countermark.apps.accounts.selectors import home_administration
from countermark.apps.register.selectors import (
    recordation_acts,
    recordation_found,
    recordation_list,
    recordations_digest,
    right_list,
)
from countermark.apps.register.services.exports import rights_export
from countermark.domain.errors import Conflict, InvalidInput, NotFound, Refusal
from countermark.lawbook import recordation_rules
from countermark.web.cases.legal import named
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.refusals import sentence
from countermark.workflows.recordings import recordations_do

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Officer
    from countermark.apps.register.models import Recordation

MOST = 1000
SHOWN = 50
EXPORT = "export"


def bulk_acts(officer: Officer) -> list[tuple[str, object]]:
    """Return the acts that an officer may do to many files at once, with their names."""
    acts: list[tuple[str, object]] = []
    if officer.may("rights.examine"):
        procedure = recordation_rules(home_administration().law).procedure
        acts += [(a.code, named(a.names)) for a in procedure.acts if officer.role in a.who]
    if officer.may("rights.export"):
        acts.append((EXPORT, _("Export as CSV")))
    return acts


@require_POST
@officer_required("rights.read")
def confirm(request: OfficerRequest) -> HttpResponse:
    """Show how many files an act would be done to, which ones, and which it is not open to."""
    act = request.POST.get("act", "")
    names = dict(bulk_acts(request.officer))
    if act not in names:
        raise NotFound("act-unknown", act=act[:40])
    rows = _selected(request)
    able, unable = _divided(rows, act, request.officer)
    context = {
        "act": act,
        "act_name": names[act],
        "able": able,
        "able_shown": able[:SHOWN],
        "unable": unable[:SHOWN],
        "unable_count": len(unable),
        "digest": recordations_digest(able),
        "reason_needed": act != EXPORT,
    }
    return render(request, "rights/bulk.html", context)


@require_POST
@officer_required("rights.read")
def do(request: OfficerRequest) -> HttpResponseBase:
    """Do the act to exactly the files that were shown, or to none and say why."""
    act, digest = request.POST.get("act", ""), request.POST.get("digest", "")
    rows = _by_keys(request, request.POST.getlist("pk"))
    try:
        if act == EXPORT:
            return _export(request.officer, rows, digest)
        done = recordations_do(
            by=request.officer,
            recordations=rows,
            act=act,
            digest=digest,
            note=request.POST.get("note", ""),
        )
    except Refusal as refusal:
        context = {"message": sentence(refusal), "count": len(rows)}
        return render(request, "rights/bulk_done.html", context, status=409)
    name = dict(bulk_acts(request.officer))[act]
    return render(request, "rights/bulk_done.html", {"count": len(done), "act_name": name})


def _export(officer: Officer, rows: Sequence[Recordation], digest: str) -> HttpResponseBase:
    if recordations_digest(rows) != digest:
        raise Conflict("selection-changed")
    keys = [row.right_id for row in rows if row.right_id]
    written = rights_export(
        by=officer, rights=right_list(visible_to=officer).filter(pk__in=keys), file_format="csv"
    )
    response = FileResponse(written.file, as_attachment=True, filename=written.filename)
    response["Content-Type"] = "text/csv; charset=utf-8"
    return response


def _selected(request: OfficerRequest) -> list[Recordation]:
    """Return the files that were ticked, or all that the list showed where that was asked for."""
    said = request.POST
    if said.get("all"):
        found = recordation_found(
            visible_to=request.officer,
            show=said.get("show", ""),
            on=timezone.localdate(),
            right_type=said.get("type", ""),
            query=said.get("q", "")[:200],
        )
        rows = list(found[: MOST + 1])
    else:
        rows = _by_keys(request, said.getlist("pk"))
    if not rows:
        raise InvalidInput("nothing-selected", field="pk")
    if len(rows) > MOST:
        raise InvalidInput("too-many-rows", field="pk", limit=MOST)
    return rows


def _by_keys(request: OfficerRequest, keys: Sequence[str]) -> list[Recordation]:
    wanted = [int(key) for key in keys[: MOST + 1] if key.isascii() and key.isdigit()]
    rows = recordation_list(visible_to=request.officer).filter(pk__in=wanted)
    return list(rows.order_by("pk"))


def _divided(
    rows: Sequence[Recordation], act: str, officer: Officer
) -> tuple[list[Recordation], list[tuple[Recordation, str]]]:
    """Return the files an act is open to, and the others with what stands against it."""
    if act == EXPORT:
        return [row for row in rows if row.right_id], [
            (row, str(_("Not recorded yet."))) for row in rows if not row.right_id
        ]
    able, unable = [], []
    today = timezone.localdate()
    for row in rows:
        acts = {each.act.code: each for each in recordation_acts(row, of=officer, on=today)}
        if act not in acts:
            unable.append((row, str(_("Not open in its present state."))))
        elif refusal := acts[act].refusal:
            unable.append((row, sentence(refusal)))
        else:
            able.append(row)
    return able, unable
