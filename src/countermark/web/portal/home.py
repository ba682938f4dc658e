"""Where a right holder starts, and the second factor that comes before anything else."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpResponse
from django.shortcuts import redirect, render

from countermark.apps.register.selectors import recordation_list
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.portal.gate import holder_required


@holder_required
def home(request: OfficerRequest) -> HttpResponse:
    """List the files of the holders for whom the account speaks."""
    files = recordation_list(visible_to=request.officer).order_by("-pk")
    return render(request, "portal/home.html", {"files": files})


@officer_required("portal.use")
def second_factor(request: OfficerRequest) -> HttpResponse:
    """Say why a second factor is needed and lead to it; on to the start once there is one."""
    if is_mfa_enabled(request.officer):
        return redirect("portal:home")
    return render(request, "portal/second_factor.html")
