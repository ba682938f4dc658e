"""Permissions that partners offer: looked at, accepted for a right of ours, or declined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from countermark.apps.accounts.selectors import home_administration
from countermark.apps.register.payloads import offer_read
from countermark.apps.register.selectors import offer_candidates, offer_get, right_get
from countermark.domain.errors import Refusal
from countermark.web.errors import put_on_form
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.trader.forms import AcceptForm, ReasonForm
from countermark.workflows.trading import offer_accept, offer_decline

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import QueryDict

    from countermark.apps.register.models import PermissionOffer


@officer_required("rights.examine")
def offer(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show what a partner offers and which right of ours it may stand for."""
    return _page(request, offer_get(pk=pk, visible_to=request.officer))


@require_POST
@officer_required("exchange.send")
def accept(request: OfficerRequest, pk: int) -> HttpResponse:
    """Accept an offer for a right of ours; it is in force from this second."""
    row = offer_get(pk=pk, visible_to=request.officer)
    form = _accept_form(request, row, request.POST)
    if form.is_valid():
        right = right_get(pk=int(form.cleaned_data["right"]), visible_to=request.officer)
        try:
            done = offer_accept(
                by=request.officer,
                offer=row,
                right=right,
                valid_until=form.cleaned_data["valid_until"],
            )
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            return redirect("trader:permission", done.permission_id)
    return _page(request, row, accept=form)


@require_POST
@officer_required("exchange.send")
def decline(request: OfficerRequest, pk: int) -> HttpResponse:
    """Decline an offer with a reason that goes to the partner."""
    row = offer_get(pk=pk, visible_to=request.officer)
    form = ReasonForm(request.POST, prefix="decline")
    if form.is_valid():
        try:
            offer_decline(by=request.officer, offer=row, **form.cleaned_data)
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            return redirect("trader:offer", pk)
    return _page(request, row, decline=form)


def _accept_form(
    request: OfficerRequest, row: PermissionOffer, said: QueryDict | None = None
) -> AcceptForm:
    offered = offer_read(row.content)
    found = offer_candidates(
        mark=offered.mark, law=home_administration().law, visible_to=request.officer
    )
    words = gettext("%(mark)s, %(number)s, %(holder)s")
    rights = [
        (
            str(each.pk),
            words
            % {
                "mark": each.label,
                "number": each.registration_number,
                "holder": each.holder.name,
            },
        )
        for each in found
    ]
    initial = {"valid_until": offered.valid_until}
    return AcceptForm(said, rights=rights, prefix="accept", initial=initial)


def _page(request: OfficerRequest, row: PermissionOffer, **posted: Form) -> HttpResponse:
    forms: dict[str, Form] = {}
    if row.state == "open" and request.officer.may("exchange.send"):
        forms = {"accept": _accept_form(request, row), "decline": ReasonForm(prefix="decline")}
    context = {
        "offer": row,
        "said": offer_read(row.content),
        "forms": forms | posted,
        "refused": next(iter(posted.values()), None),
        "today": timezone.localdate(),
    }
    return render(request, "trader/offer.html", context, status=422 if posted else 200)
