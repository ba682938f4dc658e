"""What the list of cases is narrowed to; all of it stands in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.dateparse import parse_date

from countermark.apps.cases.selectors import case_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from countermark.apps.accounts.models import Officer
    from countermark.apps.cases.models import Case

STATES = ("open", "closed", "all")


@dataclass(frozen=True, slots=True)
class Filters:
    """A view of the list; without an address it shows open cases only."""

    state: str = "open"
    query: str = ""
    opened_from: date | None = None
    opened_to: date | None = None
    operation: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Filters:
        """Return the filters of an address; a value that cannot be read filters nothing."""
        state = given.get("state", "open")
        return cls(
            state if state in STATES else "open",
            given.get("q", "").strip(),
            _day(given.get("opened_from", "")),
            _day(given.get("opened_to", "")),
            given.get("operation", "").strip(),
        )

    def cases(self, officer: Officer) -> QuerySet[Case]:
        """Return the cases that fit, within the officer's reach, newest first."""
        state = None if self.state == "all" else self.state
        cases = case_list(visible_to=officer, state=state, query=self.query)
        if self.opened_from:
            cases = cases.filter(opened_on__gte=self.opened_from)
        if self.opened_to:
            cases = cases.filter(opened_on__lte=self.opened_to)
        if self.operation:
            cases = cases.filter(
                contributions__operation__code=self.operation,
                contributions__withdrawn_at__isnull=True,
            )
        return cases

    @property
    def without_operation(self) -> str:
        """The address of the same list over all operations."""
        return f"?{urlencode([pair for pair in self._pairs() if pair[0] != 'operation'])}"

    @property
    def all_states(self) -> str:
        """The address of the same list with closed cases in it."""
        return f"?{urlencode(dict(self._pairs()) | {'state': 'all'})}"

    @property
    def narrowed(self) -> bool:
        """Whether anything but the default is filtered."""
        return bool(self.query or self.opened_from or self.opened_to or self.operation)

    def _pairs(self) -> list[tuple[str, str]]:
        pairs = [
            ("state", self.state if self.state != "open" else ""),
            ("q", self.query),
            ("opened_from", self.opened_from.isoformat() if self.opened_from else ""),
            ("opened_to", self.opened_to.isoformat() if self.opened_to else ""),
            ("operation", self.operation),
        ]
        return [(name, value) for name, value in pairs if value]


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
