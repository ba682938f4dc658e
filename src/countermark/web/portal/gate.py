"""The gate of the right holders' portal: a portal account, with a second factor set up."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect

from countermark.web.http import officer_required

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from countermark.web.http import View


PASSED = "portal-demo-without-second-factor"
"""Set in the session of somebody who looks at a demo; nowhere else does it let anybody in."""


def holder_required(view: View) -> View:
    """Let in accounts of the portal that have set up a second factor; lead the others to it.

    ``request.officer`` is the account. What it may see is the selectors' business
    (``visible_to=request.officer``): another holder's file answers 404.

    Raises:
        NotPermitted: An officer asks; the portal is not an officer's page.
    """

    @officer_required("portal.use")
    @wraps(view)
    def checked(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        looks = settings.COUNTERMARK_DEMO and request.session.get(PASSED)
        if not looks and not is_mfa_enabled(request.officer):
            return redirect("portal:second-factor")
        return view(request, *args, **kwargs)

    return checked
