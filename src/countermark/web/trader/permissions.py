"""What traders ask for, as officers answer it; what is in force, ended, or offered to partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from countermark.apps.accounts.selectors import administration_get
from countermark.apps.cases.selectors import case_of_hit, trader_link_list
from countermark.apps.register.payloads import offer_of, offer_payload
from countermark.apps.register.selectors import (
    PERMISSION_VIEWS,
    offer_list,
    offer_open_count,
    permission_doubles,
    permission_get,
    permission_list,
)
from countermark.apps.register.services import permission_confirm, permission_refuse
from countermark.apps.screening.selectors import hits_excused_by
from countermark.domain.errors import InvalidInput, Refusal
from countermark.web.cases.present import partners_to_tell
from countermark.web.errors import put_on_form
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.trader.forms import ConfirmForm, ReasonForm
from countermark.workflows.trading import permission_end, permission_share

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import QueryDict

    from countermark.apps.accounts.models import Officer
    from countermark.apps.register.models import Permission

PAGE_SIZE = 25
OFFERS = "offers"


@officer_required("rights.examine")
def permissions(request: OfficerRequest) -> HttpResponse:
    """List what waits for an answer, longest first; or what is in force, ended, offered to us."""
    show = request.GET.get("show", "")
    show = show if show in (*PERMISSION_VIEWS, OFFERS) else PERMISSION_VIEWS[0]
    rows = (
        offer_list(visible_to=request.officer, received=True)
        if show == OFFERS
        else permission_list(visible_to=request.officer, view=show)
    )
    context = {
        "show": show,
        "shows": (*PERMISSION_VIEWS, OFFERS),
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "waiting": permission_list(visible_to=request.officer, view="asked").count(),
        "offered": offer_open_count(visible_to=request.officer),
        "today": timezone.localdate(),
    }
    return render(request, "trader/list.html", context)


@officer_required("rights.examine")
def permission(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show one permission with its proof, whoever else sent the same file, and what it excused."""
    return _page(request, permission_get(pk=pk, visible_to=request.officer))


@require_POST
@officer_required("rights.examine")
def settle(request: OfficerRequest, pk: int) -> HttpResponse:
    """Confirm, refuse or end a permission."""
    row = permission_get(pk=pk, visible_to=request.officer)
    posted = settle_posted(request, row)
    return _page(request, row, **posted) if posted else redirect("trader:permission", pk)


@require_POST
@officer_required("exchange.send")
def share(request: OfficerRequest, pk: int) -> HttpResponse:
    """Offer a permission to a partner, after the page has shown what is sent."""
    row = permission_get(pk=pk, visible_to=request.officer)
    to = administration_get(code=request.POST.get("to", ""))
    permission_share(by=request.officer, permission=row, to=to)
    messages.success(request, gettext("Offered to %(partner)s.") % {"partner": to.short})
    return redirect("trader:permission", pk)


def settle_posted(request: OfficerRequest, row: Permission) -> dict[str, Form]:
    """Do the act on a permission that was posted; return nothing, or its form with the faults.

    Raises:
        InvalidInput: There is no such act.
    """
    act = request.POST.get("act", "")
    form = _settling_form(act, request.POST)
    if form.is_valid():
        try:
            _settle(request.officer, row, act, form)
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            return {}
    return {act: form}


def _settling_form(act: str, said: QueryDict) -> Form:
    forms: dict[str, type[Form]] = {
        "confirm": ConfirmForm,
        "refuse": ReasonForm,
        "revoke": ReasonForm,
    }
    if act not in forms:
        raise InvalidInput("code-unknown", field="act")
    return forms[act](said, prefix=act)


def _settle(by: Officer, row: Permission, act: str, form: Form) -> None:
    said = form.cleaned_data
    if act == "confirm":
        permission_confirm(by=by, permission=row, **said)
    elif act == "refuse":
        permission_refuse(by=by, permission=row, **said)
    else:
        permission_end(by=by, permission=row, **said)


def fresh_forms(row: Permission) -> dict[str, Form]:
    """Return the empty forms of the acts that a permission's state opens."""
    if row.state == "asked":
        last = {"valid_until": row.valid_until}
        return {
            "confirm": ConfirmForm(initial=last, prefix="confirm"),
            "refuse": ReasonForm(prefix="refuse"),
        }
    return {"revoke": ReasonForm(prefix="revoke")} if row.state == "in-force" else {}


def _page(request: OfficerRequest, row: Permission, **posted: Form) -> HttpResponse:
    links = trader_link_list(visible_to=request.officer).filter(permissions=row)
    offers = row.offers.select_related("administration")
    told = {offer.administration_id for offer in offers}
    context = {
        "permission": row,
        "papers": row.documents.filter(removed_at__isnull=True),
        "doubles": permission_doubles(row),
        "held": [(link, case_of_hit(link.hit)) for link in links],
        "excused": hits_excused_by(row, visible_to=request.officer),
        "offers": offers,
        "came": any(offer.received for offer in offers),
        "partners": [
            each for each in partners_to_tell(request.officer) if each.administration_id not in told
        ],
        "content": offer_payload(offer_of(row)),
        "settle_at": reverse("trader:settle", args=[row.pk]),
        "today": timezone.localdate(),
        "forms": fresh_forms(row) | posted,
        "refused": next(iter(posted.values()), None),
    }
    return render(request, "trader/permission.html", context, status=422 if posted else 200)
