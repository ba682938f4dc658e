"""The triage screen: the list of a view, one hit opened beside it, and the decision just made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.utils import timezone

from countermark.apps.accounts.selectors import home_administration
from countermark.apps.screening.selectors import (
    VIEWS,
    disposition_last,
    hit_comparison,
    hit_get,
    queue_counts,
)
from countermark.apps.screening.services import UNDO_WITHIN
from countermark.domain.errors import NotFound
from countermark.web.triage.filters import PAGE_SIZE, SCORES, Filters, offices_for
from countermark.web.triage.forms import SNOOZES, DecisionForm
from countermark.web.triage.present import balance, claim, contributions, row

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Officer
    from countermark.apps.screening.models import Disposition, Hit


@dataclass(frozen=True, slots=True)
class Tab:
    """One view of the queue with its count and address."""

    view: str
    count: int
    address: str
    current: bool


@dataclass(slots=True)
class Screen:
    """What the screen is drawn from.

    ``opened`` says that the officer asked for this hit, so that a phone shows it, not the list.
    """

    officer: Officer
    filters: Filters
    hit: Hit | None = None
    opened: bool = False
    done: Hit | None = None
    form: DecisionForm | None = None

    def page(self) -> Page[Any]:
        """Return the page of the list that the filters lead to."""
        return Paginator(self.filters.hits(self.officer), PAGE_SIZE).get_page(self.filters.page)

    def context(self) -> dict[str, object]:
        """Return everything the template shows."""
        page = self.page()
        hit = self.hit or next(iter(page.object_list), None)
        counts = queue_counts(self.officer)
        return {
            "filters": self.filters,
            "page": page,
            "rows": [row(each) for each in page.object_list],
            "tabs": self._tabs(counts),
            "counts": counts,
            "scores": SCORES,
            "offices": offices_for(self.officer),
            "done": self.done,
            "undo": undoable(self.done, self.officer),
            **self.evidence(hit),
        }

    def evidence(self, hit: Hit | None) -> dict[str, object]:
        """Return what the panel beside the list shows of one hit."""
        may = {
            "may_decide": self.officer.may("hits.decide"),
            "may_open_case": self.officer.may("cases.open"),
            "may_rule": self.officer.may("screening.rules"),
        }
        if hit is None:
            return {"hit": None, "filters": self.filters, **may}
        parts = contributions(hit)
        return {
            "hit": hit,
            "opened": self.opened,
            "filters": self.filters,
            "row": row(hit),
            "claim": claim(hit),
            "parts": parts,
            "largest": max((abs(part.points) for part in parts), default=1),
            "balance": balance(parts),
            "comparison": hit_comparison(hit),
            "recordations": hit.right.recordations.filter(administration=home_administration()),
            "history": hit.dispositions.select_related("by").all(),
            "now": timezone.now(),
            "form": self.form or DecisionForm(),
            "snoozes": SNOOZES.items(),
            **may,
        }

    def _tabs(self, counts: Any) -> list[Tab]:
        return [
            Tab(view, counts[view], self.filters.in_view(view).address(), view == self.filters.view)
            for view in VIEWS
        ]


def undoable(hit: Hit | None, officer: Officer) -> Disposition | None:
    """Return the officer's decision about a hit while he can still take it back."""
    last = disposition_last(hit) if hit else None
    if last is None or last.decision == "undo" or last.by_id != officer.pk:
        return None
    return last if timezone.now() - last.at <= UNDO_WITHIN else None


def hit_or_none(number: str, officer: Officer) -> Hit | None:
    """Return a hit named in an address, or None where it is not within reach."""
    try:
        return hit_get(number=number, visible_to=officer) if number else None
    except NotFound:
        return None


def next_hit(screen: Screen, place: int) -> Hit | None:
    """Return the hit that has moved up to a place of the list, or the last one before it."""
    hits = list(screen.page().object_list)
    return hits[min(place, len(hits) - 1)] if hits else None
