"""The law of a case in the reader's words: states, acts, terms and the articles behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from countermark.domain.errors import Refusal
from countermark.domain.vocabulary import Verification
from countermark.lawbook import calendar, citation, lawbook, procedure_in_force
from countermark.lawbook.explain import NamedDay, explained
from countermark.web import formats

if TYPE_CHECKING:
    from countermark.apps.cases.models import CaseDeadline
    from countermark.domain.procedures import Procedure, Term
    from countermark.domain.vocabulary import Names


@dataclass(frozen=True, slots=True)
class Counted:
    """A deadline with everything that explains its date."""

    row: CaseDeadline
    name: str
    length: int
    unit: str
    cited: str
    calendar: str
    calendar_published: bool
    days: tuple[NamedDay, ...]
    days_left: int
    verified: bool
    then: str

    @property
    def skipped(self) -> list[NamedDay]:
        """The days that did not count."""
        return [each for each in self.days if not each.counted.number]


def named(names: Names) -> str:
    """Return a name of the law in the reader's language."""
    return names.in_language(formats.language())


def procedure_choices(law: str) -> list[tuple[str, str]]:
    """Return the procedures that one side's law folder holds, each code once, with its name."""
    return list({each.code: named(each.names) for each in lawbook().law(law).procedures}.items())


def state_named(procedure_code: str, opened_on: date, state: str) -> str:
    """Return the legal name of a state, or its code where the law files no longer know it."""
    try:
        return named(procedure_in_force(procedure_code, on=opened_on).state(state).names)
    except (Refusal, KeyError):
        return state


def procedure_named(code: str, on: date) -> str:
    """Return the name of a procedure, or its code where the law files do not know it."""
    try:
        return named(procedure_in_force(code, on=on).names)
    except Refusal:
        return code


def act_named(procedure: Procedure, code: str) -> str:
    """Return the name of an act, or its code where the procedure does not know it."""
    known = {act.code: act for act in procedure.acts}
    return named(known[code].names) if code in known else code


def cited(source: str, on: date) -> str:
    """Return the article that a source names, as lawyers cite it in the reader's language.

    A source that the law files do not hold for that day is shown as it is written there.
    """
    try:
        return citation(source, on=on).text(formats.language())
    except Refusal:
        return source


def counted(deadline: CaseDeadline, procedure: Procedure, today: date) -> Counted:
    """Return a deadline with its term, article, calendar and the days that were left out."""
    term = _term(procedure, deadline)
    days = calendar(term.calendar) if term else None
    return Counted(
        row=deadline,
        name=named(term.names) if term else deadline.code,
        length=term.length if term else 0,
        unit=term.unit.value if term else "",
        cited=cited(deadline.source, deadline.started_on),
        calendar=named(days.names) if days else "",
        calendar_published=not deadline.provisional,
        days=explained(term, deadline.started_on, days).days if term and days else (),
        days_left=(deadline.due_on - today).days,
        verified=deadline.verification == Verification.VERIFIED,
        then=act_named(procedure, deadline.on_expiry) if deadline.on_expiry else "",
    )


def _term(procedure: Procedure, deadline: CaseDeadline) -> Term | None:
    fitting = (
        term
        for term in procedure.terms
        if term.code == deadline.code and term.in_force(deadline.started_on)
    )
    return next(fitting, None)
