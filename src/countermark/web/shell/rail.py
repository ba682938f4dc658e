"""The rail beside every page: where an officer may go, and how much waits there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from countermark.web.shell.counts import COUNTS

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Officer


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the rail: its address, the act that reading it needs, and its drawing."""

    title: Promise
    url_name: str
    act: str
    icon: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A place as one officer sees it."""

    title: str
    href: str
    icon: str
    current: bool
    count: int
    hot: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the rail with its entries."""

    title: str
    entries: list[Entry]


PLACES: list[tuple[Promise, list[Place]]] = [
    (
        _("Work"),
        [
            Place(_("Hit triage"), "triage:queue", "hits.read", "triage"),
            Place(_("Cases"), "cases:list", "cases.read", "case"),
            Place(_("Deadlines"), "cases:deadlines", "cases.read", "clock"),
            Place(_("Traders"), "trader:list", "rights.examine", "holder"),
            Place(_("Batches"), "batches:list", "batches.read", "batch"),
        ],
    ),
    (
        _("Cooperation"),
        [
            Place(_("Joint operations"), "operations:list", "operations.read", "operation"),
            Place(_("Exchange"), "exchange:home", "exchange.read", "exchange"),
        ],
    ),
    (
        _("Reference"),
        [
            Place(_("Recorded rights"), "rights:list", "rights.read", "right"),
            Place(_("Screening rules"), "rules:list", "screening.rules", "rules"),
            Place(_("Joint figures"), "figures:period", "reports.read", "figures"),
            Place(_("Audit log"), "audit:list", "audit.read", "audit"),
        ],
    ),
    (
        _("Portal"),
        [
            Place(_("My rights"), "portal:home", "portal.use", "right"),
            Place(_("Gaps"), "portal:gaps", "portal.use", "figures"),
            Place(_("For whom I speak"), "portal:holders", "portal.use", "holder"),
            Place(_("Traders who ask"), "portal:licences", "portal.use", "operation"),
            Place(_("How to tell"), "portal:guides", "portal.use", "check"),
            Place(_("Examiners"), "portal:examiners", "portal.use", "search"),
        ],
    ),
]


def rail(officer: Officer, path: str) -> list[Section]:
    """Return the rail of one officer: only what the role may read, with what waits there.

    Args:
        officer: Whose rail it is.
        path: The page being shown; the entry whose address is the longest part of it is current.
    """
    current = max(filter(path.startswith, map(_address, _open_to(officer))), key=len, default="")
    sections = []
    for title, places in PLACES:
        entries = [_entry(place, officer, current) for place in places if officer.may(place.act)]
        if entries:
            sections.append(Section(str(title), entries))
    return sections


def first_place(officer: Officer) -> str:
    """Return the address an officer starts at: the first of the rail he may read."""
    return _address(_open_to(officer)[0])


def _open_to(officer: Officer) -> list[Place]:
    return [place for _, group in PLACES for place in group if officer.may(place.act)]


def _address(place: Place) -> str:
    return reverse(place.url_name)


def _entry(place: Place, officer: Officer, current: str) -> Entry:
    href = _address(place)
    count, hot = COUNTS[place.url_name](officer) if place.url_name in COUNTS else (0, False)
    return Entry(str(place.title), href, place.icon, href == current, count, hot)
