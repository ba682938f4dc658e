"""Retro-hunts: lines declared some time ago, screened once more for rights that are new to them.

A right is looked for alone, which is quick; only where it is found is the line screened against
the whole register of its day. So a retro-hunt finds what a run on that day would have found, had
the right been recorded then, with the same score and the same reasons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.intake.models import Declaration, DeclarationLine
from countermark.apps.intake.selectors import line_list
from countermark.apps.register.convert import RecordedRight
from countermark.apps.register.models import Right
from countermark.apps.register.selectors import recordation_in_force_list, recorded_rights
from countermark.apps.screening.convert import Finding, line_from_row
from countermark.apps.screening.models import Cause, Run, RunKind, RunState
from countermark.apps.screening.revision import Lookout
from countermark.apps.screening.selectors import hunt_open_list, lines_between, today_and_back
from countermark.apps.screening.services.finder import Finder, background_of
from countermark.apps.screening.services.recording import (
    chunk_record,
    hunt_subject,
    run_finish,
    run_locked,
)
from countermark.apps.screening.services.rules import (
    BACKGROUND_LINES,
    Rules,
    rules_in_force,
    ruleset_of,
)
from countermark.apps.screening.services.runs import run_turn
from countermark.apps.screening.services.standing import standing_over
from countermark.apps.screening.watch import Watch
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput
from countermark.domain.matching.screener import Context
from countermark.domain.matching.types import Line

CHUNK: Final = 1_000
"""Lines screened and written in one transaction."""

LOT: Final = 900
"""Keys that every database takes as parameters of one query."""

Chunk = list[tuple[int, date]]
"""Keys of lines with the days they were declared, in that order of days and keys."""


@dataclass
class _Prey:
    """What a hunt looks for: its rights as they stand now, counted as recorded all the time."""

    rights: list[RecordedRight]
    context: Context
    rules: Rules
    lookout: Lookout
    period: tuple[date, date]
    ids: frozenset[str] = field(init=False)
    alone: Watch = field(init=False)

    def __post_init__(self) -> None:
        self.ids = frozenset(str(right.right_id) for right in self.rights)
        self.alone = Watch.of(self.rights, self.context)

    @property
    def version(self) -> str:
        """The digest of the marks looked for on the last day."""
        return self.alone.version([self.period[1]])

    @cached_property
    def whole(self) -> Finder:
        """The finder over the whole register; read where the first line needs it."""
        watch = standing_over(*self.period, self.context).finder.watch
        return Finder(
            watch.changed([right.right_id for right in self.rights], self.rights), self.rules
        )

    def findings(self, line: Line, day: date) -> list[Finding]:
        """Return what is found of the rights looked for."""
        if not self.alone.screener(day).screen(line):
            return []
        return self.whole.findings(line, day, only=self.ids)


@transaction.atomic
def hunt_start(
    *,
    rights: Sequence[Right],
    cause: str,
    by: Officer | None = None,
    period: tuple[date, date] | None = None,
) -> Run:
    """Start a retro-hunt for the rights among some that are screened against today.

    A hunt for the same rights and days that has not begun yet is returned in its place: it reads
    the register when it begins.

    Args:
        rights: One right, or all that an import has brought.
        cause: One of ``Cause``; by hand an officer needs ``screening.rules``.
        by: The officer who asks, or whose act led to it.
        period: First and last day of declaration; by default the last days up to today.

    Raises:
        NotPermitted: The officer may not start hunts by hand.
        InvalidInput: The period is reversed or in the future.
        ActNotOpen: None of the rights is screened against today.
        Conflict: Such a hunt by hand is under way already.
    """
    if cause == Cause.BY_HAND and by is not None:
        officer_require(by, "screening.rules")
    first, last = period or today_and_back(settings.COUNTERMARK_RETRO_HUNT_DAYS)
    _check_period(first, last)
    watched = _watched([right.pk for right in rights])
    if not watched:
        raise ActNotOpen("right-not-watched", rights=len(rights))
    known = _same_hunt(watched, cause, first, last)
    if known is not None:
        return known
    run = Run.objects.create(
        kind=RunKind.RETRO_HUNT,
        cause=cause,
        started_by=by,
        first_day=first,
        last_day=last,
        ruleset=ruleset_of(rules_in_force(timezone.localdate())),
        started_at=timezone.now(),
    )
    run.rights.set(watched)
    audit_record(
        "screening.retro-hunt.started",
        subject=hunt_subject(run),
        by=by,
        cause=cause,
        first_day=first,
        last_day=last,
        rights=len(watched),
    )
    return run


def hunt_execute(*, run: Run) -> Run:
    """Pass the lines of a retro-hunt that are not passed yet, and record new hits.

    Chunks, resumption and changes of the register are as in ``run_execute``. Lines loaded after
    the hunt has begun are left to the runs over their batches.

    Raises:
        ActNotOpen: The hunt was abandoned.
        Conflict: Another worker has begun the hunt anew against a changed right.
    """
    run.refresh_from_db()
    if run.state == RunState.FAILED:
        raise ActNotOpen("run-failed", run=run.pk)
    if run.state == RunState.FINISHED:
        return run
    run = _bound(run)
    prey = _prey(run, _context(run))
    run = _begin(run, prey)
    while run.state == RunState.RUNNING and (chunk := _next_lines(run)):
        if prey.lookout.news():
            prey = _prey(run, prey.context)
            run = run_turn(run, version=prey.version, ruleset=ruleset_of(prey.rules))
        run = _hunt_chunk(run, chunk, prey)
    return run_finish(run)


def _check_period(first: date, last: date) -> None:
    if first > last:
        raise InvalidInput("period-reversed", field="last_day")
    if last > timezone.localdate():
        raise InvalidInput("date-in-the-future", field="last_day")


def _watched(keys: Sequence[int]) -> list[int]:
    """Return which of some rights are screened against today."""
    in_force = recordation_in_force_list(timezone.localdate())
    found: set[int] = set()
    for at in range(0, len(keys), LOT):
        some = in_force.filter(right__in=keys[at : at + LOT]).values_list("right", flat=True)
        found.update(key for key in some if key is not None)
    return sorted(found)


def _same_hunt(rights: Sequence[int], cause: str, first: date, last: date) -> Run | None:
    """Return a hunt for the same rights and days that need not be made twice.

    Raises:
        Conflict: It was asked for by hand, and it has begun.
    """
    for run in hunt_open_list().filter(first_day=first, last_day=last, rights=rights[0]):
        if sorted(run.rights.values_list("pk", flat=True)) != list(rights):
            continue
        if run.state == RunState.PENDING:
            return run
        if cause == Cause.BY_HAND:
            raise Conflict("hunt-under-way", run=run.pk)
    return None


@transaction.atomic
def _bound(run: Run) -> Run:
    """Settle once which lines a hunt passes, and let the page say at once how many those are."""
    run = run_locked(run)
    if run.state != RunState.PENDING:
        return run
    run.state = RunState.RUNNING
    run.upto_line = DeclarationLine.objects.aggregate(last=Max("pk"))["last"] or 0
    run.lines_total = lines_between(*_period(run), upto=run.upto_line).count()
    run.save(update_fields=["state", "upto_line", "lines_total"])
    return run


def _context(run: Run) -> Context:
    known = line_list().filter(pk__lte=run.upto_line).order_by("-pk")[:BACKGROUND_LINES]
    return Context(background=background_of(known))


def _prey(run: Run, context: Context) -> _Prey:
    """Return what a hunt looks for as it stands now: nothing, once its rights are withdrawn."""
    lookout, first = Lookout(), _period(run)[0]
    valid = dict(run.rights.values_list("pk", "valid_from"))
    rights = [
        replace(right, first=min(right.first, max(first, valid[right.right_id])))
        for right in recorded_rights(lookout.day, lookout.day, only=run.rights.all())
    ]
    return _Prey(rights, context, rules_in_force(lookout.day), lookout, _period(run))


@transaction.atomic
def _begin(run: Run, prey: _Prey) -> Run:
    """Set a hunt to work, from the beginning if what it looks for has changed."""
    run = run_locked(run)
    version, ruleset = prey.version, ruleset_of(prey.rules)
    if (run.register_version, run.ruleset_id) != (version, ruleset.pk):
        run.lines_done, run.passed_day, run.passed_line = 0, None, 0
    run.register_version, run.ruleset = version, ruleset
    run.paced_at, run.paced_from = timezone.now(), run.lines_done
    run.save()
    return run


def _next_lines(run: Run) -> Chunk:
    """Return the next lines of one day; empty at the end."""
    first, last = _period(run)
    day, after = run.passed_day or first, run.passed_line
    while True:
        lines = lines_between(day, day, upto=run.upto_line).filter(pk__gt=after)
        keys = list(lines.order_by("pk").values_list("pk", flat=True)[:CHUNK])
        if keys:
            return [(key, day) for key in keys]
        later = Declaration.objects.filter(declared_on__gt=day, declared_on__lte=last)
        following = later.order_by("declared_on").values_list("declared_on", flat=True).first()
        if following is None:
            return []
        day, after = following, 0


def _hunt_chunk(run: Run, chunk: Chunk, prey: _Prey) -> Run:
    """Screen some lines outside a transaction, then record what was found inside one."""
    rows = line_list().in_bulk([key for key, _ in chunk])
    findings = [
        (day, finding)
        for key, day in chunk
        for finding in prey.findings(line_from_row(rows[key]), day)
    ]
    key, day = chunk[-1]
    return chunk_record(run, findings, lines=len(chunk), passed=(day, key))


def _period(run: Run) -> tuple[date, date]:
    if run.first_day is None or run.last_day is None:
        raise ValueError(f"{run} is no retro-hunt")
    return run.first_day, run.last_day
