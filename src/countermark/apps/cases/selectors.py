from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import within_reach
from countermark.apps.cases.models import (
    Attachment,
    Case,
    CaseDeadline,
    DeadlineEnd,
    PartnerCase,
    TraderLink,
)
from countermark.apps.intake.models import Party
from countermark.apps.screening.models import Hit
from countermark.domain.errors import NotFound, Refusal
from countermark.domain.procedures import Act, ActContext, Procedure
from countermark.domain.text.fold import folded_text
from countermark.domain.vocabulary import PartyRole
from countermark.lawbook import procedure_in_force

READ = "cases.read"


def case_list(*, visible_to: Officer, state: str | None = None, query: str = "") -> QuerySet[Case]:
    """Return the cases an officer may see, newest first, with goods at hand.

    Args:
        visible_to: The officer who asks.
        state: Only cases in that state of their procedure; ``open`` and ``closed`` also serve.
        query: Words that number, title, goods, marks or parties must all hold, in any script.

    Each case carries ``next_due_on``, the earliest day an open term of it ends, or None.
    """
    next_due = CaseDeadline.objects.filter(
        case=OuterRef("pk"), ended_as=DeadlineEnd.OPEN, passive=False
    ).order_by("due_on")
    cases = (
        within_reach(Case.objects.all(), of=visible_to, act=READ)
        .select_related("office__administration", "opened_by")
        .prefetch_related("goods")
        .annotate(next_due_on=Subquery(next_due.values("due_on")[:1]))
    )
    if state in ("open", "closed"):
        cases = cases.filter(closed_on__isnull=state == "open")
    elif state:
        cases = cases.filter(state=state)
    for word in folded_text(query).split():
        cases = cases.filter(search_text__contains=word)
    return cases


def case_get(*, number: str, visible_to: Officer) -> Case:
    """Return one case with goods, rights, parties and deadlines at hand.

    Raises:
        NotFound: There is no such case, or the officer may not see it.
    """
    case = (
        within_reach(Case.objects.all(), of=visible_to, act=READ)
        .select_related("office__administration", "opened_by", "origin_hit")
        .prefetch_related("goods__right__holder", "parties", "deadlines", "partner_cases")
        .filter(number=number)
        .first()
    )
    if case is None:
        raise NotFound("case-unknown", number=number)
    return case


def case_procedure(case: Case) -> Procedure:
    """Return the procedure of a case as it was law on the day the case was opened."""
    return procedure_in_force(case.procedure_code, on=case.opened_on)


@dataclass(frozen=True, slots=True)
class OpenAct:
    """An act that leads out of a case's state, with the refusal it would meet today, if any."""

    act: Act
    refusal: Refusal | None


def acts_open(case: Case, on: date, by: Officer | None = None) -> list[OpenAct]:
    """Return the acts that lead out of a case's state, in the order of the law file.

    Args:
        case: The case.
        on: Day for which the guards are asked; a reason is taken as given.
        by: The officer, so that an act closed to his role says so; None asks no role.
    """
    procedure = case_procedure(case)
    found = []
    for act in procedure.acts_from(case.state):
        context = act_context(case, procedure, act.code, on, "given")
        role = by.role if by else act.who[0]
        try:
            procedure.act_check(act.code, role=role, context=context)
        except Refusal as refusal:
            found.append(OpenAct(act, refusal))
        else:
            found.append(OpenAct(act, None))
    return found


def act_context(
    case: Case, procedure: Procedure, act: str, acted_on: date, reason: str
) -> ActContext:
    """Return what the guards of an act are asked about."""
    due = {each.code: each.due_on for each in case.deadlines.all() if not each.ended_as}
    return ActContext(
        acted_on=acted_on,
        reason=reason,
        goods_lines=case.goods.count(),
        due=due,
        answers=procedure.terms_answered_by(act),
        expires=procedure.terms_expiring_in(act),
    )


