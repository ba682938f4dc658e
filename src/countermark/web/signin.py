"""How officers sign in: accounts are made by the administrator, never by signing up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Closes sign-up; everything else is the library's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: an officer is created by the administration."""
        return False
