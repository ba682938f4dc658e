"""What part of the queue is shown: read from the address, so that an address is a saved view."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from countermark.apps.accounts.selectors import office_list
from countermark.apps.screening.selectors import VIEWS, hit_queue

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict

    from countermark.apps.accounts.models import Officer
    from countermark.apps.screening.models import Hit

PAGE_SIZE = 50
SCORES = (50, 60, 80)


@dataclass(frozen=True, slots=True)
class Filters:
    """A view of the queue, a search, a least score in points of 100, and an office's code."""

    view: str = "open"
    query: str = ""
    min_score: int = 0
    office: str = ""
    page: int = 1

    @classmethod
    def read(cls, address: QueryDict) -> Filters:
        """Return the filters of an address; what cannot be read counts as not set."""
        view = address.get("view", "open")
        return cls(
            view=view if view in VIEWS else "open",
            query=address.get("q", "").strip()[:200],
            min_score=_number(address.get("min"), 100),
            office=address.get("office", "")[:20],
            page=max(1, _number(address.get("page"), 1_000_000)),
        )

    def address(self) -> str:
        """Return the filters as the query of an address, without what is not set."""
        said = {
            "view": "" if self.view == "open" else self.view,
            "q": self.query,
            "min": self.min_score or "",
            "office": self.office,
            "page": "" if self.page == 1 else self.page,
        }
        return urlencode({name: value for name, value in said.items() if value})

    def in_view(self, view: str) -> Filters:
        """Return the same filters over another view, from its first page."""
        return replace(self, view=view, page=1)

    @property
    def narrowed(self) -> bool:
        """Whether anything but the view leaves hits out."""
        return bool(self.query or self.min_score or self.office)

    def hits(self, officer: Officer) -> QuerySet[Hit]:
        """Return the hits these filters leave within the officer's reach."""
        hits = hit_queue(
            visible_to=officer, view=self.view, query=self.query, min_score=self.min_score / 100
        )
        return hits.filter(line__declaration__office__code=self.office) if self.office else hits


def offices_for(officer: Officer) -> list[tuple[str, str]]:
    """Return the offices an officer can choose between; none for who sees only his own."""
    if not officer.sees_all_offices:
        return []
    return [(office.code, office.name) for office in office_list()]


def _number(text: str | None, most: int) -> int:
    return min(int(text), most) if text and text.isascii() and text.isdigit() else 0
