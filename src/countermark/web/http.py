"""The request of a signed-in officer, and the gate every page of the workbench has."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxDetails

from countermark.domain.errors import NotPermitted

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Officer


class OfficerRequest(HttpRequest):
    """A request whose sender has signed in."""

    officer: Officer
    user: Officer
    htmx: HtmxDetails


View = Callable[..., HttpResponseBase]


def officer_required(act: str) -> Callable[[View], View]:
    """Return a decorator that lets in officers whose role allows ``act``.

    ``LoginRequiredMiddleware`` has turned away everybody who is not signed in before this runs.

    Raises:
        NotPermitted: The role does not allow the act; the error page says so.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.may(act):
                raise NotPermitted("not-permitted", act=act, role=request.user.role)
            request.officer = request.user
            return view(request, *args, **kwargs)

        return checked

    return decorate
