"""The triage queue: list, evidence, decisions."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import push_url

from countermark.apps.screening.selectors import hit_get
from countermark.apps.screening.services import hit_dispose, hit_undo
from countermark.domain.errors import Refusal
from countermark.web.errors import put_on_form
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.triage.filters import Filters
from countermark.web.triage.forms import DecisionForm
from countermark.web.triage.screen import Screen, hit_or_none, next_hit
from countermark.workflows.capsules import capsule_export


@officer_required("hits.read")
def queue(request: OfficerRequest) -> HttpResponse:
    """Show a view of the queue with its first hit opened beside it."""
    screen = Screen(request.officer, Filters.read(request.GET))
    screen.done = hit_or_none(request.GET.get("done", ""), request.officer)
    return render(request, "triage/queue.html", screen.context())


@officer_required("hits.read")
def hit(request: OfficerRequest, number: str) -> HttpResponse:
    """Show one hit beside the list, or for htmx its panel alone."""
    found = hit_get(number=number, visible_to=request.officer)
    screen = Screen(request.officer, Filters.read(request.GET), hit=found, opened=True)
    if request.htmx.target == "evidence" and not request.htmx.history_restore_request:
        return render(request, "triage/_evidence.html", screen.evidence(found))
    screen.done = hit_or_none(request.GET.get("done", ""), request.officer)
    return render(request, "triage/queue.html", screen.context())


@require_safe
@officer_required("hits.read")
def capsule(request: OfficerRequest, number: str) -> HttpResponse:
    """Hand out a hit as a signed file; that it was handed out is recorded."""
    found = hit_get(number=number, visible_to=request.officer)
    file = capsule_export(hit=found, by=request.officer)
    answer = HttpResponse(file.content, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer


@require_POST
@officer_required("hits.decide")
def decide(request: OfficerRequest, number: str) -> HttpResponse:
    """Decide a hit and open the next one of the list."""
    found = hit_get(number=number, visible_to=request.officer)
    screen = Screen(request.officer, Filters.read(request.GET), hit=found, opened=True)
    form = DecisionForm(request.POST)
    place = _place(screen, number)
    if form.is_valid():
        try:
            hit_dispose(
                hit=found,
                decision=form.cleaned_data["decision"],
                reason=form.cleaned_data["reason"],
                by=request.officer,
                snooze_until=form.snooze_until(),
            )
        except Refusal as refusal:
            put_on_form(form, refusal)
    if form.errors:
        screen.form = form
        template = "triage/_triage.html" if request.htmx else "triage/queue.html"
        return render(request, template, screen.context(), status=422)
    found.refresh_from_db()
    screen.done, screen.hit = found, next_hit(screen, place)
    return _answer(request, screen)


@require_POST
@officer_required("hits.decide")
def undo(request: OfficerRequest, number: str) -> HttpResponse:
    """Take back the officer's last decision about a hit and open it again."""
    found = hit_get(number=number, visible_to=request.officer)
    hit_undo(hit=found, by=request.officer)
    found.refresh_from_db()
    screen = Screen(request.officer, Filters.read(request.GET), hit=found, opened=True)
    return _answer(request, screen)


def _place(screen: Screen, number: str) -> int:
    """Return where a hit stands in the list shown; the first place where it is not in it."""
    numbers = [each.number for each in screen.page().object_list]
    return numbers.index(number) if number in numbers else 0


def _answer(request: OfficerRequest, screen: Screen) -> HttpResponse:
    """Answer with the redrawn screen for htmx, with a redirect to it otherwise."""
    address = reverse("triage:queue")
    if screen.hit:
        address = reverse("triage:hit", args=[screen.hit.number])
    query = screen.filters.address()
    if request.htmx:
        answer = render(request, "triage/_triage.html", screen.context())
        return push_url(answer, f"{address}?{query}" if query else address)
    done = f"done={screen.done.number}" if screen.done else ""
    query = "&".join(filter(None, [query, done]))
    return redirect(f"{address}?{query}" if query else address)
