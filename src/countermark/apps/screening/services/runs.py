"""Services on runs: the screener over the lines of a batch, chunk by chunk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.intake.models import Batch, BatchState, DeclarationLine
from countermark.apps.intake.selectors import line_list
from countermark.apps.screening.convert import line_from_row
from countermark.apps.screening.models import Ruleset, Run, RunState
from countermark.apps.screening.services.finder import Finder, background_of
from countermark.apps.screening.services.recording import (
    chunk_record,
    hunt_subject,
    run_finish,
    run_locked,
)
from countermark.apps.screening.services.rules import (
    BACKGROUND_LINES,
    rules_in_force,
    ruleset_of,
)
from countermark.apps.screening.services.standing import Standing, standing_over
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput
from countermark.domain.matching.screener import Context

CHUNK: Final = 500
"""Lines screened and written in one transaction."""

OPEN: Final = (RunState.PENDING, RunState.RUNNING)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a run works through: its lines in order of day, and what they are held against."""

    lines: list[tuple[int, date]]
    standing: Standing

    @property
    def finder(self) -> Finder:
        """Finds hits under the register and the mutes as they were when last asked."""
        return self.standing.finder

    @property
    def version(self) -> str:
        """The digest of the marks of all days of the lines."""
        days = {day for _, day in self.lines} or {self.standing.lookout.day}
        return self.finder.watch.version(days)


@transaction.atomic
def run_start(*, batch: Batch, by: Officer | None = None) -> Run:
    """Start a run over a loaded batch, or return the one that is still open.

    Args:
        batch: Loaded; its rows are locked against a second start.
        by: The officer who asks, or None where the node itself does.

    Raises:
        NotPermitted: The officer may not send batches to be screened.
        ActNotOpen: The batch is not loaded.
    """
    if by is not None:
        officer_require(by, "batches.receive")
    batch = _loaded(batch)
    unfinished = batch.runs.filter(state__in=OPEN).first()
    if unfinished is not None:
        return unfinished
    ruleset = ruleset_of(rules_in_force(timezone.localdate()))
    run = Run.objects.create(batch=batch, ruleset=ruleset, started_at=timezone.now())
    audit_record("screening.run.started", subject=batch.number, by=by, run=run.pk)
    return run


@transaction.atomic
def run_ensure(*, batch: Batch) -> Run:
    """Return the open or finished run over a loaded batch, or start its first.

    For background work that may come twice: a batch that has been screened is not screened again.

    Raises:
        ActNotOpen: The batch is not loaded.
    """
    batch = _loaded(batch)
    known = batch.runs.filter(state__in=(*OPEN, RunState.FINISHED)).first()
    return known or run_start(batch=batch)


def run_execute(*, run: Run) -> Run:
    """Screen the lines of a run that are not done yet, and record their hits.

    Each chunk of lines, with its hits and the run's progress, is one transaction. A killed run
    goes on where it stopped; if the register or the rules have changed since, it begins anew, and
    hits that are there already are not recorded twice. What changes while it runs counts from the
    next chunk on; for the lines before, there are retro-hunts. A finished run is returned as it is.

    Raises:
        ActNotOpen: The run was abandoned.
        Conflict: Another worker has begun the run anew against a changed register.
    """
    run.refresh_from_db()
    if run.state == RunState.FAILED:
        raise ActNotOpen("run-failed", run=run.pk)
    if run.state == RunState.FINISHED or run.batch is None:
        return run
    _announce(run)
    plan = _plan(run.batch)
    run = _begin(run, plan)
    while run.state == RunState.RUNNING and run.lines_done < run.lines_total:
        if plan.standing.follow():
            rules = ruleset_of(plan.finder.rules)
            run = run_turn(run, version=plan.version, ruleset=rules)
        run = _screen_chunk(run, plan)
    return run_finish(run)


@transaction.atomic
def run_abandon(*, run: Run, by: Officer, reason: str) -> Run:
    """End a run or retro-hunt that does not come to its end, so that it can be made anew.

    Its hits stay.

    Raises:
        NotPermitted: The officer may not change the rules of screening.
        InvalidInput: There is no reason.
        ActNotOpen: The run has ended already.
    """
    officer_require(by, "screening.rules")
    if not reason.strip():
        raise InvalidInput("missing", field="reason")
    run = run_locked(run)
    if run.state not in OPEN:
        raise ActNotOpen("run-ended", run=run.pk, state=run.state)
    run.state, run.finished_at = RunState.FAILED, timezone.now()
    run.save(update_fields=["state", "finished_at"])
    subject = run.batch.number if run.batch else hunt_subject(run)
    audit_record("screening.run.abandoned", subject=subject, by=by, run=run.pk, reason=reason)
    return run


def _loaded(batch: Batch) -> Batch:
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != BatchState.LOADED:
        raise ActNotOpen("batch-not-loaded", number=batch.number, state=batch.state)
    return batch


def _announce(run: Run) -> None:
    """Let the page say at once how many lines there are; reading the register takes a while."""
    lines = DeclarationLine.objects.filter(batch=run.batch).count()
    Run.objects.filter(pk=run.pk, state=RunState.PENDING).update(
        state=RunState.RUNNING, lines_total=lines
    )


def _plan(batch: Batch) -> _Plan:
    lines = list(
        DeclarationLine.objects.filter(batch=batch)
        .order_by("declaration__declared_on", "pk")
        .values_list("pk", "declaration__declared_on")
    )
    newest = max((pk for pk, _ in lines), default=0)
    known = line_list().filter(pk__lte=newest).order_by("-pk")[:BACKGROUND_LINES]
    context = Context(background=background_of(known))
    days = [day for _, day in lines] or [timezone.localdate()]
    return _Plan(lines, standing_over(days[0], days[-1], context))


@transaction.atomic
def _begin(run: Run, plan: _Plan) -> Run:
    """Set a run to work, from the beginning if what it looks for has changed."""
    run = run_locked(run)
    version, ruleset = plan.version, ruleset_of(plan.finder.rules)
    if (run.register_version, run.ruleset_id) != (version, ruleset.pk):
        run.lines_done = 0
    run.register_version, run.ruleset = version, ruleset
    run.state, run.lines_total = RunState.RUNNING, len(plan.lines)
    run.paced_at, run.paced_from = timezone.now(), run.lines_done
    run.save()
    return run


@transaction.atomic
def run_turn(run: Run, *, version: str, ruleset: Ruleset) -> Run:
    """Note what a running run looks for from now on.

    Raises:
        Conflict: Another worker has taken over.
    """
    fresh = run_locked(run)
    if fresh.register_version != run.register_version:
        raise Conflict("run-taken-over", run=run.pk)
    fresh.register_version, fresh.ruleset = version, ruleset
    fresh.save(update_fields=["register_version", "ruleset"])
    return fresh


def _screen_chunk(run: Run, plan: _Plan) -> Run:
    """Screen the next lines outside a transaction, then record what was found inside one."""
    chunk = dict(plan.lines[run.lines_done : run.lines_done + CHUNK])
    rows = line_list().in_bulk(chunk)
    findings = [
        (day, finding)
        for pk, day in chunk.items()
        for finding in plan.finder.findings(line_from_row(rows[pk]), day)
    ]
    return chunk_record(run, findings, lines=len(chunk))
