"""Begin a file: for whom, with which administration, for which kind of right; one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from countermark.apps.accounts.selectors import administration_list
from countermark.apps.register.selectors import holders_of
from countermark.apps.register.services import recordation_draft
from countermark.domain.errors import Refusal
from countermark.domain.vocabulary import Verification
from countermark.lawbook import lawbook, right_types
from countermark.web.cases.legal import cited, named
from countermark.web.http import OfficerRequest
from countermark.web.portal.gate import holder_required
from countermark.web.refusals import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from countermark.apps.accounts.models import Administration
    from countermark.apps.register.models import RightHolder

HOLDER, ADMINISTRATION, TYPE = "holder", "administration", "type"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be given to a question."""

    value: str
    name: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """Kinds of right that an administration does not record, and why, as its law files say it."""

    names: tuple[str, ...]
    why: str
    cited: str
    verified: bool


@holder_required
def start(request: OfficerRequest) -> HttpResponse:
    """Ask the next question that is not answered yet; after the last, begin the file."""
    said = request.POST if request.method == "POST" else request.GET
    holders = list(holders_of(account=request.officer, on=timezone.localdate()))
    if not holders:
        return redirect("portal:holders")
    offices = [each for each in administration_list() if each.law in lawbook().laws]
    holder = _one(holders, said.get(HOLDER, ""))
    if holder is None:
        choices = [Choice(str(each.pk), each.name, each.country) for each in holders]
        return _ask(request, said, HOLDER, choices)
    office = next((each for each in offices if each.code == said.get(ADMINISTRATION)), None)
    given = {HOLDER: str(holder.pk)}
    if office is None:
        choices = [Choice(each.code, each.name) for each in offices]
        return _ask(request, said, ADMINISTRATION, choices, given)
    given |= {ADMINISTRATION: office.code}
    if request.method != "POST" or said.get(TYPE) not in right_types():
        return _kinds(request, said, office, given)
    return _begin(request, holder, office, given)


def _begin(
    request: OfficerRequest, holder: RightHolder, office: Administration, given: dict[str, str]
) -> HttpResponse:
    account = request.officer
    contact = {"name": account.display_name, "email": account.email}
    try:
        recordation = recordation_draft(
            by=account,
            holder=holder,
            administration=office,
            right_type=request.POST[TYPE],
            content={"contacts": [contact]},
        )
    except Refusal as refusal:
        return _kinds(request, request.POST, office, given, sentence(refusal))
    return redirect("portal:file", recordation.pk)


def _kinds(
    request: OfficerRequest,
    said: QueryDict,
    office: Administration,
    given: dict[str, str],
    message: str = "",
) -> HttpResponse:
    """Ask for the kind of right; say which are not recorded there, and why."""
    side, today = lawbook().law(office.law).rights, timezone.localdate()
    choices = [
        Choice(code, named(kind.names))
        for code, kind in right_types().items()
        if code in side.protections
    ]
    closed = [
        Closed(
            names=tuple(named(right_types()[code].names) for code in each.types),
            why=named(each.reason),
            cited=cited(each.source, today),
            verified=each.verification is Verification.VERIFIED,
        )
        for each in dict.fromkeys(side.unrecorded.values())
    ]
    extra = {"office": office, "closed": closed, "message": message, "last": True}
    return _ask(request, said, TYPE, choices, given, **extra)


def _ask(
    request: OfficerRequest,
    said: QueryDict,
    question: str,
    choices: Sequence[Choice],
    given: dict[str, str] | None = None,
    **extra: object,
) -> HttpResponse:
    """Show one question; where it was sent without an answer, say so."""
    unanswered = said.get("asked") == question
    message = extra.pop("message", "") or (_("Choose one.") if unanswered else "")
    context = {"question": question, "choices": choices, "given": given or {}, "message": message}
    status = 422 if message else 200
    return render(request, "portal/start.html", context | extra, status=status)


def _one(holders: Sequence[RightHolder], chosen: str) -> RightHolder | None:
    if len(holders) == 1:
        return holders[0]
    return next((each for each in holders if str(each.pk) == chosen), None)
