"""For whom an account speaks: asking for it, the power of attorney, and how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from countermark.apps.register.inputs import HolderInput
from countermark.apps.register.selectors import access_get, access_list
from countermark.apps.register.services import access_ask
from countermark.apps.register.services.access import POWER_OF_ATTORNEY
from countermark.domain.errors import Refusal
from countermark.web.errors import put_on_form
from countermark.web.http import OfficerRequest
from countermark.web.labels_register import HOLDER_FIELDS
from countermark.web.portal.gate import holder_required
from countermark.web.portal.topic_forms import CountryField
from countermark.web.portal.uploads import LIMIT, PAPERS, access_paper_take
from countermark.web.refusals import sentence
from countermark.web.rights.forms import DateField

if TYPE_CHECKING:
    from countermark.apps.register.models import HolderAccess

OWNER, AGENT = "owner", "agent"


class AskForm(forms.Form):
    """The right holder for whom the account is to speak, as it describes him."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("Name of the right holder"),
        max_length=200,
        help_text=_("As it stands on the certificate of registration."),
        error_messages={"required": _("Write the name of the right holder.")},
    )
    name_zh_hant = forms.CharField(
        label=HOLDER_FIELDS["name_zh_hant"], max_length=200, required=False
    )
    name_zh_hans = forms.CharField(
        label=HOLDER_FIELDS["name_zh_hans"], max_length=200, required=False
    )
    country = CountryField(
        label=_("Country or region of the right holder"),
        error_messages={"required": _("Write the country or region.")},
    )
    address = forms.CharField(
        label=_("Registered address of the right holder"),
        max_length=300,
        error_messages={"required": _("Write the address.")},
    )
    email = forms.EmailField(label=HOLDER_FIELDS["email"], max_length=254, required=False)
    phone = forms.CharField(label=HOLDER_FIELDS["phone"], max_length=60, required=False)
    file = forms.FileField(
        label=_("Proof"), widget=forms.FileInput(attrs={"accept": PAPERS}), required=False
    )
    valid_until = DateField(label=_("Power of attorney until"), required=False)

    def __init__(self, *args: Any, capacity: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = self.fields["file"]
        file.help_text = _("PDF or picture, at most %(limit)s MB.") % {"limit": LIMIT}
        if capacity == AGENT:
            file.label, file.required = _("Power of attorney"), True
            file.error_messages["required"] = _("Choose the power of attorney.")
            self.fields["valid_until"].required = True
        else:
            del self.fields["valid_until"]
            file.label = _("Extract of the commercial register, or the like")

    def holder(self) -> HolderInput:
        """Return the holder as the register takes it."""
        said = self.cleaned_data
        return HolderInput(**{name: said[name] for name in HolderInput.__dataclass_fields__})


@holder_required
def holders(request: OfficerRequest) -> HttpResponse:
    """List for whom the account speaks or has asked to speak, and how each stands."""
    rows = access_list(visible_to=request.officer)
    context = {"accesses": rows, "today": timezone.localdate()}
    return render(request, "portal/holders.html", context)


@holder_required
def ask(request: OfficerRequest) -> HttpResponse:
    """Ask first in what capacity, then for whom; keep the wish with its proof."""
    said = request.POST if request.method == "POST" else request.GET
    capacity = said.get("as", "")
    if capacity not in (OWNER, AGENT):
        tried = "step" in said
        context = {"tried": tried, "nothing": gettext("Choose one."), "first": "id_as_0"}
        return render(request, "portal/holder_capacity.html", context, status=422 if tried else 200)
    form = AskForm(request.POST or None, request.FILES or None, capacity=capacity)
    if request.method == "POST" and form.is_valid():
        try:
            access = _asked(request, form, capacity)
            return redirect("portal:holder", access.pk)
        except Refusal as refusal:
            put_on_form(form, refusal)
    context = {"form": form, "capacity": capacity}
    return render(request, "portal/holder_ask.html", context, status=422 if form.errors else 200)


@holder_required
def holder(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show one wish: how it stands, what was said, its papers; take one more paper."""
    access = access_get(pk=pk, visible_to=request.officer)
    message = ""
    if request.method == "POST":
        try:
            access_paper_take(request, access, POWER_OF_ATTORNEY)
            return redirect("portal:holder", pk)
        except Refusal as refusal:
            message = sentence(refusal)
    context = {
        "access": access,
        "papers": access.documents.filter(removed_at__isnull=True),
        "message": message,
        "accept": PAPERS,
        "limit": LIMIT,
    }
    return render(request, "portal/holder.html", context, status=422 if message else 200)


@transaction.atomic
def _asked(request: OfficerRequest, form: AskForm, capacity: str) -> HolderAccess:
    """Keep the wish and its paper, or neither."""
    access = access_ask(
        by=request.officer,
        holder=form.holder(),
        capacity=capacity,
        valid_until=form.cleaned_data.get("valid_until"),
    )
    access_paper_take(request, access, POWER_OF_ATTORNEY)
    return access
