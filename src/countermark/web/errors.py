"""Pages for what was refused, and refusals written onto the form they belong to."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from countermark.domain import errors
from countermark.domain.errors import Refusal
from countermark.web.refusals import sentence

STATUS: dict[type[Refusal], HTTPStatus] = {
    errors.NotPermitted: HTTPStatus.FORBIDDEN,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.InvalidInput: HTTPStatus.BAD_REQUEST,
    errors.Conflict: HTTPStatus.CONFLICT,
    errors.ActNotOpen: HTTPStatus.CONFLICT,
}


def status_of(refusal: Refusal) -> HTTPStatus:
    """Return the status a refusal answers with; 422 where nothing more exact fits."""
    return STATUS.get(type(refusal), HTTPStatus.UNPROCESSABLE_ENTITY)


def refusal_response(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the page that says why, or for htmx the sentence alone, which ``#flash`` shows."""
    status = status_of(refusal)
    template = "errors/_refusal.html" if getattr(request, "htmx", False) else "errors/refusal.html"
    context = {"sentence": sentence(refusal), "status": status.value, "code": refusal.code}
    return render(request, template, context, status=status)


def put_on_form(form: BaseForm, refusal: Refusal) -> None:
    """Write a refusal beside the field it names, or above the form where it names none."""
    field: Any = refusal.params.get("field")
    form.add_error(field if field in form.fields else None, sentence(refusal))
