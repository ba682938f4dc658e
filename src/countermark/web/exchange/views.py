"""Pages of the exchange: what was sent and received, how far it came, and whom we trust."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from countermark.apps.exchange.selectors import (
    delivery_trace,
    exchange_counts,
    inbox_get,
    inbox_list,
    outbox_get,
    outbox_list,
    partner_list,
    wire_reject_list,
)
from countermark.apps.exchange.services import (
    message_replay,
    message_skip,
    pairing_bundle,
    partner_pair,
)
from countermark.domain.errors import Refusal
from countermark.web import labels
from countermark.web.errors import put_on_form
from countermark.web.exchange.forms import PairingForm
from countermark.web.exchange.words import INBOX_KINDS, PARTNER_KINDS, SENT_KINDS, steps, why
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.refusals import sentence
from countermark.workflows.admission import HANDLERS

ROWS = 50


@require_safe
@officer_required("exchange.read")
def home(request: OfficerRequest) -> HttpResponse:
    """Show what was sent, newest first."""
    return _list(request, "sent")


@require_safe
@officer_required("exchange.read")
def received(request: OfficerRequest) -> HttpResponse:
    """Show what came from partners, newest first."""
    return _list(request, "received")


def _list(request: OfficerRequest, box: str) -> HttpResponse:
    rows, states, kinds = {
        "sent": (outbox_list, "sent-state", SENT_KINDS),
        "received": (inbox_list, "inbox-state", INBOX_KINDS),
    }[box]
    state, query = request.GET.get("state", ""), request.GET.get("q", "").strip()
    found = rows(visible_to=request.officer, state=state, query=query)
    context = {
        "box": box,
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "states": labels.choices(states),
        "states_kind": states,
        "kinds": kinds,
        "state": state,
        "query": query,
        "counts": exchange_counts(visible_to=request.officer),
        "partners": partner_list(visible_to=request.officer),
    }
    return render(request, "exchange/list.html", context)


@require_safe
@officer_required("exchange.read")
def sent_message(request: OfficerRequest, message_id: UUID) -> HttpResponse:
    """Show the way of one message that was sent."""
    message = outbox_get(message_id=message_id, visible_to=request.officer)
    trace = delivery_trace(message)
    context = {
        "message": message,
        "trace": trace,
        "steps": steps(trace, message.partner.administration.short),
        "kind": SENT_KINDS.get(message.state, ""),
    }
    return render(request, "exchange/sent.html", context)


@require_safe
@officer_required("exchange.read")
def received_message(request: OfficerRequest, message_id: UUID) -> HttpResponse:
    """Show one message that came, and what became of it."""
    message = inbox_get(message_id=message_id, visible_to=request.officer)
    kind = INBOX_KINDS.get(message.state, "")
    context = {
        "message": message,
        "why": why(message.reason),
        "kind": kind,
        "may_decide": message.state == "quarantined" and request.officer.may("exchange.send"),
    }
    return render(request, "exchange/received.html", context)


@require_POST
@officer_required("exchange.send")
def decide(request: OfficerRequest, message_id: UUID) -> HttpResponse:
    """Try a message that was set aside again, or give it up and say so to its sender."""
    message = inbox_get(message_id=message_id, visible_to=request.officer)
    try:
        if request.POST.get("decision") == "skip":
            decided = message_skip(
                message=message,
                reason="skipped-by-officer",
                handlers=HANDLERS,
                by=request.officer,
            )
        else:
            decided = message_replay(message=message, handlers=HANDLERS, by=request.officer)
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
    else:
        text = gettext("The message stands as: %(state)s.")
        state = labels.label("inbox-state", decided.state)
        messages.info(request, text % {"state": state})
    return redirect("exchange:received-message", message_id)


@require_safe
@officer_required("exchange.read")
def partners(request: OfficerRequest) -> HttpResponse:
    """Show whom this node trusts, and what was turned away at the door."""
    found = list(partner_list(visible_to=request.officer))
    context = {
        "partners": [(each, why(each.last_error)) for each in found],
        "kinds": PARTNER_KINDS,
        "rejects": [
            (each, why(each.reason)) for each in wire_reject_list(visible_to=request.officer)
        ],
    }
    return render(request, "exchange/partners.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required("exchange.pair")
def pairing(request: OfficerRequest) -> HttpResponse:
    """Show our own fingerprint, and confirm the partner's."""
    form = PairingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            partner = partner_pair(
                bundle=form.cleaned_data["bundle"].strip(),
                fingerprint=form.cleaned_data["fingerprint"],
                fingerprint_confirmed_by=request.officer,
            )
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            text = gettext("%(partner)s is verified. Messages can be exchanged now.")
            messages.success(request, text % {"partner": partner.administration.name})
            return redirect("exchange:partners")
    status = 422 if form.errors else 200
    own = pairing_bundle()
    spoken = [own["words"].split("-"), own["digits"].split("-")]
    context = {"form": form, "own": own, "spoken": spoken}
    return render(request, "exchange/pairing.html", context, status=status)
