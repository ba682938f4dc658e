"""Offices that register trade marks, as ``law/offices.toml`` lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from countermark.lawbook import law_folder
from countermark.lawbook.files import section_read

if TYPE_CHECKING:
    from pathlib import Path

    from countermark.domain.vocabulary import Verification
    from countermark.lawbook.files import Section


@dataclass(frozen=True, slots=True)
class OfficeTerm:
    """How many years a registration or renewal at an office lasts, and who says so."""

    code: str
    years: int
    source: str
    verification: Verification


@dataclass(frozen=True, slots=True)
class Offices:
    """The codes of all offices, in lower case, and the terms of those whose files need one."""

    codes: frozenset[str]
    terms: dict[str, OfficeTerm]


def offices_parse(file: Section) -> Offices:
    """Return what ``offices.toml`` says.

    Raises:
        LawFileError: The grammar is broken.
    """
    codes = frozenset(file.strings("codes"))
    terms = {}
    for section in file.sections("terms"):
        term = OfficeTerm(
            code=section.take("code", str),
            years=section.take("years", int),
            source=section.take("source", str),
            verification=section.verification(),
        )
        section.done()
        if term.code not in codes or term.years < 1:
            raise section.fail("code", "must be an office with a term of a year or more")
        terms[term.code] = term
    file.done()
    return Offices(codes, terms)


@cache
def _offices(folder: Path) -> Offices:
    return offices_parse(section_read(folder / "offices.toml", folder))


def offices() -> Offices:
    """Return the offices, read once in the life of the process."""
    return _offices(law_folder())


def computed_expiry(office: str, began: str) -> date | None:
    """Return the last day of a registration from the day of its registration or last renewal.

    Args:
        office: Code in lower case.
        began: ISO 8601.

    Returns:
        None where the office's term is not known or ``began`` is no day.
    """
    term = offices().terms.get(office)
    try:
        first = date.fromisoformat(began)
    except ValueError:
        return None
    if term is None or first.year + term.years > date.max.year:
        return None
    leap = (first.month, first.day) == (2, 29)
    return first.replace(year=first.year + term.years, day=28 if leap else first.day)
