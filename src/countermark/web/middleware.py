"""What every page goes through on its way out."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from countermark.domain.errors import Refusal
from countermark.web.errors import refusal_response


class RefusalMiddleware:
    """Turns a refusal that a page lets through into the page that explains it.

    Pages that hold a form catch refusals themselves and write them beside the field. The API and
    the node's endpoint answer refusals in their own forms before this is reached.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; only exceptions are of interest here."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal with its sentence; anything else is a bug and goes on."""
        if isinstance(exception, Refusal):
            return refusal_response(request, exception)
        return None
