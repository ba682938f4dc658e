"""What every page shows around its content."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from countermark.apps.accounts.selectors import home_administration
from countermark.domain.errors import NotFound


def shell(request: HttpRequest) -> dict[str, object]:
    """Return what the shell around every page needs: the node's administration and the mode."""
    try:
        home = home_administration()
    except NotFound:
        home = None
    return {"home": home, "demo": settings.COUNTERMARK_DEMO}
