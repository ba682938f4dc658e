"""The whole law folder as one object, read once and checked as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from countermark.domain.errors import NotFound, TermNotInForce
from countermark.lawbook.administrations import (
    BasisRule,
    Side,
    bases_parse,
    securities_parse,
    side_parse,
)
from countermark.lawbook.calendars import NamedCalendar, calendars_read
from countermark.lawbook.files import LawFileError, section_read
from countermark.lawbook.instruments import Citation, Instrument, instruments_parse
from countermark.lawbook.procedures import procedure_parse
from countermark.lawbook.recordations import RecordationRules, recordation_parse
from countermark.lawbook.rights import (
    Protection,
    RightsOfSide,
    RightType,
    right_type_parse,
    rights_parse,
)

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from countermark.domain.calendars import WorkingCalendar
    from countermark.domain.procedures import Procedure
    from countermark.domain.valuation import SecurityRule
    from countermark.lawbook.files import Section


@dataclass(frozen=True, slots=True)
class Law:
    """Everything one side's folder holds."""

    side: Side
    instruments: dict[str, Instrument]
    calendars: dict[str, NamedCalendar]
    procedures: tuple[Procedure, ...]
    bases: tuple[BasisRule, ...]
    securities: dict[str, SecurityRule]
    rights: RightsOfSide
    recordation: RecordationRules

    @property
    def protections(self) -> dict[str, Protection]:
        """How the side protects each kind of right that it protects."""
        return self.rights.protections


