"""Links that officers hand to traders: made, shown once, closed."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from countermark.apps.cases.selectors import trader_link_get, trader_of
from countermark.apps.cases.services import trader_link_close, trader_link_make
from countermark.apps.screening.selectors import hit_get
from countermark.domain.errors import Refusal
from countermark.web.errors import put_on_form
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.labels import label
from countermark.web.trader.forms import LinkForm

ROLES = ("consignee", "consignor")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@officer_required("hits.decide")
def make(request: OfficerRequest, number: str) -> HttpResponse:
    """Make a link for a party of a held line, and show it this once."""
    hit = hit_get(number=number, visible_to=request.officer)
    named = [(role, trader_of(hit, role).name) for role in ROLES]
    parties = [(role, f"{label('party-role', role)}: {name}") for role, name in named if name]
    form = LinkForm(request.POST or None, parties=parties, initial={"party_role": "consignee"})
    if form.is_valid():
        try:
            link, token = trader_link_make(by=request.officer, hit=hit, **form.cleaned_data)
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            address = settings.COUNTERMARK_BASE_URL + reverse("trader:page", args=[token])
            context = {"hit": hit, "link": link, "address": address}
            context["party"] = trader_of(hit, link.party_role)
            return render(request, "trader/slip.html", context, status=201)
    context = {"hit": hit, "form": form}
    return render(request, "trader/link.html", context, status=422 if form.errors else 200)


@require_POST
@officer_required("hits.decide")
def close(request: OfficerRequest, pk: int) -> HttpResponse:
    """Close a link at once."""
    link = trader_link_get(pk=pk, visible_to=request.officer)
    trader_link_close(by=request.officer, link=link)
    messages.success(request, gettext("The link is closed."))
    return redirect("triage:hit", link.hit.number)
