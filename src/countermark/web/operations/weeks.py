"""Cases of an operation by week, as far as the day of a case is known here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from countermark.web.formats import day_text, short_day_text
from countermark.web.svg import Column, Series, stacked_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from countermark.domain.measures import CaseRecord
    from countermark.web.figures.present import Side

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """Cases opened in one week of the window; ``cases`` in the order of the sides."""

    first: date
    last: date
    cases: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Weeks:
    """The weeks of a window, and what each side counts without saying when: ``not_shown``."""

    sides: tuple[Side, ...]
    rows: tuple[Week, ...]
    not_shown: tuple[int, ...]

    @property
    def totals(self) -> tuple[int, ...]:
        """Cases of each side; the weeks and what is not shown add up to it."""
        shown = (sum(row.cases[place] for row in self.rows) for place in range(len(self.sides)))
        return tuple(dated + rest for dated, rest in zip(shown, self.not_shown, strict=True))

    @property
    def chart(self) -> SafeString:
        """The weeks as stacked columns."""
        columns = [
            Column(short_day_text(row.first), self._hint(row), row.cases) for row in self.rows
        ]
        series = [Series(side.short, side.style) for side in self.sides]
        said = "; ".join(self._hint(row) for row in self.rows if any(row.cases))
        title = gettext("Cases by week")
        return stacked_columns(columns, series, title=title, description=said or title)

    def _hint(self, row: Week) -> str:
        counts = ", ".join(
            f"{side.short} {count}" for side, count in zip(self.sides, row.cases, strict=True)
        )
        return gettext("Week of %(day)s: %(counts)s") % {
            "day": day_text(row.first),
            "counts": counts,
        }


def weeks_of(
    window: tuple[date, date],
    sides: Sequence[Side],
    dated: dict[str, Sequence[CaseRecord]],
    totals: dict[str, int],
) -> Weeks:
    """Return the cases of each side by week, from Monday to Sunday within the window.

    Args:
        window: First and last day.
        sides: The parties.
        dated: Records by party, of those parties whose cases are known here.
        totals: Cases that each party counts; the rest without a day is not shown.
    """
    counted = {
        code: Counter(_monday(record.opened_on) for record in records)
        for code, records in dated.items()
    }
    rows = tuple(
        Week(
            max(monday, window[0]),
            min(monday + WEEK - timedelta(days=1), window[1]),
            tuple(counted.get(side.code, Counter())[monday] for side in sides),
        )
        for monday in _mondays(*window)
    )
    shown = [sum(row.cases[place] for row in rows) for place in range(len(sides))]
    rest = tuple(totals.get(side.code, 0) - count for side, count in zip(sides, shown, strict=True))
    return Weeks(tuple(sides), rows, rest)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _mondays(first: date, last: date) -> list[date]:
    start = _monday(first)
    return [start + n * WEEK for n in range((last - start).days // 7 + 1)]
