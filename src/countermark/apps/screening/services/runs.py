"""Services on runs: the screener over the lines of a batch, chunk by chunk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.intake.models import Batch, BatchState, DeclarationLine
from countermark.apps.intake.selectors import line_list
from countermark.apps.intake.services import serial_take
from countermark.apps.register.selectors import recorded_rights
from countermark.apps.screening.convert import hit_row, line_from_row
from countermark.apps.screening.models import Hit, Ruleset, Run, RunState
from countermark.apps.screening.watch import Watch
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput
from countermark.domain.matching.background import Background
from countermark.domain.matching.screener import RULES_VERSION, Context

CHUNK: Final = 500
"""Lines screened and written in one transaction."""

LEAST_SCORE: Final = 0.2
"""Hits scored below would be for nothing four times in five: only excused ones are recorded."""

BACKGROUND_LINES: Final = 10_000
"""How many of the latest lines, the batch's own among them, tell how words are used."""

DECIDE_WITHIN: Final = timedelta(hours=24)
"""How long goods just declared wait for a decision; a working setting, not a term of law."""

LIVE_FOR: Final = timedelta(days=30)
"""Goods declared longer ago have gone: their hits have no time by which to decide."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a run works through: its lines in order of day, and the marks of each day."""

    lines: list[tuple[int, date]]
    watch: Watch


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
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != BatchState.LOADED:
        raise ActNotOpen("batch-not-loaded", number=batch.number, state=batch.state)
    unfinished = batch.runs.filter(state__in=(RunState.PENDING, RunState.RUNNING)).first()
    if unfinished is not None:
        return unfinished
    run = Run.objects.create(batch=batch, ruleset=_ruleset(), started_at=timezone.now())
    audit_record("screening.run.started", subject=batch.number, by=by, run=run.pk)
    return run


def run_execute(*, run: Run) -> Run:
    """Screen the lines of a run that are not done yet, and record their hits.

    Each chunk of lines, with its hits and the run's progress, is one transaction. A killed run
    goes on where it stopped; if the register or the rules have changed since, it begins anew, and
    hits that are there already are not recorded twice. A finished run is returned as it is.

    Raises:
        ActNotOpen: The run was abandoned.
        Conflict: Another worker has begun the run anew against a changed register.
    """
    run.refresh_from_db()
    if run.state == RunState.FAILED:
        raise ActNotOpen("run-failed", run=run.pk)
    if run.state == RunState.FINISHED:
        return run
    plan = _plan(run.batch)
    run = _begin(run, plan)
    while run.state == RunState.RUNNING and run.lines_done < run.lines_total:
        run = _screen_chunk(run, plan)
    return _finish(run)


@transaction.atomic
def run_abandon(*, run: Run, by: Officer, reason: str) -> Run:
    """End a run that does not come to its end, so that the batch can be screened anew.

    Its hits stay.

    Raises:
        NotPermitted: The officer may not change the rules of screening.
        InvalidInput: There is no reason.
        ActNotOpen: The run has ended already.
    """
    officer_require(by, "screening.rules")
    if not reason.strip():
        raise InvalidInput("missing", field="reason")
    run = _locked(run)
    if run.state not in (RunState.PENDING, RunState.RUNNING):
        raise ActNotOpen("run-ended", run=run.pk, state=run.state)
    run.state, run.finished_at = RunState.FAILED, timezone.now()
    run.save(update_fields=["state", "finished_at"])
    audit_record(
        "screening.run.abandoned", subject=run.batch.number, by=by, run=run.pk, reason=reason
    )
    return run


def _ruleset() -> Ruleset:
    """Return the rules this program screens by; recorded when they are used first."""
    settings = f"{RULES_VERSION} {Context().model.name} {LEAST_SCORE} {BACKGROUND_LINES}"
    ruleset, _ = Ruleset.objects.get_or_create(
        version=f"{RULES_VERSION}/{Context().model.name}"[:40],
        defaults={"digest": hashlib.sha256(settings.encode()).hexdigest()},
    )
    return ruleset


def _plan(batch: Batch) -> _Plan:
    lines = list(
        DeclarationLine.objects.filter(batch=batch)
        .order_by("declaration__declared_on", "pk")
        .values_list("pk", "declaration__declared_on")
    )
    first = lines[0][1] if lines else timezone.localdate()
    last = lines[-1][1] if lines else first
    newest = max((pk for pk, _ in lines), default=0)
    known = line_list().filter(pk__lte=newest).order_by("-pk")[:BACKGROUND_LINES]
    context = Context(background=Background.of(map(line_from_row, known)))
    return _Plan(lines, Watch(recorded_rights(first, last), context))


@transaction.atomic
def _begin(run: Run, plan: _Plan) -> Run:
    """Set a run to work, from the beginning if what it looks for has changed."""
    run = _locked(run)
    days = {day for _, day in plan.lines} or {timezone.localdate()}
    version, ruleset = plan.watch.version(days), _ruleset()
    if (run.register_version, run.ruleset_id) != (version, ruleset.pk):
        run.lines_done = 0
    run.register_version, run.ruleset = version, ruleset
    run.state, run.lines_total = RunState.RUNNING, len(plan.lines)
    run.save()
    return run


def _screen_chunk(run: Run, plan: _Plan) -> Run:
    """Screen the next lines outside a transaction, then record what was found inside one."""
    chunk = dict(plan.lines[run.lines_done : run.lines_done + CHUNK])
    rows = line_list().in_bulk(chunk)
    found_at = timezone.now()
    hits = [
        hit_row(
            found,
            run=run,
            right_version=plan.watch.right_version(found.right_id),
            found_at=found_at,
            decide_by=_decide_by(day, found_at),
        )
        for pk, day in chunk.items()
        for found in plan.watch.screener(day).screen(line_from_row(rows[pk]))
        if found.excused or found.score >= LEAST_SCORE
    ]
    return _record(run, hits, len(chunk))


@transaction.atomic
def _record(run: Run, hits: list[Hit], lines: int) -> Run:
    """Write the new hits of one chunk with the run's progress, unless another worker has."""
    fresh = _locked(run)
    if fresh.register_version != run.register_version:
        raise Conflict("run-taken-over", run=run.pk)
    if (fresh.state, fresh.lines_done) != (run.state, run.lines_done):
        return fresh
    known = set(
        Hit.objects.filter(line__in={hit.line_id for hit in hits}).values_list("line", "right")
    )
    new = [hit for hit in hits if (hit.line_id, hit.right_id) not in known]
    for hit, number in zip(new, serial_take(name="hit", count=len(new)), strict=True):
        hit.number = f"H-{number:06d}"
    Hit.objects.bulk_create(new, batch_size=500)
    fresh.lines_done += lines
    fresh.hits_found += len(new)
    fresh.save(update_fields=["lines_done", "hits_found"])
    return fresh


@transaction.atomic
def _finish(run: Run) -> Run:
    run = _locked(run)
    if run.state == RunState.RUNNING and run.lines_done == run.lines_total:
        run.state, run.finished_at = RunState.FINISHED, timezone.now()
        run.save(update_fields=["state", "finished_at"])
        audit_record(
            "screening.run.finished",
            subject=run.batch.number,
            run=run.pk,
            lines=run.lines_total,
            hits=run.hits_found,
        )
    return run


def _decide_by(declared_on: date, now: datetime) -> datetime | None:
    live = timezone.localdate(now) - declared_on <= LIVE_FOR
    return now + DECIDE_WITHIN if live else None


def _locked(run: Run) -> Run:
    return (
        Run.objects.select_for_update(of=("self",))
        .select_related("batch", "ruleset")
        .get(pk=run.pk)
    )
