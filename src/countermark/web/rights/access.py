"""Who asks to speak for a right holder: look at the proof, admit or refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from countermark.apps.register.selectors import access_get, access_list, holder_list
from countermark.apps.register.services import access_approve, access_end, access_refuse
from countermark.domain.errors import InvalidInput, Refusal
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.refusals import sentence

if TYPE_CHECKING:
    from countermark.apps.register.models import HolderAccess

PAGE_SIZE = 25
MOST_HOLDERS = 20


@officer_required("rights.examine")
def accesses(request: OfficerRequest) -> HttpResponse:
    """List those who asked; open wishes first."""
    rows = access_list(visible_to=request.officer).order_by("decided_at", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "rights/accesses.html", {"page": page})


@officer_required("rights.examine")
def access(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show one wish with its proof and the holders of the register that it may mean."""
    return _access(request, pk)


@require_POST
@officer_required("rights.examine")
def settle(request: OfficerRequest, pk: int) -> HttpResponse:
    """Admit an account, refuse it, or end its access."""
    row = access_get(pk=pk, visible_to=request.officer)
    said = request.POST
    try:
        _settle(request, row, said.get("act", ""), said.get("reason", ""))
    except Refusal as refusal:
        return _access(request, pk, message=sentence(refusal))
    return redirect("rights:accesses")


def _settle(request: OfficerRequest, row: HolderAccess, act: str, reason: str) -> None:
    if act == "approve":
        chosen = request.POST.get("holder", "")
        holders = holder_list(visible_to=request.officer)
        holder = holders.filter(pk=int(chosen)).first() if chosen.isdigit() else None
        access_approve(by=request.officer, access=row, holder=holder)
    elif act == "refuse":
        access_refuse(by=request.officer, access=row, reason=reason)
    elif act == "end":
        access_end(by=request.officer, access=row, reason=reason)
    else:
        raise InvalidInput("code-unknown", field="act", value=act[:40])


def _access(request: OfficerRequest, pk: int, message: str = "") -> HttpResponse:
    row = access_get(pk=pk, visible_to=request.officer)
    name = str(row.claimed.get("name", ""))
    context = {
        "access": row,
        "papers": row.documents.filter(removed_at__isnull=True),
        "holders": holder_list(visible_to=request.officer, query=name)[:MOST_HOLDERS],
        "message": message,
    }
    return render(request, "rights/access.html", context, status=409 if message else 200)
