"""Retro-hunts: ask for one over a chosen period, and watch how far it has come."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from countermark.apps.register.selectors import right_get
from countermark.apps.screening.selectors import hunt_estimate, hunt_get, today_and_back
from countermark.domain.errors import Refusal
from countermark.web.errors import put_on_form
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.rules.forms import HuntForm
from countermark.workflows.watching import retro_hunt_ask


@officer_required("screening.rules")
def ask(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say how many lines a period has, and start the hunt over them when told to."""
    right = right_get(pk=pk, visible_to=request.officer)
    first, last = today_and_back(settings.COUNTERMARK_RETRO_HUNT_DAYS)
    usual = {"first_day": first.isoformat(), "last_day": last.isoformat()}
    form = HuntForm(request.POST or request.GET.dict() or usual)
    estimate = None
    if form.is_valid():
        estimate = hunt_estimate(first=form.period()[0], last=form.period()[1])
        if "start" in request.POST:
            try:
                first, last = form.period()
                run = retro_hunt_ask(right=right, first=first, last=last, by=request.officer)
            except Refusal as refusal:
                put_on_form(form, refusal)
            else:
                return redirect("rules:hunt", run.pk)
    context = {"right": right, "form": form, "estimate": estimate}
    return render(request, "rules/hunt_ask.html", context, status=422 if form.errors else 200)


@officer_required("rights.read")
def detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show how far a retro-hunt has come; htmx asks for that part alone."""
    hunt = hunt_get(pk=pk, visible_to=request.officer)
    moving = hunt.state in {"pending", "running"}
    context = {
        "hunt": hunt,
        "rights": hunt.rights.all()[:20],
        "moving": moving,
        "seconds_left": hunt.seconds_left(timezone.now()),
        "may_read_hits": request.officer.may("hits.read"),
    }
    template = "rules/_hunt.html" if request.htmx else "rules/hunt.html"
    return render(request, template, context)
