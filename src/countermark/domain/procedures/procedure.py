"""A procedure of law: its states, the acts between them and the terms the acts start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from countermark.domain.errors import ActNotOpen, NotPermitted, TermNotInForce
from countermark.domain.procedures.deadlines import Deadline, Term, due_date
from countermark.domain.procedures.guards import GUARDS, ActContext

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from countermark.domain.calendars import WorkingCalendar
    from countermark.domain.vocabulary import Names, Verification


@dataclass(frozen=True, slots=True)
class State:
    """Where a case may stand; a final state is left by no act."""

    code: str
    names: Names
    final: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """What an officer, a party or a court may do to a case in one of the states ``from_states``.

    ``who`` are the roles of officers who may enter it; ``needs`` are names of guards.
    """

    code: str
    from_states: tuple[str, ...]
    to_state: str
    who: tuple[str, ...]
    needs: tuple[str, ...]
    names: Names
    source: str
    verification: Verification


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure as it was law from ``in_force_from`` to ``in_force_to``."""

    code: str
    law: str
    names: Names
    starts_in: str
    states: tuple[State, ...]
    acts: tuple[Act, ...]
    terms: tuple[Term, ...]
    source: str
    verification: Verification
    in_force_from: date
    in_force_to: date
    note: str = ""

    def state(self, code: str) -> State:
        """Return the state with that code; ``KeyError`` if the procedure has none."""
        return {state.code: state for state in self.states}[code]

    def act(self, code: str) -> Act:
        """Return the act with that code.

        Raises:
            ActNotOpen: The procedure knows no such act.
        """
        for act in self.acts:
            if act.code == code:
                return act
        raise ActNotOpen("act-unknown", act=code, procedure=self.code)

    def acts_from(self, state: str) -> tuple[Act, ...]:
        """Return the acts that lead out of ``state``, in the order of the law file."""
        return tuple(act for act in self.acts if state in act.from_states)

    def state_after(self, state: str, act: str) -> str:
        """Return the state in which ``act`` leaves a case that stood in ``state``.

        Raises:
            ActNotOpen: The procedure knows no such act from that state.
        """
        found = self.act(act)
        if state not in found.from_states:
            raise ActNotOpen("act-not-open", act=act, state=state)
        return found.to_state

    def act_check(self, act: str, *, role: str, context: ActContext) -> None:
        """Let an act pass, or refuse it: the role and every guard of the act are asked.

        Raises:
            NotPermitted: Officers of that role may not enter the act.
            ActNotOpen: A guard refuses.
        """
        found = self.act(act)
        if role not in found.who:
            raise NotPermitted("role-may-not-act", act=act, role=role)
        for guard in found.needs:
            GUARDS[guard](context)

    def terms_answered_by(self, act: str) -> frozenset[str]:
        """Return the codes of the terms that ``act`` answers."""
        return frozenset(term.code for term in self.terms if act in term.answered_by)

    def terms_expiring_in(self, act: str) -> frozenset[str]:
        """Return the codes of the terms that ``act`` follows when they are missed."""
        return frozenset(term.code for term in self.terms if act == term.on_expiry)

    def reachable_from(self, state: str) -> frozenset[str]:
        """Return ``state`` and every state that some chain of acts leads to from it."""
        found = {state}
        waiting = [state]
        while waiting:
            for act in self.acts_from(waiting.pop()):
                if act.to_state not in found:
                    found.add(act.to_state)
                    waiting.append(act.to_state)
        return frozenset(found)

    def terms_alive_in(self, state: str) -> frozenset[str]:
        """Return the codes of the terms that still matter to a case standing in ``state``.

        A term matters while an act that answers or follows it can still come. A term that no act of
        this procedure answers or follows, such as the time in which others may claim, always does.
        """
        open_acts = {
            act.code for reached in self.reachable_from(state) for act in self.acts_from(reached)
        }
        return frozenset(
            term.code
            for term in self.terms
            if term.passive or open_acts & {*term.answered_by, term.on_expiry}
        )

    def deadlines_from(
        self, act: str, on: date, calendars: Mapping[str, WorkingCalendar]
    ) -> tuple[Deadline, ...]:
        """Return the deadlines that ``act`` starts, each counted by its own rule and calendar.

        Raises:
            TermNotInForce: The act starts a term no version of which was law on that day.
        """
        started = [term for term in self.terms if term.started_by == act]
        in_force = [term for term in started if term.in_force(on)]
        missing = {term.code for term in started} - {term.code for term in in_force}
        if missing:
            raise TermNotInForce(
                "term-not-in-force", term=",".join(sorted(missing)), on=on.isoformat()
            )
        return tuple(due_date(term, on, calendars[term.calendar]) for term in in_force)
