"""What traders ask for on a holder's rights: the holder confirms, refuses or ends it.

The holder reads who asks, for which goods, from when until when, and the proof. Which goods were
held, and whom else they concern, stays with customs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from countermark.apps.register.selectors import (
    PERMISSION_VIEWS,
    permission_get,
    permission_list,
)
from countermark.web.http import OfficerRequest
from countermark.web.portal.gate import holder_required
from countermark.web.trader.permissions import fresh_forms, settle_posted

if TYPE_CHECKING:
    from django.forms import Form

    from countermark.apps.register.models import Permission

PAGE_SIZE = 25


@holder_required
def licences(request: OfficerRequest) -> HttpResponse:
    """List who asks to use the holder's rights; those that wait come first."""
    show = request.GET.get("show", "")
    show = show if show in PERMISSION_VIEWS else PERMISSION_VIEWS[0]
    rows = permission_list(visible_to=request.officer, view=show)
    context = {
        "show": show,
        "shows": PERMISSION_VIEWS,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
    }
    return render(request, "portal/licences.html", context)


@holder_required
@require_http_methods(["GET", "HEAD", "POST"])
def licence(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show one request with its proof; a post confirms, refuses or ends it."""
    row = permission_get(pk=pk, visible_to=request.officer)
    if request.method != "POST":
        return _page(request, row)
    posted = settle_posted(request, row)
    return _page(request, row, **posted) if posted else redirect("portal:licence", pk)


def _page(request: OfficerRequest, row: Permission, **posted: Form) -> HttpResponse:
    context = {
        "permission": row,
        "papers": row.documents.filter(removed_at__isnull=True),
        "today": timezone.localdate(),
        "settle_at": reverse("portal:licence", args=[row.pk]),
        "forms": fresh_forms(row) | posted,
        "refused": next(iter(posted.values()), None),
    }
    return render(request, "portal/licence.html", context, status=422 if posted else 200)
