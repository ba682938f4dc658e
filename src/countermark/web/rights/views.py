"""The register of rights: find a mark, read what protects it, add and change."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from countermark.apps.accounts.selectors import home_administration
from countermark.apps.audit.selectors import audit_trail
from countermark.apps.register.selectors import right_get, right_list
from countermark.apps.register.services import (
    authorised_party_add,
    holder_record,
    right_withdraw,
)
from countermark.apps.screening.selectors import hunt_list
from countermark.domain.errors import Refusal
from countermark.lawbook import right_type, right_types
from countermark.web.cases.legal import named
from countermark.web.errors import put_on_form
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.paging import KeyPaginator
from countermark.web.rights.forms import (
    FACT,
    EditForm,
    NewRightForm,
    PartyForm,
    ReasonForm,
    RecordationForm,
    RightForm,
)
from countermark.workflows.watching import recordation_bring, right_bring, right_change

if TYPE_CHECKING:
    from countermark.apps.register.models import Right

PAGE_SIZE = 25
RIGHT_NAMES = tuple(RightForm.base_fields)
DEFAULT_KIND = "trade-mark"


@officer_required("rights.read")
def rights(request: OfficerRequest) -> HttpResponse:
    """List the rights, narrowed by a search in any script."""
    query = request.GET.get("q", "").strip()[:200]
    found = right_list(visible_to=request.officer, query=query)
    whole = right_list(visible_to=request.officer) if query else None
    context = {
        "query": query,
        "page": KeyPaginator(found, PAGE_SIZE, whole=whole).get_page(request.GET.get("page")),
        "may_edit": request.officer.may("rights.edit"),
        "may_import": request.officer.may("rights.import"),
        "may_export": request.officer.may("rights.export"),
    }
    return render(request, "rights/list.html", context)


@officer_required("rights.read")
def detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show one right with its recordations, authorised parties and history."""
    return _detail(request, pk)


@officer_required("rights.edit")
def add(request: OfficerRequest) -> HttpResponse:
    """Record a right of a kind with its holder and, where given, its recordation with us."""
    home = home_administration()
    kind = right_type(request.GET.get("kind", DEFAULT_KIND))
    form = NewRightForm(request.POST or None, kind=kind, initial={"jurisdiction": home.law})
    if form.is_valid():
        try:
            with transaction.atomic():
                holder = holder_record(by=request.officer, holder=form.holder())
                right = right_bring(
                    by=request.officer,
                    holder=holder,
                    right=form.right(),
                    recordations=form.recordations(home),
                )
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            return redirect("rights:detail", right.pk)
    kinds = [(each.code, named(each.names)) for each in right_types().values()]
    context = {"form": form, "kinds": sorted(kinds, key=itemgetter(1))}
    return render(request, "rights/form.html", context, status=_status(form))


@officer_required("rights.edit")
def edit(request: OfficerRequest, pk: int) -> HttpResponse:
    """Change a right, unless somebody else changed it since the form was opened."""
    right = right_get(pk=pk, visible_to=request.officer)
    kind = right_type(right.right_type)
    form = EditForm(request.POST or None, kind=kind, initial=_said(right))
    if form.is_valid():
        right.version = form.cleaned_data["version"]
        try:
            right_change(by=request.officer, right=right, change=form.right())
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            return redirect("rights:detail", pk)
    context = {"form": form, "right": right}
    return render(request, "rights/form.html", context, status=_status(form))


def _said(right: Right) -> dict[str, object]:
    """Return what the register has of a right, as the form shows it."""
    classes = {"nice_classes": ", ".join(map(str, right.nice_classes))}
    facts = {f"{FACT}{code}": said for code, said in right.facts.items()}
    fields = {name: getattr(right, name) for name in RIGHT_NAMES}
    return fields | classes | facts | {"version": right.version}


@require_POST
@officer_required("rights.edit")
def withdraw(request: OfficerRequest, pk: int) -> HttpResponse:
    """Withdraw a right with a reason; it is no longer screened for."""
    right = right_get(pk=pk, visible_to=request.officer)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            right_withdraw(by=request.officer, right=right, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            return redirect("rights:detail", pk)
    return _detail(request, pk, reason_form=form)


@require_POST
@officer_required("rights.edit")
def record(request: OfficerRequest, pk: int) -> HttpResponse:
    """Enter a right in our own administration's record."""
    right = right_get(pk=pk, visible_to=request.officer)
    form = RecordationForm(request.POST)
    if form.is_valid():
        try:
            recordation = form.recordation(home_administration())
            recordation_bring(by=request.officer, right=right, recordation=recordation)
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            return redirect("rights:detail", pk)
    return _detail(request, pk, recordation_form=form)


@require_POST
@officer_required("rights.edit")
def authorise(request: OfficerRequest, pk: int) -> HttpResponse:
    """Add somebody whom the holder allows to use the mark."""
    right = right_get(pk=pk, visible_to=request.officer)
    form = PartyForm(request.POST)
    if form.is_valid():
        try:
            authorised_party_add(by=request.officer, right=right, party=form.party())
        except Refusal as refusal:
            put_on_form(form, refusal)
        else:
            return redirect("rights:detail", pk)
    return _detail(request, pk, party_form=form)


def _detail(
    request: OfficerRequest,
    pk: int,
    **forms: ReasonForm | RecordationForm | PartyForm,
) -> HttpResponse:
    """Show a right; a form that was refused is shown open, with what was typed."""
    right = right_get(pk=pk, visible_to=request.officer)
    home = home_administration()
    recordations = list(right.recordations.all())
    context = {
        "right": right,
        "recordations": recordations,
        "recordable": right.state == "in-force"
        and right.jurisdiction == home.law
        and not any(each.state == "in-force" for each in recordations),
        "history": audit_trail(subject=right.reference),
        "hunts": hunt_list(visible_to=request.officer, right=right)[:5],
        "may_hunt": request.officer.may("screening.rules"),
        "may_edit": request.officer.may("rights.edit"),
        "reason_form": ReasonForm(auto_id="withdraw_%s"),
        "recordation_form": RecordationForm(auto_id="record_%s"),
        "party_form": PartyForm(auto_id="party_%s"),
        **forms,
    }
    return render(request, "rights/detail.html", context, status=422 if forms else 200)


def _status(form: RightForm) -> int:
    return 422 if form.errors else 200
