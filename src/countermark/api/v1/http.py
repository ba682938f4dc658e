"""The request of a signed-in officer, and a schema that calls a problem document a problem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.security import SessionAuth

from countermark.domain.errors import NotPermitted

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Officer

PROBLEM = "application/problem+json"


class OfficerRequest(HttpRequest):
    """A request whose session belongs to an officer; ``auth`` is that officer."""

    auth: Officer


def officer_reading(request: OfficerRequest, act: str) -> Officer:
    """Return the officer who asks.

    Raises:
        NotPermitted: The officer's role does not allow ``act``, whatever is asked for: this tells
            nothing of any object. Single objects out of reach are not found.
    """
    officer = request.auth
    if not officer.may(act):
        raise NotPermitted("not-permitted", act=act, role=officer.role)
    return officer


class ProblemAPI(NinjaAPI):
    """An API whose errors are problem documents (RFC 9457), and whose schema says so."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the OpenAPI document with the media type of every error set right."""
        schema = super().get_openapi_schema(**options)
        for path in schema["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400:
                        response["content"] = {PROBLEM: response["content"].pop("application/json")}
        return schema


session = SessionAuth()
