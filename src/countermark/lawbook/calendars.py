"""Calendars of an administration: its gazetted days, and which of them a rule leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from countermark.domain.calendars import WorkingCalendar
from countermark.lawbook.files import LawFileError, section_read

if TYPE_CHECKING:
    from pathlib import Path

    from countermark.domain.vocabulary import Names, Verification
    from countermark.lawbook.files import Section

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """The gazetted days of one year, with where they come from."""

    year: int
    source: str
    verification: Verification
    note: str
    holidays: dict[date, str]
    makeup_days: frozenset[date]


@dataclass(frozen=True, slots=True)
class NamedCalendar:
    """A calendar that terms name: its days, its years and the rule behind it."""

    code: str
    names: Names
    days: WorkingCalendar
    years: tuple[CalendarYear, ...]
    source: str
    verification: Verification
    note: str


def calendars_read(folder: Path, root: Path) -> dict[str, NamedCalendar]:
    """Return the calendars of one administration by their code.

    Raises:
        LawFileError: A file is malformed, a day stands in the wrong year, or a year is missing
            between the first and the last.
    """
    years = tuple(_year(path, root) for path in sorted(folder.glob("calendars/*.toml")))
    if [each.year for each in years] != list(range(years[0].year, years[-1].year + 1)):
        raise LawFileError(f"{folder.name}/calendars: the years are not without a gap")
    file = section_read(folder / "calendars.toml", root)
    found = {}
    for section in file.sections("calendars"):
        calendar = _calendar(section, years)
        found[calendar.code] = calendar
    file.done()
    return found


def _year(path: Path, root: Path) -> CalendarYear:
    file = section_read(path, root)
    days: dict[date, str] = {}
    for section in file.sections("holidays"):
        days[section.take("day", date)] = section.take("name", str)
        section.done()
    makeup: list[object] = file.take("makeup_days", list)
    made_up = frozenset(day for day in makeup if isinstance(day, date))
    year = CalendarYear(
        year=file.take("year", int),
        source=file.take("source", str),
        verification=file.verification(),
        note=file.take("note", str),
        holidays=days,
        makeup_days=made_up,
    )
    file.done()
    if str(year.year) != path.stem or len(made_up) != len(makeup):
        raise file.fail("year", "does not match the file's name, or a make-up day is no date")
    if any(day.year != year.year for day in {*days, *made_up}):
        raise file.fail("holidays", "holds a day of another year")
    return year


def _calendar(section: Section, years: tuple[CalendarYear, ...]) -> NamedCalendar:
    rest = section.strings("rest_weekdays")
    if not set(rest) <= set(_WEEKDAYS):
        raise section.fail("rest_weekdays", f"must be some of: {', '.join(_WEEKDAYS)}")
    gazetted = section.take("holidays", bool)
    days = WorkingCalendar(
        until=date(years[-1].year, 12, 31) if gazetted else date.max,
        holidays=frozenset(day for year in years for day in year.holidays if gazetted),
        makeup_days=frozenset(day for year in years for day in year.makeup_days if gazetted),
        since=date(years[0].year, 1, 1) if gazetted else date.min,
        rest_weekdays=frozenset(map(_WEEKDAYS.index, rest)),
    )
    calendar = NamedCalendar(
        code=section.take("code", str),
        names=section.names(),
        days=days,
        years=years if gazetted else (),
        source=section.take("source", str),
        verification=section.verification(),
        note=section.take("note", str),
    )
    section.done()
    return calendar
