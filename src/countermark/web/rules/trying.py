"""Try a line: what screening would say of it now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from countermark.apps.screening.services import line_try
from countermark.domain.errors import Refusal
from countermark.web.errors import put_on_form
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.rules.forms import TryForm
from countermark.web.triage.present import Contribution, whole_points

if TYPE_CHECKING:
    from countermark.apps.screening.services import TriedHit


@dataclass(frozen=True, slots=True)
class Shown:
    """A tried hit with its reasons in whole points; ``largest`` scales their bars."""

    hit: TriedHit
    parts: list[Contribution]
    largest: int


@officer_required("screening.rules")
def try_line(request: OfficerRequest) -> HttpResponse:
    """Show a line's hits with their contributions at once; nothing is written."""
    form = TryForm(request.POST if request.method == "POST" else None)
    trial = None
    if form.is_valid():
        try:
            trial = line_try(line=form.line(), by=request.officer)
        except Refusal as refusal:
            put_on_form(form, refusal)
    context = {
        "form": form,
        "trial": trial,
        "shown": [_shown(hit) for hit in trial.hits] if trial else [],
    }
    return render(request, "rules/try.html", context, status=422 if form.errors else 200)


def _shown(hit: TriedHit) -> Shown:
    found = hit.finding.found
    named = [(part.name, part.points) for part in found.contributions]
    parts = [part for part in whole_points(named, found.score) if part.points]
    return Shown(hit, parts, max((abs(part.points) for part in parts), default=1))
