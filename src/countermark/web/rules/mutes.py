"""Mutes: hold a phrase back after seeing what that would have done, list mutes, lift them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from countermark.apps.register.selectors import right_get
from countermark.apps.screening.selectors import (
    MUTE_VIEWS,
    mute_get,
    mute_list,
    phrase_figures,
)
from countermark.apps.screening.services import mute_add
from countermark.domain.errors import NotFound, Refusal
from countermark.web.errors import put_on_form
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.rules.forms import LiftForm, MuteForm
from countermark.web.rules.marks import PAGE_SIZE, days_of, since_of
from countermark.workflows.watching import mute_end


@officer_required("screening.rules")
def mutes(request: OfficerRequest) -> HttpResponse:
    """List mutes: those in force, expired, lifted, or all."""
    view = request.GET.get("view", "")
    view = view if view in MUTE_VIEWS else MUTE_VIEWS[0]
    query = request.GET.get("q", "").strip()[:200]
    found = mute_list(visible_to=request.officer, view=view, query=query)
    context = {
        "view": view,
        "views": MUTE_VIEWS,
        "query": query,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
    }
    return render(request, "rules/mutes.html", context)


@officer_required("screening.rules")
def add(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show what muting a phrase would have held back, and mute it.

    Raises:
        NotFound: No hit on the mark has the phrase.
    """
    right = right_get(pk=pk, visible_to=request.officer)
    phrase = (request.POST or request.GET).get("phrase", "")[:200]
    days = days_of(request.GET)
    effect = phrase_figures(
        visible_to=request.officer, right=right, since=since_of(days), phrase=phrase
    )
    if effect is None:
        raise NotFound("phrase-unknown")
    form = MuteForm(request.POST or None, initial={"phrase": phrase})
    if form.is_valid():
        try:
            mute = mute_add(right=right, by=request.officer, **form.cleaned_data)
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            return redirect("rules:mute", mute.pk)
    words = (right.word, right.word_zh_hant, right.word_zh_hans)
    own = phrase in {word.casefold() for word in words}
    context = {"right": right, "form": form, "effect": effect, "days": days, "own": own}
    return render(request, "rules/mute.html", context, status=422 if form.errors else 200)


@officer_required("screening.rules")
def detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show one mute and what it holds back; a post lifts it."""
    mute = mute_get(pk=pk, visible_to=request.officer)
    form = LiftForm(request.POST or None)
    if form.is_valid():
        try:
            mute_end(mute=mute, reason=form.cleaned_data["reason"], by=request.officer)
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            return redirect("rules:mute", pk)
    context = {"mute": mute, "form": form, "today": timezone.localdate()}
    return render(request, "rules/mute_detail.html", context, status=422 if form.errors else 200)
