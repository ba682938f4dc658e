"""What every page shows around its content."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from countermark.apps.accounts.selectors import home_administration
from countermark.domain.errors import NotFound
from countermark.web import formats
from countermark.web.shell.rail import rail

SIGNS = {"en": "EN", "zh-hant": "繁", "zh-hans": "简"}


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the switch, named in itself."""

    code: str
    tag: str
    name: str
    sign: str
    current: bool


def shell(request: HttpRequest) -> dict[str, object]:
    """Return what the shell around every page needs: node, language, officer and rail."""
    user = getattr(request, "user", None)
    officer = user if user is not None and user.is_authenticated else None
    return {
        "home": SimpleLazyObject(_home),
        "demo": settings.COUNTERMARK_DEMO,
        "lang": formats.TAGS[formats.language()],
        "languages": _languages(),
        "officer": officer,
        "signup_open": settings.COUNTERMARK_PORTAL_SIGNUP,
        "mails": settings.COUNTERMARK_MAILS,
        "may_search": officer is not None and officer.may("hits.read"),
        "rail": SimpleLazyObject(lambda: rail(officer, request.path)) if officer else [],
    }


def _home() -> object:
    try:
        return home_administration()
    except NotFound:
        return None


def _languages() -> list[Language]:
    current = formats.language()
    return [
        Language(code, formats.TAGS[code], name, SIGNS[code], code == current)
        for code, name in settings.LANGUAGES
    ]
