"""A case arranged as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext

from countermark.apps.cases.convert import case_values
from countermark.apps.cases.selectors import acts_open, case_procedure, case_timeline
from countermark.apps.exchange.selectors import outbox_about, partner_list
from countermark.apps.operations.selectors import operation_list
from countermark.web import labels
from countermark.web.cases.forms import ActForm, AttachmentForm, NoteForm
from countermark.web.cases.legal import act_named, cited, counted, named
from countermark.web.cases.linking_page import links_shown
from countermark.web.cases.party_forms import ConveyanceForm, DetailForm, OnePartyForm
from countermark.web.refusals import sentence

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.forms import Form

    from countermark.apps.accounts.models import Officer
    from countermark.apps.cases.models import Case
    from countermark.apps.exchange.models import Partner
    from countermark.apps.operations.models import JointOperation
    from countermark.domain.procedures import Procedure

NEEDS_REASON = "reason-given"
SHOWN_LINKS = 6
OPEN_STATES = ("agreed", "running")


@dataclass(frozen=True, slots=True)
class OfferedAct:
    """An act of the law as the page offers it; ``refusal`` says why it cannot be entered now."""

    code: str
    name: str
    leads_to: str
    cited: str
    verified: bool
    reason_needed: bool
    refusal: str
    form: Form


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline; ``stays`` says whether it is known on this side only."""

    kind: str
    on: date
    at: datetime | None
    title: str
    text: str
    by: str
    stays: bool
    href: str = ""


def case_page(case: Case, officer: Officer, **forms: Form) -> dict[str, object]:
    """Return what the page of a case shows.

    Args:
        case: From a scoped selector.
        officer: Who reads it.
        forms: ``act``, ``note``, ``attachment``, ``party``, ``detail`` or ``conveyance`` as they
            were posted and refused.
    """
    procedure, today = case_procedure(case), timezone.localdate()
    acting = officer.may("cases.act") and case.office.administration_id == _home(officer)
    return {
        "case": case,
        "procedure_name": named(procedure.names),
        "state_name": named(procedure.state(case.state).names),
        "procedure_note": procedure.note,
        "values": case_values(case),
        "deadlines": [counted(each, procedure, today) for each in case.deadlines.all()],
        "acting": acting,
        "acts": _acts(case, procedure, officer, forms.get("act")) if acting else [],
        "events": _events(case, procedure, officer),
        "note_form": forms.get("note") or NoteForm(),
        "attachment_form": forms.get("attachment") or AttachmentForm(),
        "party_form": forms.get("party") or OnePartyForm(prefix="party"),
        "detail_form": forms.get("detail") or DetailForm(case, prefix="detail"),
        "conveyance_form": forms.get("conveyance") or ConveyanceForm(prefix="conveyance"),
        "parties": case.parties.prefetch_related("details"),
        "conveyances": case.conveyances.all(),
        **links_shown(case, officer, most=SHOWN_LINKS),
        "attachments": case.attachments.select_related("by"),
        "hits": [line.hit for line in case.goods.exclude(hit=None).select_related("hit__right")],
        "partners": partners_to_tell(officer),
        "operations": operations_open_to(case, officer),
        "contributions": case.contributions.filter(withdrawn_at=None).select_related("operation"),
    }


def partners_to_tell(officer: Officer) -> list[Partner]:
    """Return the verified partners to whom the officer may send."""
    if not officer.may("exchange.send"):
        return []
    return [each for each in partner_list(visible_to=officer) if each.state == "verified"]


def operations_open_to(case: Case, officer: Officer) -> QuerySet[JointOperation] | list[object]:
    """Return the operations that would count a case and do not yet."""
    if not officer.may("operations.contribute"):
        return []
    taken = case.contributions.filter(withdrawn_at=None).values("operation")
    return (
        operation_list(visible_to=officer)
        .filter(state__in=OPEN_STATES, starts_on__lte=case.opened_on, ends_on__gte=case.opened_on)
        .exclude(pk__in=taken)
    )


def _home(officer: Officer) -> int:
    return officer.office.administration_id


def _acts(
    case: Case, procedure: Procedure, officer: Officer, posted: Form | None
) -> list[OfferedAct]:
    today = timezone.localdate()
    offered = []
    for each in acts_open(case, today, officer):
        act = each.act
        fresh = ActForm(initial={"acted_on": today}, prefix=act.code)
        form = posted if posted is not None and posted.prefix == act.code else fresh
        offered.append(
            OfferedAct(
                code=act.code,
                name=named(act.names),
                leads_to=named(procedure.state(act.to_state).names),
                cited=cited(act.source, today),
                verified=act.verification == "verified",
                reason_needed=NEEDS_REASON in act.needs,
                refusal=sentence(each.refusal) if each.refusal else "",
                form=form,
            )
        )
    return offered


def _events(case: Case, procedure: Procedure, officer: Officer) -> list[Event]:
    """Return what happened, newest first, with the messages that went out about the case."""
    titles = {
        "opened": gettext("Case opened"),
        "note": gettext("Note"),
        "attachment": gettext("File attached"),
    }
    events = [
        Event(
            kind=entry.kind,
            on=entry.on,
            at=entry.at,
            title=act_named(procedure, entry.code) if entry.kind == "act" else titles[entry.kind],
            text="" if entry.kind == "opened" else entry.text,
            by=entry.by.display_name,
            stays=entry.kind in ("note", "attachment"),
        )
        for entry in case_timeline(case)
    ]
    events += _messages(case, officer)
    return sorted(events, key=_when, reverse=True)


def _messages(case: Case, officer: Officer) -> list[Event]:
    return [
        Event(
            kind="message",
            on=timezone.localdate(message.created_at),
            at=message.created_at,
            title=gettext("Shared with %(partner)s")
            % {"partner": message.partner.administration.short},
            text=labels.label("sent-state", message.state),
            by=message.created_by.display_name if message.created_by else "",
            stays=False,
            href=str(message.pk) if officer.may("exchange.read") else "",
        )
        for message in outbox_about(subject=case.number, visible_to=officer).select_related(
            "created_by"
        )
    ]


def _when(event: Event) -> tuple[date, bool, float]:
    return (event.on, event.kind != "opened", event.at.timestamp() if event.at else 0.0)
