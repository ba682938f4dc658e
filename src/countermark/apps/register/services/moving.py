"""How a recordation goes from one state to the next: what is written, without asking who may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from countermark.apps.accounts.models import Officer
from countermark.apps.audit.services import audit_record
from countermark.apps.register.models import Recordation, RecordationEvent
from countermark.domain.procedures import Procedure
from countermark.lawbook import recordation_rules, working_calendars
from countermark.lawbook.recordations import ActingRole, Effect

AUDITED = {
    Effect.GRANT: "register.recordation.granted",
    Effect.RENEW: "register.recordation.renewed",
    Effect.AMEND: "register.recordation.amended",
    Effect.WITHDRAW: "register.recordation.withdrawn",
    Effect.LAPSE: "register.recordation.lapsed",
}
MOVED = "register.recordation.moved"


@dataclass(frozen=True, slots=True)
class Step:
    """One act on a file: what, when, by whom, in which role, and what was said."""

    act: str
    on: date
    by: Officer | None
    role: str = ActingRole.SYSTEM.value
    note: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)


def move(recordation: Recordation, step: Step) -> Recordation:
    """Bring a file into the state after an act, set its clock, add the event and the audit entry.

    The file is locked by the caller, who has asked whether the act may be done.
    """
    rules = recordation_rules(recordation.administration.law)
    return arrive(recordation, step, rules.procedure.state_after(recordation.state, step.act))


def arrive(recordation: Recordation, step: Step, state: str) -> Recordation:
    """Bring a locked file into a state by an act that may be of the past: a keeper's word counts.

    Sets the clock, adds the event and the audit entry.
    """
    rules = recordation_rules(recordation.administration.law)
    before, recordation.state = recordation.state, state
    recordation.in_force = recordation.state in rules.in_force
    recordation.closed = rules.final(recordation.state)
    _set_clock(recordation, rules.procedure, step)
    recordation.save()
    event_add(recordation, step, before=before)
    effect = rules.effects.get(step.act)
    audit_record(
        AUDITED[effect] if effect else MOVED,
        subject=subject_of(recordation),
        by=step.by,
        file=recordation.file_number,
        number=recordation.number,
        step=step.act,
        state=recordation.state,
        reason=step.note,
    )
    return recordation


def event_add(recordation: Recordation, step: Step, *, before: str) -> RecordationEvent:
    """Add one event to the history of a file."""
    return RecordationEvent.objects.create(
        recordation=recordation,
        act=step.act,
        from_state=before,
        to_state=recordation.state,
        on=step.on,
        by=step.by,
        role=step.role,
        note=step.note,
        detail=dict(step.detail),
    )


def subject_of(recordation: Recordation) -> str:
    """Return what the audit log calls a file: its right once there is one, else its own number."""
    return recordation.right.reference if recordation.right else recordation.file_number


def _set_clock(recordation: Recordation, procedure: Procedure, step: Step) -> None:
    """Start the term that the act starts; stop the running one where it no longer matters."""
    started = procedure.deadlines_from(step.act, step.on, working_calendars(procedure.law))
    answered = recordation.due_term in procedure.terms_answered_by(step.act)
    if started:
        first = min(started, key=lambda deadline: deadline.due_on)
        recordation.due_term, recordation.due_from = first.term.code, step.on
        recordation.due_on, recordation.due_provisional = first.due_on, first.provisional
    elif answered or recordation.due_term not in procedure.terms_alive_in(recordation.state):
        recordation.due_term, recordation.due_from = "", None
        recordation.due_on, recordation.due_provisional = None, False
