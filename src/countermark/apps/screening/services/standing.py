"""The register as it stands, kept by a process and brought up to date by what has changed.

Reading a large register takes seconds, and so does making its index. So a process does both once,
and then follows the audit log (one row is read to ask it): only the rights that acts were about
are read again.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Final, Self

from django.conf import settings
from django.utils import timezone

from countermark.apps.intake.selectors import line_list
from countermark.apps.register.models import Right, RightHolder
from countermark.apps.register.selectors import recorded_rights, rights_named
from countermark.apps.screening.revision import Lookout, News
from countermark.apps.screening.selectors import today_and_back
from countermark.apps.screening.services.finder import Finder, background_of
from countermark.apps.screening.services.rules import BACKGROUND_LINES, rules_in_force
from countermark.apps.screening.watch import Watch
from countermark.domain.matching.screener import Context

CONTEXT_FOR: Final = timedelta(hours=1)
"""How long the word usage of the latest lines is kept; it drifts over weeks."""

DRAFTS: Final = "register.recordation."
"""Acts on files that have no right yet are about nothing that is screened against."""

MOST_SUBJECTS: Final = 900
"""Keys that every database takes as parameters of one query; after more, all is read again."""


@dataclass
class Standing:
    """A finder for the lines of some days, and how far it has followed the audit log.

    Attributes:
        finder: Finds hits under the register and the mutes as they were when last asked.
        first: The first day whose lines it may be given.
        last: The last such day.
        lookout: Knows what the finder does not know yet.
    """

    finder: Finder
    first: date
    last: date
    lookout: Lookout

    @classmethod
    def read(cls, first: date, last: date, context: Context) -> Self:
        """Return a finder for some days; the whole register is read."""
        lookout = Lookout()
        watch = Watch.of(recorded_rights(first, last), context)
        return cls(Finder(watch, rules_in_force(lookout.day)), first, last, lookout)

    def over(self, first: date, last: date, context: Context) -> Self:
        """Return a finder of one's own for some of the days, in another context."""
        finder = replace(self.finder, watch=self.finder.watch.knowing(context))
        return type(self)(finder, first, last, copy(self.lookout))

    def follow(self) -> bool:
        """Bring the finder up to date; tell whether anything of concern has happened."""
        news = self.lookout.news()
        if news is None:
            return False
        self.finder = Finder(self._watch(news), rules_in_force(self.lookout.day))
        return True

    def _watch(self, news: News) -> Watch:
        watch = self.finder.watch
        holders = None if news.whole else _holders(news)
        if holders is None:
            return Watch.of(recorded_rights(self.first, self.last), watch.context)
        if not holders:
            return watch
        theirs = Right.objects.filter(holder__in=holders)
        touched = set(theirs.values_list("pk", flat=True))
        return watch.changed(touched, recorded_rights(self.first, self.last, only=theirs))


@dataclass
class _Kept:
    """What a process keeps, and since when it knows how words are used."""

    standing: Standing
    context_at: datetime

    def learn(self, context: Context, at: datetime) -> None:
        """Screen with the word usage of this moment from now on."""
        self.standing = self.standing.over(self.standing.first, self.standing.last, context)
        self.context_at = at


_lock = Lock()
_process: dict[str, _Kept] = {}


def standing_over(first: date, last: date, context: Context) -> Standing:
    """Return a finder for the lines of some days, from what this process keeps if it can."""
    with _lock:
        kept = _current().standing
        if kept.first <= first:
            return kept.over(first, last, context)
    return Standing.read(first, last, context)


def finder_today() -> tuple[Finder, date]:
    """Return the finder for lines declared today, and which day that is."""
    with _lock:
        standing = _current().standing
        return standing.finder, standing.lookout.day


def standing_refresh(*, early: timedelta = timedelta()) -> int:
    """Load what a process keeps, or bring it up to date, so that no officer waits for it.

    Args:
        early: How much sooner than it must the word usage is counted anew.

    Returns:
        How many rights are kept.
    """
    with _lock:
        kept, now = _current(), timezone.now()
    if now - kept.context_at + early >= CONTEXT_FOR:
        context = _context()
        with _lock:
            kept.learn(context, now)
    return len(kept.standing.finder.watch.rights)


def standing_forget() -> None:
    """Forget what this process keeps: for tests, whose databases come and go."""
    with _lock:
        _process.clear()


def _current() -> _Kept:
    """Return what the process keeps, up to date; the caller holds the lock."""
    kept, now = _process.get("kept"), timezone.now()
    if kept is None:
        first, _ = today_and_back(settings.COUNTERMARK_RETRO_HUNT_DAYS)
        kept = _process["kept"] = _Kept(Standing.read(first, date.max, _context()), now)
    elif not timedelta() <= now - kept.context_at < CONTEXT_FOR:
        kept.learn(_context(), now)
    kept.standing.follow()
    return kept


def _context() -> Context:
    return Context(background=background_of(line_list().order_by("-pk")[:BACKGROUND_LINES]))


def _holders(news: News) -> set[int] | None:
    """Return the holders whose marks may have changed, None where the log does not say.

    An act on one right may change its holder's name, which is part of all his marks.
    """
    subjects = {subject for _, subject in news.acts}
    if len(subjects) > MOST_SUBJECTS:
        return None
    rights = rights_named(subjects)
    holders = dict(RightHolder.objects.filter(name__in=subjects).values_list("name", "pk"))
    known = {right.reference for right in rights} | holders.keys()
    if any(subject not in known and not act.startswith(DRAFTS) for act, subject in news.acts):
        return None
    return {right.holder_id for right in rights} | set(holders.values())
