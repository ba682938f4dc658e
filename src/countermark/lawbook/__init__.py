"""The law as data: reads ``law/`` into objects of the domain, checks it and keeps it.

The folder is the one named by ``COUNTERMARK_LAW``, else the one beside ``src/`` in a checkout, else
the one packed into the package.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from countermark.domain.errors import NotFound
from countermark.lawbook.book import Law, Lawbook
from countermark.lawbook.calendars import NamedCalendar
from countermark.lawbook.files import LawFileError
from countermark.lawbook.instruments import Citation, Instrument
from countermark.lawbook.recordations import RecordationRules
from countermark.lawbook.rights import Need, Protection, RightType, Unrecorded

if TYPE_CHECKING:
    from datetime import date

    from countermark.domain.calendars import WorkingCalendar
    from countermark.domain.procedures import Procedure
    from countermark.domain.valuation import SecurityRule
    from countermark.lawbook.administrations import Member, Side

__all__ = [
    "Citation",
    "Instrument",
    "Law",
    "LawFileError",
    "Lawbook",
    "NamedCalendar",
    "Need",
    "Protection",
    "RecordationRules",
    "RightType",
    "Unrecorded",
    "administration",
    "calendar",
    "citation",
    "instrument",
    "law_folder",
    "lawbook",
    "member",
    "procedure_in_force",
    "procedures",
    "protection",
    "recordation_needs",
    "recordation_rules",
    "right_type",
    "right_types",
    "security_rule",
    "unrecorded",
    "working_calendars",
]

_PACKAGE = Path(__file__).resolve().parents[1]


def law_folder() -> Path:
    """Return the folder the law is read from."""
    if named := os.environ.get("COUNTERMARK_LAW"):
        return Path(named)
    checkout = _PACKAGE.parents[1] / "law"
    return checkout if checkout.is_dir() else _PACKAGE / "law"


@cache
def _lawbook(folder: Path) -> Lawbook:
    return Lawbook(folder)


def lawbook() -> Lawbook:
    """Return the law, read once in the life of the process."""
    return _lawbook(law_folder())


def procedure_in_force(code: str, *, on: date) -> Procedure:
    """Return the procedure of that code as it was law on that day.

    Raises:
        NotFound: No law folder has a procedure of that code.
        TermNotInForce: It was not law on that day.
    """
    return lawbook().procedure(code, on)


def procedures(law: str, *, on: date) -> tuple[Procedure, ...]:
    """Return the procedures of one side that were law on that day.

    Raises:
        NotFound: There is no such side.
    """
    return tuple(
        procedure
        for procedure in lawbook().law(law).procedures
        if procedure.in_force_from <= on <= procedure.in_force_to
    )


def calendar(code: str) -> NamedCalendar:
    """Return a calendar by its code, such as ``cn/working-days``.

    Raises:
        NotFound: There is no such calendar.
    """
    return lawbook().calendar(code)


def working_calendars(law: str) -> dict[str, WorkingCalendar]:
    """Return the days of every calendar of one side, as deadlines are counted with."""
    return lawbook().working_calendars(law)


def administration(law: str) -> Side:
    """Return what the law folder of one side says of itself.

    Raises:
        NotFound: There is no such side.
    """
    return lawbook().law(law).side


def member(code: str) -> Member:
    """Return one administration by its code, such as ``cn-gd``; ``KeyError`` if it is unknown."""
    members = {each.code: each for law in lawbook().laws.values() for each in law.side.members}
    return members[code]


def instrument(code: str) -> Instrument:
    """Return an instrument by its code, such as ``cn/trade-mark-law``.

    Raises:
        NotFound: There is no such instrument.
    """
    return lawbook().instrument(code)


def citation(source: str, *, on: date) -> Citation:
    """Return the citation that ``<law>/<instrument>#<article or provision>`` means on that day.

    Raises:
        NotFound: There is no such instrument, or no such article in the edition in force.
        TermNotInForce: No edition was law on that day.
    """
    return lawbook().citation(source, on)


def security_rule(procedure_code: str) -> SecurityRule | None:
    """Return the rule by which a holder's security is measured, or None where none is asked."""
    law = procedure_code.partition("/")[0]
    return lawbook().law(law).securities.get(procedure_code)


def right_types() -> dict[str, RightType]:
    """Return every kind of right that the law files describe, by its code."""
    return lawbook().right_types


def right_type(code: str) -> RightType:
    """Return a kind of right by its code, such as ``trade-mark``.

    Raises:
        NotFound: No file of ``law/rights/`` describes it.
    """
    if code not in lawbook().right_types:
        raise NotFound("right-type-unknown", right_type=code)
    return lawbook().right_types[code]


def protection(law: str, right_type_code: str) -> Protection | None:
    """Return how a side protects a kind of right, or None where it does not record it."""
    return lawbook().law(law).rights.protections.get(right_type_code)


def unrecorded(law: str, right_type_code: str) -> Unrecorded | None:
    """Return why a side does not record a kind of right, or None where its files do not say."""
    return lawbook().law(law).rights.unrecorded.get(right_type_code)


def recordation_needs(law: str, right_type_code: str) -> tuple[Need, ...]:
    """Return what a recordation of a kind of right with a side must or may contain."""
    return lawbook().law(law).rights.needs_of(right_type_code)


def recordation_rules(law: str) -> RecordationRules:
    """Return how a recordation with a side comes about and ends.

    Raises:
        NotFound: There is no such side.
    """
    return lawbook().law(law).recordation
