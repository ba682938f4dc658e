"""Filing a right with another administration as well, and where what was sent is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from countermark.apps.accounts.selectors import administration_get, home_administration
from countermark.apps.exchange.selectors import delivery_trace, partner_reachable
from countermark.apps.register.selectors import filing_preview, recordation_get
from countermark.apps.register.services import filing_begin
from countermark.domain.errors import Refusal
from countermark.lawbook import protection, unrecorded
from countermark.web.cases.legal import cited, named
from countermark.web.exchange.words import Step, steps
from countermark.web.http import OfficerRequest
from countermark.web.portal.gate import holder_required
from countermark.web.refusals import sentence
from countermark.workflows.filings import filing_correct, filing_last_sent

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Administration
    from countermark.apps.register.models import Recordation


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where the applicant's last act on a file is that another administration keeps."""

    steps: list[Step]
    refused: bool


def delivery_of(recordation: Recordation) -> Delivery | None:
    """Return the way of what was sent last, in sentences; None where nothing was."""
    sent = filing_last_sent(recordation)
    if sent is None:
        return None
    way = steps(delivery_trace(sent), recordation.administration.short)
    return Delivery(way, refused=sent.state in {"refused", "skipped"})


@holder_required
def elsewhere(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show what would be carried over and what is still needed; begin the file on demand.

    Raises:
        NotFound: There is no such file or administration, or the file is another holder's.
    """
    recordation = recordation_get(pk=pk, visible_to=request.officer)
    asked = request.POST if request.method == "POST" else request.GET
    other = administration_get(code=asked.get("administration", ""))
    message = ""
    if request.method == "POST":
        try:
            made = filing_begin(by=request.officer, recordation=recordation, administration=other)
            return redirect("portal:check", made.pk)
        except Refusal as refusal:
            message = sentence(refusal)
    context = _context(recordation, other) | {"message": message}
    return render(request, "portal/elsewhere.html", context, status=409 if message else 200)


@require_POST
@holder_required
def correct(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take a file back that the other administration did not take in, to be corrected."""
    recordation = recordation_get(pk=pk, visible_to=request.officer)
    filing_correct(by=request.officer, recordation=recordation)
    return redirect("portal:file", pk)


def _context(recordation: Recordation, other: Administration) -> dict[str, object]:
    reason = unrecorded(other.law, recordation.right_type)
    found = None
    if protection(other.law, recordation.right_type) is not None:
        found = filing_preview(recordation, law=other.law)
    today = recordation.created_at.date()
    return {
        "file": recordation,
        "other": other,
        "found": found,
        "carried": [named(need.names) for need in found.met] if found else [],
        "needed": [(named(need.names), cited(need.source, today)) for need in found.lacking]
        if found
        else [],
        "facts": [named(fact.names) for fact in found.facts] if found else [],
        "reason": named(reason.reason) if reason else "",
        "source": cited(reason.source, today) if reason else "",
        "connected": other.pk == home_administration().pk or partner_reachable(other),
    }
