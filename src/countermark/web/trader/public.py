"""The trader's pages: a link and the declaration's number open them; there is no account.

The link's secret stands in the address, so that pages are not stored, not indexed and send no
referrer elsewhere. That the number was written is remembered in the session, for half an hour.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from http import HTTPStatus
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from countermark.apps.cases.services import trader_ask, trader_link_enter, trader_link_view
from countermark.domain.errors import ActNotOpen, NotFound, NotPermitted, Refusal
from countermark.web.errors import put_on_form
from countermark.web.refusals import sentence
from countermark.web.trader.explain import explanation
from countermark.web.trader.forms import LicenceForm, NumberForm

OPEN_FOR: Final = timedelta(minutes=30)
Page = Callable[[HttpRequest, str], HttpResponse]


def _hidden(page: Page) -> Page:
    """Answer without an account, keep the page out of caches and search, explain what is gone."""

    @login_not_required
    @never_cache
    @wraps(page)
    def shown(request: HttpRequest, token: str) -> HttpResponse:
        try:
            answer = page(request, token)
        except NotFound as refusal:
            answer = _said(request, refusal, HTTPStatus.NOT_FOUND)
        except ActNotOpen as refusal:
            answer = _said(request, refusal, HTTPStatus.TOO_MANY_REQUESTS)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return shown


@_hidden
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the declaration's number, then show why the goods are held and what can be done."""
    if request.method == "POST":
        return _enter(request, token)
    if not _is_open(request, token):
        return render(request, "trader/door.html", {"form": NumberForm()})
    return _page(request, token, LicenceForm(initial={"valid_from": timezone.localdate()}))


@_hidden
@require_POST
def licence(request: HttpRequest, token: str) -> HttpResponse:
    """Take in a licence with what the trader says about it."""
    if not _is_open(request, token):
        return redirect("trader:page", token)
    form = LicenceForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            trader_ask(token=token, asked=form.asked(), proof=form.document())
        except NotFound:
            raise
        except Refusal as refusal:
            _put(form, refusal)
        else:
            messages.success(request, gettext("We have it. The answer appears on this page."))
            return redirect("trader:page", token)
    return _page(request, token, form)


def _enter(request: HttpRequest, token: str) -> HttpResponse:
    form = NumberForm(request.POST)
    if form.is_valid():
        try:
            link = trader_link_enter(token=token, number=form.cleaned_data["number"])
        except NotPermitted as refusal:
            form.add_error("number", sentence(refusal))
        else:
            request.session.cycle_key()
            request.session[_key(token)] = timezone.now().isoformat()
            return redirect("trader:page", link.name + token[len(link.name) :])
    return render(request, "trader/door.html", {"form": form}, status=422)


def _page(request: HttpRequest, token: str, form: LicenceForm) -> HttpResponse:
    link = trader_link_view(token=token)
    request.session[_key(token)] = timezone.now().isoformat()
    asked = list(link.permissions.order_by("-asked_at", "-pk").prefetch_related("documents"))
    waits = any(each.state == "asked" for each in asked)
    context = {
        "token": token,
        "link": link,
        "told": explanation(link),
        "asked": asked,
        "today": timezone.localdate(),
        "form": None if waits else form,
    }
    return render(request, "trader/page.html", context, status=422 if form.errors else 200)


def _is_open(request: HttpRequest, token: str) -> bool:
    since = request.session.get(_key(token), "")
    return bool(since) and timezone.now() - datetime.fromisoformat(since) < OPEN_FOR


def _key(token: str) -> str:
    """Return where the session remembers a link; its secret is no part of it."""
    return f"trader-{token[:12]}"


def _put(form: LicenceForm, refusal: Refusal) -> None:
    if refusal.params.get("field") == "file":
        form.add_error("proof", sentence(refusal))
        return
    put_on_form(form, refusal)


def _said(request: HttpRequest, refusal: Refusal, status: HTTPStatus) -> HttpResponse:
    return render(request, "trader/gone.html", {"sentence": sentence(refusal)}, status=status)
