"""The addresses of the REST API."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, path

from countermark.api.v1.root import api


def _answering_for_itself(
    patterns: list[URLPattern | URLResolver],
) -> list[URLPattern | URLResolver]:
    """Return the API's addresses taken out of the redirect to the sign-in page.

    The API asks for the session itself and answers 401 with a problem document; only its schema,
    which is the same on every node, is open.
    """
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = login_not_required(pattern.callback)
    return patterns


_patterns, _app, _namespace = api.urls
urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", (_answering_for_itself(_patterns), _app, _namespace))
]
