"""How officers sign in: accounts are made by the administrator, and every attempt is recorded."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from countermark.apps.audit.services import audit_record
from countermark.domain.errors import NotFound


class AccountAdapter(DefaultAccountAdapter):
    """Closes sign-up and writes sign-ins to the audit log; everything else is the library's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: an officer is created by the administration."""
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Record the sign-in once every step, second factor included, has been passed."""
        audit_record("accounts.officer.signed-in", subject=user.username, by=user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record a failed attempt under the name that was tried, cut to what the log can hold."""
        name = str(credentials.get("username") or "")[:60]
        audit_record("accounts.officer.refused", subject=name, step="password")


def closed(request: HttpRequest) -> HttpResponse:
    """Answer the library's pages for signing up and for lost passwords, which we do not have.

    Raises:
        NotFound: Always; accounts and passwords are the administrator's.
    """
    raise NotFound("page-closed")
