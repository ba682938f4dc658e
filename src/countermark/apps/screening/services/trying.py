"""Trying a line: what screening would say of it now; nothing is written.

Each process keeps one finder of today's register. Whether the register, the mutes or the day have
changed is asked of the audit log before every line (one row), so that a change counts at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.intake.selectors import line_list
from countermark.apps.register.models import Right
from countermark.apps.register.selectors import recorded_rights
from countermark.apps.screening.convert import Finding
from countermark.apps.screening.revision import Lookout
from countermark.apps.screening.services.finder import Finder, background_of, kept
from countermark.apps.screening.services.rules import BACKGROUND_LINES, rules_in_force
from countermark.apps.screening.watch import Watch
from countermark.domain.errors import InvalidInput
from countermark.domain.matching.screener import Context
from countermark.domain.matching.types import Line

CONTEXT_FOR: Final = timedelta(hours=1)
"""How long the word usage of the latest lines is kept; it drifts over weeks."""

LONGEST_TEXT: Final = 20_000


@dataclass(frozen=True, slots=True)
class TriedHit:
    """A finding with the right it is about; ``kept`` says whether it would become a hit."""

    finding: Finding
    right: Right
    kept: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """What screening says of a line, and under which register and rules."""

    hits: list[TriedHit]
    register_version: str
    rules_version: str


@dataclass(slots=True)
class _Standing:
    """What a process keeps: the finder of today, and how current it is."""

    finder: Finder
    lookout: Lookout
    read_at: datetime


_lock = Lock()
_kept: dict[str, _Standing] = {}


def line_try(*, line: Line, by: Officer) -> Trial:
    """Return what screening would find on a line declared today, too weak findings too.

    Raises:
        NotPermitted: The officer may not see the rules of screening.
        InvalidInput: The line says nothing, or far too much.
    """
    officer_require(by, "screening.rules")
    if not (line.goods_description.strip() or line.declared_brand.strip()):
        raise InvalidInput("missing", field="goods_description")
    if len(line.goods_description) + len(line.declared_brand) > LONGEST_TEXT:
        raise InvalidInput("too-long", field="goods_description")
    with _lock:
        standing = _current()
        day = standing.lookout.day
        findings = standing.finder.all_findings(line, day)
        version = standing.finder.watch.screener(day).version
    rights = Right.objects.select_related("holder").in_bulk(
        [int(finding.found.right_id) for finding in findings]
    )
    return Trial(
        [
            TriedHit(finding, rights[int(finding.found.right_id)], kept(finding.found))
            for finding in findings
        ],
        register_version=version,
        rules_version=standing.finder.rules.version,
    )


def _current() -> _Standing:
    """Return the finder of today's register, renewed where something has changed."""
    standing, now = _kept.get("today"), timezone.now()
    if standing is None or not timedelta() <= now - standing.read_at < CONTEXT_FOR:
        standing = _kept["today"] = _Standing(_finder(None, lookout := Lookout()), lookout, now)
    elif standing.lookout.news():
        standing.finder = _finder(standing.finder, standing.lookout)
    return standing


def _finder(before: Finder | None, lookout: Lookout) -> Finder:
    """Read the register; the index of the marks is kept where they are still the same."""
    day = lookout.day
    context = before.watch.context if before else _context()
    watch = Watch(recorded_rights(day, day), context)
    rules = rules_in_force(day)
    if before and watch.version([day]) == before.watch.version([day]):
        return Finder(before.watch, rules)
    watch.screener(day)
    return Finder(watch, rules)


def _context() -> Context:
    return Context(background=background_of(line_list().order_by("-pk")[:BACKGROUND_LINES]))
