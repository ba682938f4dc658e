"""Report a change to a recordation in force: what has changed, how it reads now, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from countermark.apps.register.selectors import change_deadline, recordation_get
from countermark.apps.register.selectors.filings import content_known
from countermark.domain.errors import NotFound, Refusal
from countermark.lawbook.rights import NeedKind
from countermark.web.http import OfficerRequest
from countermark.web.labels import label
from countermark.web.labels_register import HOLDER_FIELDS
from countermark.web.portal.faults import Fault, faults_of
from countermark.web.portal.file import shared
from countermark.web.portal.gate import holder_required
from countermark.web.portal.present import HolderAct, Kind, acts_of
from countermark.web.portal.rows import FORMS, Rows, rows_changed, rows_sent, rows_shown
from countermark.web.portal.topic_forms import CountryField, TopicForm, needs_of, topics_of
from countermark.web.portal.uploads import Upload, upload_of, upload_take
from countermark.web.refusals import sentence
from countermark.web.rights.forms import DateField
from countermark.workflows.recordings import recordation_do

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from countermark.apps.register.models import Recordation
    from countermark.lawbook import Need

HOLDER = "holder"
"""Stands for the holder among the topics, whether or not the law has a topic of that name."""
FIXED = "registration_number"
WRITTEN = (NeedKind.FIELD, NeedKind.STATEMENT, NeedKind.PARTY, NeedKind.CONTACT)


class ReportForm(forms.Form):
    """When and why it changed."""

    use_required_attribute = False
    changed_on = DateField(label=_("Day of the change"))
    note = forms.CharField(
        label=_("What has changed, and why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what has changed.")},
    )


class HolderForm(forms.Form):
    """The holder as he is from now on; another name or country means another holder."""

    use_required_attribute = False
    name = forms.CharField(label=HOLDER_FIELDS["name"], max_length=200)
    name_zh_hant = forms.CharField(
        label=HOLDER_FIELDS["name_zh_hant"], max_length=200, required=False
    )
    name_zh_hans = forms.CharField(
        label=HOLDER_FIELDS["name_zh_hans"], max_length=200, required=False
    )
    country = CountryField(label=HOLDER_FIELDS["country"])
    address = forms.CharField(label=HOLDER_FIELDS["address"], max_length=300)
    email = forms.EmailField(label=HOLDER_FIELDS["email"], max_length=254, required=False)
    phone = forms.CharField(label=HOLDER_FIELDS["phone"], max_length=60, required=False)


@dataclass(slots=True)
class AmendPage:
    """The form of one report, made of the topics that have changed."""

    chosen: list[str]
    report: ReportForm
    holder: HolderForm | None
    topics: list[tuple[str, TopicForm]]
    rows: list[Rows]
    uploads: list[Upload]

    @property
    def all_forms(self) -> list[forms.Form]:
        """Every plain form of the page, in the order shown."""
        mine = [self.holder] if self.holder else []
        return [*mine, *(form for _name, form in self.topics), self.report]

    @property
    def faults(self) -> list[Fault]:
        """What is wrong on the page, in its order."""
        return faults_of(self.all_forms, self.rows, self.uploads)

    def valid(self) -> bool:
        """Return whether all that was sent can be reported; every part is judged."""
        parts = [form.is_valid() for form in self.all_forms]
        return all([*parts, *(rows.valid(strict=False) for rows in self.rows)])

    def changes(self) -> dict[str, object]:
        """Return the keys of the content that change."""
        changes: dict[str, object] = {rows.key: rows.values() for rows in self.rows}
        for _name, form in self.topics:
            changes |= form.changes()
        if self.holder:
            changes["holder"] = {name: v for name, v in self.holder.cleaned_data.items() if v}
        return changes


@holder_required
def amend(request: OfficerRequest, pk: int) -> HttpResponse:
    """Ask what has changed, then how it reads now; report it.

    Raises:
        NotFound: Nothing can be reported to the file as it stands, or it is another holder's.
    """
    recordation = recordation_get(pk=pk, visible_to=request.officer)
    act = _act(request, recordation)
    recordation.content = content_known(recordation)
    asked = request.POST if request.method == "POST" else request.GET
    chosen = [code for code in _topics(recordation) if code in asked.getlist("topic")]
    if not chosen:
        return _choose(request, recordation, act, tried="step" in asked)
    if request.method != "POST":
        return _form(request, recordation, act, _shown(recordation, chosen))
    do = request.POST.get("do", "")
    if do.startswith(("add-", "drop-")):
        return _form(request, recordation, act, _relaid(recordation, chosen, request.POST, do))
    return _report(request, recordation, act, _sent(recordation, chosen, request.POST))


def _report(
    request: OfficerRequest, recordation: Recordation, act: HolderAct, page: AmendPage
) -> HttpResponse:
    for upload in page.uploads:
        upload_take(request, recordation, upload)
    refused = any(upload.error for upload in page.uploads)
    if not page.valid() or refused:
        return _form(request, recordation, act, page, status=422)
    said = page.report.cleaned_data
    try:
        recordation_do(
            by=request.officer,
            recordation=recordation,
            act=act.code,
            note=said["note"],
            detail={"changes": page.changes(), "changed_on": said["changed_on"].isoformat()},
        )
    except Refusal as refusal:
        page.report.add_error(None, sentence(refusal))
        return _form(request, recordation, act, page, status=422)
    return redirect("portal:file", recordation.pk)


def _act(request: OfficerRequest, recordation: Recordation) -> HolderAct:
    """Return the act by which a change is reported.

    Raises:
        NotFound: The file stands where none can be reported.
    """
    for act in acts_of(recordation, of=request.officer, today=timezone.localdate()):
        if act.kind is Kind.CHANGE and not act.refusal:
            return act
    raise NotFound("page-closed")


def _topics(recordation: Recordation) -> list[str]:
    """Return the topics in which something is written, and the holder."""
    written = [need.topic for need in needs_of(recordation) if _changeable(need)]
    return [*(code for code in topics_of(recordation) if code in written), HOLDER]


def _changeable(need: Need) -> bool:
    return need.kind in WRITTEN and need.code != FIXED and need.topic != HOLDER


def _choose(
    request: OfficerRequest, recordation: Recordation, act: HolderAct, *, tried: bool
) -> HttpResponse:
    law, today = recordation.administration.law, timezone.localdate()
    context = shared(recordation) | {
        "act": act,
        "topics": [(code, label("recordation-topic", code)) for code in _topics(recordation)],
        "duty": change_deadline(law, changed_on=today),
        "tried": tried,
        "nothing": gettext("Choose at least one."),
        "first": "id_topic_0",
    }
    return render(request, "portal/amend_choose.html", context, status=422 if tried else 200)


def _form(
    request: OfficerRequest,
    recordation: Recordation,
    act: HolderAct,
    page: AmendPage,
    status: int = 200,
) -> HttpResponse:
    context = shared(recordation) | {"act": act, "page": page}
    return render(request, "portal/amend.html", context, status=status)


def _shown(recordation: Recordation, chosen: Sequence[str]) -> AmendPage:
    content = recordation.content
    rows = [rows_shown(need, content.get(key, [])) for need, key in _lists(recordation, chosen)]
    return _made(recordation, chosen, rows)


def _sent(recordation: Recordation, chosen: Sequence[str], data: QueryDict) -> AmendPage:
    rows = [rows_sent(need, data) for need, _key in _lists(recordation, chosen)]
    return _made(recordation, chosen, rows, data=data)


def _relaid(recordation: Recordation, chosen: Sequence[str], data: QueryDict, do: str) -> AmendPage:
    rows = [rows_changed(need, data, do) for need, _key in _lists(recordation, chosen)]
    return _made(recordation, chosen, rows, initial={name: data.get(name, "") for name in data})


def _made(
    recordation: Recordation, chosen: Sequence[str], rows: list[Rows], **given: Any
) -> AmendPage:
    made = []
    for code in chosen:
        if code != HOLDER:
            form = TopicForm(recordation, code, without=FIXED, **given)
            made.append((label("recordation-topic", code), form))
    holder = {name: getattr(recordation.holder, name) for name in HolderForm.base_fields}
    mine = {"initial": holder} | given
    papers = [need for need in needs_of(recordation) if need.kind is NeedKind.DOCUMENT]
    return AmendPage(
        chosen=list(chosen),
        report=ReportForm(**given),
        holder=HolderForm(**mine) if HOLDER in chosen else None,
        topics=made,
        rows=rows,
        uploads=[upload_of(need, recordation) for need in papers],
    )


def _lists(recordation: Recordation, chosen: Sequence[str]) -> list[tuple[Need, str]]:
    needs = [need for need in needs_of(recordation) if need.topic in chosen and _changeable(need)]
    return [(need, FORMS[need.kind][0]) for need in needs if need.kind in FORMS]
