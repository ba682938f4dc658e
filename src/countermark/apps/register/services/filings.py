"""Services on files that travel, on the side where the applicant hands them in."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.accounts.selectors import home_administration
from countermark.apps.audit.services import audit_record
from countermark.apps.register.models import (
    Capacity,
    Document,
    Filing,
    Recordation,
    RecordationEvent,
)
from countermark.apps.register.selectors import acting_role, content_carried, papers_carried
from countermark.apps.register.services.moving import Step, event_add
from countermark.apps.register.services.recordations import recordation_draft
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput
from countermark.lawbook import recordation_rules
from countermark.lawbook.recordations import ActingRole

RETURNED: Final = "returned"
"""The event by which a file comes back that its keeper did not take in; it is no act of the law."""


@transaction.atomic
def filing_begin(
    *, by: Officer, recordation: Recordation, administration: Administration
) -> Recordation:
    """Begin the file of a right with another administration, or return the one begun before.

    What the other side's law asks for and this file has is carried over, papers included; what
    belongs to one registration is not.

    Raises:
        NotFound: The account does not speak for the holder today.
        ActNotOpen: The file was never handed in.
        InvalidInput: It is the same administration, or the other one does not record that kind of
            right.
    """
    row = _locked(recordation)
    acting_role(account=by, holder=row.holder, on=timezone.localdate())
    if row.filed_on is None:
        raise ActNotOpen("file-not-filed", file=row.file_number)
    if row.administration_id == administration.pk:
        raise InvalidInput("administration-same", field="administration")
    begun = Filing.objects.filter(
        source=row, recordation__administration=administration, recordation__closed=False
    ).first()
    if begun is not None:
        return begun.recordation
    made = recordation_draft(
        by=by,
        holder=row.holder,
        administration=administration,
        right_type=row.right_type,
        content=content_carried(row, law=administration.law),
    )
    _papers_carry(row, made, by)
    if administration.code != settings.COUNTERMARK_ADMINISTRATION:
        Filing.objects.create(recordation=made, source=row, through=home_administration())
    return made


@transaction.atomic
def filing_say(*, by: Officer, recordation: Recordation) -> tuple[Filing, RecordationEvent] | None:
    """Note that the applicant's last act on a file kept elsewhere is to travel; return it.

    Call it in the transaction of the act. Returns None where nothing has to travel: a draft that
    was never sent and is thrown away.

    Raises:
        Conflict: The file was not handed in through this node, so its keeper does not know it by
            any name that we could use.
    """
    row = _locked(recordation)
    event = row.events.order_by("pk").last()
    filing = Filing.objects.select_for_update(of=("self",)).filter(recordation=row).first()
    begins_in = recordation_rules(row.administration.law).procedure.starts_in
    if event is None or (row.closed and event.from_state == begins_in):
        return None
    if filing is None:
        if event.from_state != begins_in:
            raise Conflict("file-not-ours-to-send", file=row.file_number)
        filing = Filing(recordation=row, through=home_administration())
    filing.said, filing.filed_by = event.pk, by.display_name[:120]
    agent = event.role == ActingRole.AGENT.value
    filing.capacity = Capacity.AGENT if agent else Capacity.OWNER
    filing.save()
    audit_record(
        "register.filing.sent",
        subject=row.file_number,
        by=by,
        to=row.administration.code,
        step=event.act,
        key=str(filing.key),
    )
    return filing, event


@transaction.atomic
def filing_take_back(*, by: Officer, recordation: Recordation) -> Recordation:
    """Bring a file back to where it stood before the act that its keeper did not take in.

    Whether the keeper refused it is the caller's to know. Writes the file, one event and one audit
    entry.

    Raises:
        NotFound: The account does not speak for the holder today.
        ActNotOpen: The last event is not the act that was sent.
    """
    row = _locked(recordation)
    role = acting_role(account=by, holder=row.holder, on=timezone.localdate())
    event = row.events.order_by("pk").last()
    filing = Filing.objects.filter(recordation=row).first()
    if filing is None or event is None or event.pk != filing.said:
        raise ActNotOpen("filing-not-refused", file=row.file_number)
    rules = recordation_rules(row.administration.law)
    before, row.state = row.state, event.from_state
    row.in_force, row.closed = row.state in rules.in_force, rules.final(row.state)
    row.due_term, row.due_from, row.due_on, row.due_provisional = "", None, None, False
    if row.state == rules.procedure.starts_in:
        row.filed_on = None
    row.save()
    event_add(row, Step(RETURNED, timezone.localdate(), by, role), before=before)
    audit_record("register.filing.returned", subject=row.file_number, by=by, step=event.act)
    return row


def _locked(recordation: Recordation) -> Recordation:
    rows = Recordation.objects.select_related("administration", "applicant", "right__holder")
    return rows.select_for_update(of=("self",)).get(pk=recordation.pk)


def _papers_carry(row: Recordation, made: Recordation, by: Officer) -> None:
    """Let the papers of one file stand in another as well; what is stored is stored once."""
    for paper in papers_carried(row, law=made.administration.law):
        values = {name: getattr(paper, name) for name in _STORED}
        Document.objects.create(recordation=made, uploaded_by=by, **values)


_STORED = (
    *("role", "kind", "filename", "media_type", "stored", "sha256", "received_sha256"),
    *("size_bytes", "width", "height", "caption", "scan"),
)
