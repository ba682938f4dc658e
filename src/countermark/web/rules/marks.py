"""The rules page: how well each mark is found, which words cause false alarms, what to do."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from countermark.apps.register.selectors import right_get
from countermark.apps.screening.selectors import (
    FEW_FALSE_ALARMS,
    SORTS,
    hunt_list,
    mark_figures,
    mark_list,
    mark_of,
    mute_list,
    noisy_list,
    phrase_list,
)
from countermark.web.http import OfficerRequest, officer_required

PAGE_SIZE = 50
PERIODS = (30, 90, 365)
USUAL_PERIOD = 90


@officer_required("screening.rules")
def marks(request: OfficerRequest) -> HttpResponse:
    """List the marks that have hits, the noisiest named above them."""
    query = request.GET.get("q", "").strip()[:200]
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else next(iter(SORTS))
    days = days_of(request.GET)
    since = since_of(days)
    rows = mark_list(visible_to=request.officer, since=since, query=query, sort=sort)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "query": query,
        "sort": sort,
        "sorts": SORTS,
        "days": days,
        "periods": PERIODS,
        "page": page,
        "rows": mark_figures(list(page), visible_to=request.officer, since=since),
        "noisy": noisy_list(visible_to=request.officer, since=since),
        "few": FEW_FALSE_ALARMS,
    }
    return render(request, "rules/list.html", context)


@officer_required("screening.rules")
def mark(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show which words are taken for one mark, what became of them, its mutes and hunts."""
    right = right_get(pk=pk, visible_to=request.officer)
    days = days_of(request.GET)
    since = since_of(days)
    found = phrase_list(visible_to=request.officer, right=right, since=since)
    mutes = mute_list(visible_to=request.officer, right=right)
    today = timezone.localdate()
    context = {
        "right": right,
        "days": days,
        "periods": PERIODS,
        "figures": mark_of(right=right, visible_to=request.officer, since=since),
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "mutes": mutes,
        "muted": {each.phrase for each in mutes if each.in_force_on(today)},
        "hunts": hunt_list(visible_to=request.officer, right=right)[:5],
        "today": today,
    }
    return render(request, "rules/mark.html", context)


def days_of(address: QueryDict) -> int:
    """Return over how many days an address looks back."""
    text = address.get("days", "")
    days = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else USUAL_PERIOD
    return days if days in PERIODS else USUAL_PERIOD


def since_of(days: int) -> datetime:
    """Return the instant so many days ago."""
    return timezone.now() - timedelta(days=days)
