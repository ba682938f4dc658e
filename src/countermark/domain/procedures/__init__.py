"""Procedures of law as state machines, and the counting of their terms."""

from countermark.domain.procedures.deadlines import (
    CountedDay,
    Deadline,
    FirstDay,
    Term,
    TermUnit,
    days_counted,
    due_date,
    first_day,
)
from countermark.domain.procedures.guards import GUARDS, ActContext
from countermark.domain.procedures.procedure import Act, Procedure, State

__all__ = [
    "GUARDS",
    "Act",
    "ActContext",
    "CountedDay",
    "Deadline",
    "FirstDay",
    "Procedure",
    "State",
    "Term",
    "TermUnit",
    "days_counted",
    "due_date",
    "first_day",
]
