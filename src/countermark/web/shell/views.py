"""Small pages and acts of the shell: where to start, and the officer's own preferences."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from countermark.apps.accounts.services import officer_shortcuts_set
from countermark.web.http import OfficerRequest
from countermark.web.shell.rail import first_place


def home(request: HttpRequest) -> HttpResponse:
    """Lead to the first place the officer may read."""
    return redirect(first_place(cast("OfficerRequest", request).user))


@require_POST
def shortcuts(request: HttpRequest) -> HttpResponse:
    """Turn single-key shortcuts on or off and return to the page."""
    officer = cast("OfficerRequest", request).user
    officer_shortcuts_set(officer=officer, on=request.POST.get("on") == "1")
    return redirect(safe_next(request))


def safe_next(request: HttpRequest) -> str:
    """Return the address to go back to, or the start where it is not one of ours."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe else "/"
