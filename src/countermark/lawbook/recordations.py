"""How a recordation comes about and ends: a procedure, and what its states and acts bring about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from countermark.lawbook.procedures import ROLES, procedure_parse, term_parse

if TYPE_CHECKING:
    from countermark.domain.procedures import Act, Procedure, Term
    from countermark.lawbook.files import Section

CHANGE = "change"
"""What starts the duty to report a change: the change itself, which is no act on the file."""


class ActingRole(StrEnum):
    """Roles that act on a recordation beside those of officers."""

    HOLDER = "right-holder"
    AGENT = "agent"
    SYSTEM = "system"


class Effect(StrEnum):
    """What an act does to the recordation itself, beyond moving it to another state."""

    GRANT = "grant"
    RENEW = "renew"
    AMEND = "amend"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


NEEDED = (Effect.GRANT, Effect.WITHDRAW, Effect.LAPSE)
OFFICERS = ROLES | {"ip-office"}


@dataclass(frozen=True, slots=True)
class RecordationRules:
    """What ``recordation.toml`` of a side says.

    ``in_force`` are the states that are screened against, ``editable`` those in which the applicant
    may change the file, ``waiting`` those in which it waits for customs.
    """

    procedure: Procedure
    in_force: frozenset[str]
    editable: frozenset[str]
    waiting: frozenset[str]
    effects: dict[str, Effect]
    change_duty: Term | None

    def act_with(self, effect: Effect) -> Act:
        """Return the first act that has an effect; ``KeyError`` where no act has."""
        for act in self.procedure.acts:
            if self.effects.get(act.code) is effect:
                return act
        raise KeyError(effect)

    def final(self, state: str) -> bool:
        """Return whether a recordation in that state is at its end."""
        return self.procedure.state(state).final


def recordation_parse(file: Section, law: str) -> RecordationRules:
    """Return what ``recordation.toml`` of a side says.

    Raises:
        LawFileError: The grammar is broken, a name is not there, or nothing grants, withdraws or
            lapses a recordation.
    """
    in_force, editable, waiting = (
        frozenset(file.strings(key)) for key in ("in_force", "editable", "waiting")
    )
    effects = _effects(file.section("effects"))
    duty = _change_duty(file.section("change_duty")) if file.has("change_duty") else None
    procedure = procedure_parse(file, law, roles=OFFICERS | set(ActingRole))
    states = {state.code for state in procedure.states}
    finals = {state.code for state in procedure.states if state.final}
    if unknown := (in_force | editable | waiting) - states:
        raise file.fail("in_force", f"{', '.join(sorted(unknown))}: no such state")
    if ended := in_force & finals:
        raise file.fail("in_force", f"{', '.join(sorted(ended))}: is a final state")
    if strange := effects.keys() - {act.code for act in procedure.acts}:
        raise file.fail("effects", f"{', '.join(sorted(strange))}: no such act")
    if missing := set(NEEDED) - set(effects.values()):
        raise file.fail("effects", f"no act is to {', '.join(sorted(missing))} a recordation")
    return RecordationRules(procedure, in_force, editable, waiting, effects, duty)


def _effects(section: Section) -> dict[str, Effect]:
    return {act: section.code_of(act, Effect) for act in section.unread()}


def _change_duty(section: Section) -> Term:
    return term_parse(section, code="change-duty", started_by=CHANGE)
