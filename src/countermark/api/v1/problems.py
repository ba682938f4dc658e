"""Refusals as problem documents (RFC 9457): a stable code, and what fills its sentence."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from countermark.api.v1.http import PROBLEM
from countermark.domain import errors
from countermark.domain.errors import Refusal

STATUS: dict[type[Refusal], HTTPStatus] = {
    errors.NotPermitted: HTTPStatus.FORBIDDEN,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.InvalidInput: HTTPStatus.UNPROCESSABLE_ENTITY,
}


class FieldError(Schema):
    """One field of a request that could not be read."""

    field: str
    message: str


class Problem(Schema):
    """Why a request was refused. ``code`` is stable; ``params`` fill the sentence it stands for."""

    type: str
    title: str
    status: int
    code: str
    params: dict[str, str] = {}
    errors: list[FieldError] = []


def problem_response(
    status: HTTPStatus,
    code: str,
    params: dict[str, object] | None = None,
    field_errors: list[FieldError] | None = None,
) -> HttpResponse:
    """Return a problem document."""
    problem = Problem(
        type=f"urn:countermark:refusal:{code}",
        title=code.replace("-", " ").capitalize(),
        status=status.value,
        code=code,
        params={name: str(value) for name, value in (params or {}).items()},
        errors=field_errors or [],
    )
    return JsonResponse(problem.model_dump(), status=status, content_type=PROBLEM)


def problems_add(api: NinjaAPI) -> None:
    """Make an API answer refusals, missing sign-in and malformed parameters as problems."""

    @api.exception_handler(Refusal)
    def refused(request: HttpRequest, refusal: Any) -> HttpResponse:
        status = next(
            (status for kind, status in STATUS.items() if isinstance(refusal, kind)),
            HTTPStatus.CONFLICT,
        )
        return problem_response(status, refusal.code, refusal.params)

    @api.exception_handler(AuthenticationError)
    def not_signed_in(request: HttpRequest, error: Any) -> HttpResponse:
        return problem_response(HTTPStatus.UNAUTHORIZED, "not-signed-in")

    @api.exception_handler(HttpError)
    def not_read(request: HttpRequest, error: Any) -> HttpResponse:
        # What the framework refuses before any code of ours: a missing token, a broken body.
        status = HTTPStatus(error.status_code)
        forged = status == HTTPStatus.FORBIDDEN
        return problem_response(status, "token-missing" if forged else "body-malformed")

    @api.exception_handler(ValidationError)
    def malformed(request: HttpRequest, error: Any) -> HttpResponse:
        found = [
            FieldError(field=".".join(map(str, each["loc"][1:])), message=each["msg"])
            for each in error.errors
        ]
        return problem_response(
            HTTPStatus.UNPROCESSABLE_ENTITY, "parameters-malformed", field_errors=found
        )


PROBLEMS = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
"""The answers that every operation may give besides its own."""