class Lawbook:
    """The law folder: one ``Law`` for each side, and the kinds of right.

    Args:
        root: The folder ``law/``; nothing is read before it is asked for.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def laws(self) -> dict[str, Law]:
        """The law of every side by its code, read and checked.

        Raises:
            LawFileError: A file is malformed, or cites or names what is not there.
        """
        folders = sorted(path.parent for path in self.root.glob("*/administration.toml"))
        if not folders:
            raise LawFileError(f"{self.root}: holds no law folder")
        laws = {folder.name: self._law(folder) for folder in folders}
        for code, law in laws.items():
            _check(code, law)
            if unknown := law.rights.types() - self.right_types.keys():
                names = ", ".join(sorted(unknown))
                raise LawFileError(f"{code}/rights.toml: {names}: no such kind of right")
        return laws

    @cached_property
    def right_types(self) -> dict[str, RightType]:
        """Every kind of right that ``law/rights/`` describes.

        Raises:
            LawFileError: A file is malformed, or is not named by the code it holds.
        """
        types = {
            path.stem: right_type_parse(section_read(path, self.root))
            for path in sorted(self.root.glob("rights/*.toml"))
        }
        for name, right_type in types.items():
            if right_type.code != name:
                raise LawFileError(f"rights/{name}.toml: code: must be {name!r}")
        return types

    def law(self, code: str) -> Law:
        """Return the law of one side.

        Raises:
            NotFound: There is no such folder.
        """
        if code not in self.laws:
            raise NotFound("law-unknown", law=code)
        return self.laws[code]

    def procedure(self, code: str, on: date) -> Procedure:
        """Return the procedure of that code as it was law on that day.

        Raises:
            NotFound: No law folder has a procedure of that code.
            TermNotInForce: It was not law on that day.
        """
        versions = [
            found for law in self.laws.values() for found in law.procedures if found.code == code
        ]
        if not versions:
            raise NotFound("procedure-unknown", procedure=code)
        for version in versions:
            if version.in_force_from <= on <= version.in_force_to:
                return version
        raise TermNotInForce("procedure-not-in-force", procedure=code, on=on.isoformat())

    def calendar(self, code: str) -> NamedCalendar:
        """Return a calendar by its code, such as ``cn/working-days``.

        Raises:
            NotFound: There is no such calendar.
        """
        for law in self.laws.values():
            if code in law.calendars:
                return law.calendars[code]
        raise NotFound("calendar-unknown", calendar=code)

    def working_calendars(self, law: str) -> dict[str, WorkingCalendar]:
        """Return the days of every calendar of one side, as deadlines are counted with."""
        return {code: found.days for code, found in self.law(law).calendars.items()}

    def instrument(self, code: str) -> Instrument:
        """Return an instrument by its code, such as ``cn/trade-mark-law``.

        Raises:
            NotFound: There is no such instrument.
        """
        for law in self.laws.values():
            if code in law.instruments:
                return law.instruments[code]
        raise NotFound("instrument-unknown", instrument=code)

    def citation(self, source: str, on: date) -> Citation:
        """Return the citation that ``<law>/<instrument>#<article>`` means on that day.

        A provision's name may stand for the article: ``cn/trade-mark-law#same-mark-same-goods`` is
        article 57(1) up to the end of 2026 and article 72(1) from 2027 on.

        Raises:
            NotFound: There is no such instrument, or no such article in the edition in force.
            TermNotInForce: No edition was law on that day.
        """
        code, _, wanted = source.partition("#")
        instrument = self.instrument(code)
        edition = instrument.edition(on)
        for article in edition.articles:
            if wanted in (article.number, article.provision):
                return Citation(instrument, edition, article)
        raise NotFound("article-unknown", source=source, edition=edition.edition)

    def _law(self, folder: Path) -> Law:
        def read(name: str) -> Section:
            return section_read(folder / name, self.root)

        return Law(
            side=side_parse(read("administration.toml")),
            instruments=instruments_parse(read("instruments.toml"), folder.name),
            calendars=calendars_read(folder, self.root),
            procedures=tuple(
                procedure_parse(section_read(path, self.root), folder.name)
                for path in sorted(folder.glob("procedures/*.toml"))
            ),
            bases=bases_parse(read("valuation.toml")),
            securities=securities_parse(read("thresholds.toml")),
            rights=rights_parse(read("rights.toml")),
            recordation=recordation_parse(read("recordation.toml"), folder.name),
        )


def _check(code: str, law: Law) -> None:
    """Refuse a folder whose parts do not fit together."""
    if law.side.code != code:
        raise LawFileError(f"{code}/administration.toml: code: must be {code!r}")
    for source in _sources(law):
        instrument, _, article = source.partition("#")
        found = law.instruments.get(instrument)
        known = (
            {each.number for edition in found.editions for each in edition.articles}
            if found
            else ()
        )
        if article not in known:
            raise LawFileError(f"{code}: {source}: is not in instruments.toml")
    spans: dict[str, date] = {}
    duty = law.recordation.change_duty
    if duty and duty.calendar not in law.calendars:
        raise LawFileError(f"{code}/recordation.toml: {duty.calendar}: no such calendar")
    for procedure in sorted(
        (*law.procedures, law.recordation.procedure), key=lambda each: each.in_force_from
    ):
        if not procedure.code.startswith(f"{code}/"):
            raise LawFileError(f"{code}/procedures: {procedure.code}: must begin with {code}/")
        if procedure.code in spans and procedure.in_force_from <= spans[procedure.code]:
            raise LawFileError(f"{code}/procedures: {procedure.code}: two versions overlap")
        spans[procedure.code] = procedure.in_force_to
        if unknown := {term.calendar for term in procedure.terms} - law.calendars.keys():
            raise LawFileError(f"{procedure.code}: {', '.join(unknown)}: no such calendar")


def _sources(law: Law) -> set[str]:
    """Return every citation of the folder, apart from the instruments themselves."""
    procedures = (*law.procedures, law.recordation.procedure)
    sources = {procedure.source for procedure in procedures}
    sources |= {act.source for procedure in procedures for act in procedure.acts}
    sources |= {term.source for procedure in procedures for term in procedure.terms}
    sources |= {calendar.source for calendar in law.calendars.values()}
    sources |= {basis.source for basis in law.bases}
    sources |= {rule.source for rule in law.securities.values()}
    sources |= law.rights.sources()
    if duty := law.recordation.change_duty:
        sources.add(duty.source)
    return sources - {""}