def last_acted_on(case: Case) -> date:
    """Return the day of the latest act on a case, or the day it was opened."""
    acted = case.acts.order_by("-acted_on").values_list("acted_on", flat=True).first()
    return max(acted, case.opened_on) if acted else case.opened_on


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened in a case.

    ``kind`` is ``opened``, ``act``, ``note`` or ``attachment``; ``code`` is the act, ``text`` is
    what an officer wrote or the file's name; ``on`` is the day it counts for.
    """

    kind: str
    at: datetime | None
    on: date
    code: str
    text: str
    by: Officer


def case_timeline(case: Case) -> list[TimelineEntry]:
    """Return what happened in a case, oldest first, each with its officer."""
    entries = [
        TimelineEntry("act", act.at, act.acted_on, act.act, act.reason, act.by)
        for act in case.acts.select_related("by")
    ]
    entries += [
        TimelineEntry("note", note.at, timezone.localdate(note.at), "", note.text, note.by)
        for note in case.notes.select_related("by")
    ]
    entries += [
        TimelineEntry(
            "attachment", paper.at, timezone.localdate(paper.at), "", paper.filename, paper.by
        )
        for paper in case.attachments.select_related("by")
    ]
    opened = TimelineEntry("opened", None, case.opened_on, "", case.title, case.opened_by)
    return [opened, *sorted(entries, key=lambda entry: (entry.on, entry.at))]


def deadline_due_list(*, up_to: date, visible_to: Officer) -> QuerySet[CaseDeadline]:
    """Return the open deadlines due by a day in cases the officer may see, earliest first.

    Terms that bar others are left out once they have run: nobody on this side answers them.
    """
    deadlines = within_reach(
        CaseDeadline.objects.all(), of=visible_to, act=READ, office="case__office"
    )
    run_out = Q(passive=True, due_on__lt=timezone.localdate())
    return (
        deadlines.filter(ended_as=DeadlineEnd.OPEN, due_on__lte=up_to)
        .exclude(run_out)
        .select_related("case__office__administration")
    )


def attachment_get(*, pk: int, visible_to: Officer) -> Attachment:
    """Return one file of a case the officer may see, to be handed out for saving only.

    Raises:
        NotFound: There is no such file, or the officer may not see its case.
    """
    files = within_reach(Attachment.objects.all(), of=visible_to, act=READ, office="case__office")
    attachment = files.select_related("case").filter(pk=pk).first()
    if attachment is None:
        raise NotFound("attachment-unknown", pk=pk)
    return attachment


def partner_case_list(*, visible_to: Officer) -> QuerySet[PartnerCase]:
    """Return the cases partners have told us of, to any officer who reads cases."""
    if not visible_to.may(READ):
        return PartnerCase.objects.none()
    return PartnerCase.objects.select_related("administration", "case")


def partner_case_get(*, pk: int, visible_to: Officer) -> PartnerCase:
    """Return one partner's case.

    Raises:
        NotFound: There is no such case, or the officer reads no cases.
    """
    row = partner_case_list(visible_to=visible_to).filter(pk=pk).first()
    if row is None:
        raise NotFound("partner-case-unknown", pk=pk)
    return row


def trader_of(hit: Hit, party_role: str) -> Party:
    """Return the consignor or the consignee of the declaration that a hit is about."""
    declaration = hit.line.declaration
    return declaration.consignor if party_role == PartyRole.CONSIGNOR else declaration.consignee


def trader_link_list(*, visible_to: Officer) -> QuerySet[TraderLink]:
    """Return the links that tell traders why goods were held, within the officer's reach."""
    links = TraderLink.objects.select_related(
        "hit__right__holder",
        "hit__line__declaration__consignor",
        "hit__line__declaration__consignee",
        "made_by",
    )
    return within_reach(
        links, of=visible_to, act="hits.read", office="hit__line__declaration__office"
    )


def trader_link_get(*, pk: int, visible_to: Officer) -> TraderLink:
    """Return one link.

    Raises:
        NotFound: There is none within the officer's reach.
    """
    row = trader_link_list(visible_to=visible_to).filter(pk=pk).first()
    if row is None:
        raise NotFound("link-unknown")
    return row


def case_of_hit(hit: Hit) -> Case | None:
    """Return the case that holds the goods of a hit, for whoever already holds the hit."""
    cases = Case.objects.select_related("office__administration").prefetch_related("deadlines")
    return cases.filter(goods__hit=hit).first()
