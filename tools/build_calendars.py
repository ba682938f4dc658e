"""Writes ``law/<side>/calendars/<year>.toml`` from published packages: ``make generated``.

Nobody has checked the packages' days against the gazettes, and the files say so; the mainland days
are written only where two independent packages agree on every day of the year. A year for which no
make-up days are announced is not written: terms that run into it stay provisional. A file that an
editor has checked (``verification = "verified"``) is left as it is.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

import chinese_calendar
import holidays

LAW = Path(__file__).resolve().parents[1] / "law"
FIRST_YEAR, LAST_YEAR = 2013, 2026
HEAD = """# Written by tools/build_calendars.py. To correct a day against the gazette, edit it here,
# set verification = "verified" and name the gazette notice in source.
year = {year}
source = "{source}"
verification = "computed"
note = "{note}"
"""


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]


def table(days: dict[date, str]) -> str:
    rows = "".join(f'  {{ day = {day}, name = "{name}" }},\n' for day, name in sorted(days.items()))
    return f"holidays = [\n{rows}]\n"


def mainland(year: int) -> str:
    calendar = holidays.country_holidays("CN", years=year, language="en_US")
    found = {day: name for day, name in calendar.items() if day.year == year}
    makeup = sorted(day for day in calendar.weekend_workdays if day.year == year)
    if not makeup:
        sys.exit(f"cn {year}: no make-up days are known, so the year is not announced")
    for day in days_of(year):
        ours = day in makeup or (day.weekday() < 5 and day not in found)
        if ours != chinese_calendar.is_workday(day):
            sys.exit(f"cn {day}: the two packages disagree")
    source = (
        f"holidays {version('holidays')} and chinesecalendar {version('chinesecalendar')} (PyPI)"
    )
    note = "The two packages agree on every day; not checked against the State Council notice."
    head = HEAD.format(year=year, source=source, note=note)
    return head + table(found) + f"makeup_days = [{', '.join(map(str, makeup))}]\n"


def hong_kong(year: int) -> str:
    calendar = holidays.country_holidays(
        "HK", years=year, language="en_US", categories=(holidays.PUBLIC, holidays.OPTIONAL)
    )
    found = {day: name for day, name in calendar.items() if day.weekday() != 6}
    source = f"holidays {version('holidays')} (PyPI), categories public and optional"
    note = (
        "General holidays other than Sundays, of one package; not checked against the Gazette. "
        "Every Sunday is a general holiday too (Cap. 149, Schedule)."
    )
    return HEAD.format(year=year, source=source, note=note) + table(found) + "makeup_days = []\n"


def main() -> None:
    """Write the files of every announced year that no editor has checked."""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for law, text in (("cn", mainland(year)), ("hk", hong_kong(year))):
            path = LAW / law / "calendars" / f"{year}.toml"
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and 'verification = "verified"' in path.read_text(encoding="utf-8"):
                continue
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
