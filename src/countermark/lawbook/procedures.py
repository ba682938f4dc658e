"""Procedures read from their files into states, acts and terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.domain.procedures import GUARDS, Act, FirstDay, Procedure, State, Term, TermUnit

if TYPE_CHECKING:
    from countermark.lawbook.files import Section

ROLES = frozenset({"officer", "supervisor", "analyst", "liaison"})
"""Roles that a procedure may let enter an act."""


def procedure_parse(
    file: Section, law: str, *, roles: frozenset[str] | set[str] = ROLES
) -> Procedure:
    """Return the procedure that a file describes; ``roles`` are those it may let act.

    Raises:
        LawFileError: The grammar is broken, or an act, a term or a guard names what is not there.
    """
    in_force_from, in_force_to = file.in_force()
    procedure = Procedure(
        code=file.take("code", str),
        law=law,
        names=file.names(),
        starts_in=file.take("starts_in", str),
        states=tuple(_state(each) for each in file.sections("states")),
        acts=tuple(_act(each, roles) for each in file.sections("acts")),
        terms=tuple(term_parse(each) for each in file.sections("terms"))
        if file.has("terms")
        else (),
        source=file.take("source", str),
        verification=file.verification(),
        in_force_from=in_force_from,
        in_force_to=in_force_to,
        note=file.take("note", str, ""),
    )
    file.done()
    _check_names(file, procedure)
    return procedure


def _state(section: Section) -> State:
    state = State(
        section.take("code", str), section.names(), section.take("final", bool, default=False)
    )
    section.done()
    return state


def _act(section: Section, roles: frozenset[str] | set[str]) -> Act:
    act = Act(
        code=section.take("code", str),
        from_states=section.strings("from"),
        to_state=section.take("to", str),
        who=section.strings("who"),
        needs=section.strings("needs"),
        names=section.names(),
        source=section.take("source", str),
        verification=section.verification(),
    )
    section.done()
    if unknown := set(act.needs) - GUARDS.keys():
        raise section.fail("needs", f"{', '.join(unknown)}: is no guard of domain/procedures")
    if not act.who or not set(act.who) <= roles:
        raise section.fail("who", f"must be some of: {', '.join(sorted(roles))}")
    return act


def term_parse(section: Section, *, code: str = "", started_by: str = "") -> Term:
    """Return the term that a table describes; ``code`` and ``started_by`` stand in for its own.

    Raises:
        LawFileError: The grammar is broken, or the term is shorter than one.
    """
    units = [unit for unit in TermUnit if section.has(unit)]
    if len(units) != 1:
        raise section.fail("working_days", "give one of working_days, calendar_days or months")
    in_force_from, in_force_to = section.in_force()
    term = Term(
        code=code or section.take("code", str),
        started_by=started_by or section.take("started_by", str),
        length=section.take(units[0], int),
        unit=units[0],
        first_day=section.code_of("first_day", FirstDay),
        calendar=section.take("calendar", str),
        answered_by=section.strings("answered_by") if section.has("answered_by") else (),
        on_expiry=section.take("on_expiry", str, ""),
        names=section.names(),
        source=section.take("source", str),
        verification=section.verification(),
        in_force_from=in_force_from,
        in_force_to=in_force_to,
        note=section.take("note", str, ""),
    )
    section.done()
    if term.length < 1:
        raise section.fail(units[0], "must be at least 1")
    return term


def _check_names(file: Section, procedure: Procedure) -> None:
    """Refuse a procedure whose parts name states or acts that are not there, or stand twice."""
    states = [state.code for state in procedure.states]
    acts = [act.code for act in procedure.acts]
    for what, codes in (("states", states), ("acts", acts)):
        if len(set(codes)) != len(codes):
            raise file.fail(what, "a code stands twice")
    named_states = {procedure.starts_in} | {
        state for act in procedure.acts for state in (*act.from_states, act.to_state)
    }
    named_acts = {
        act
        for term in procedure.terms
        for act in (term.started_by, *term.answered_by, term.on_expiry)
    } - {""}
    if unknown := named_states - set(states):
        raise file.fail("states", f"{', '.join(sorted(unknown))}: no such state")
    if unknown := named_acts - set(acts):
        raise file.fail("acts", f"{', '.join(sorted(unknown))}: no such act")
    finals = {state.code for state in procedure.states if state.final}
    if left := [act.code for act in procedure.acts if finals & set(act.from_states)]:
        raise file.fail("acts", f"{', '.join(left)}: leaves a final state")
