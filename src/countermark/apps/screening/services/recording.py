"""How a run writes: chunk by chunk, each with its hits and the progress it makes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from countermark.apps.audit.services import audit_record
from countermark.apps.intake.services import serial_take
from countermark.apps.screening.convert import Finding, hit_row
from countermark.apps.screening.evidence import evidence_row
from countermark.apps.screening.models import Hit, HitEvidence, Run, RunKind, RunState
from countermark.domain.errors import Conflict

DECIDE_WITHIN: Final = timedelta(hours=24)
"""How long goods just declared wait for a decision; a working setting, not a term of law."""

LIVE_FOR: Final = timedelta(days=30)
"""Goods declared longer ago have gone: their hits have no time by which to decide."""


@transaction.atomic
def chunk_record(
    run: Run,
    findings: Sequence[tuple[date, Finding]],
    *,
    lines: int,
    passed: tuple[date, int] | None = None,
) -> Run:
    """Write the new hits of one chunk with the run's progress, unless another worker has.

    Args:
        run: As it was when the chunk was begun.
        findings: What was found, each with the day its line was declared.
        lines: How many lines the chunk has.
        passed: Day and key of the chunk's last line, for a retro-hunt.

    Raises:
        Conflict: Another worker has begun the run anew against a changed register.
    """
    fresh = run_locked(run)
    if fresh.register_version != run.register_version:
        raise Conflict("run-taken-over", run=run.pk)
    if (fresh.state, fresh.lines_done) != (run.state, run.lines_done):
        return fresh
    now = timezone.now()
    fresh.hits_found += hits_record(
        [
            (hit_row(finding, run=run, found_at=now, decide_by=decide_by(day, now)), finding)
            for day, finding in findings
        ]
    )
    fresh.lines_done += lines
    if passed is not None:
        fresh.passed_day, fresh.passed_line = passed
    fresh.save(update_fields=["lines_done", "hits_found", "passed_day", "passed_line"])
    return fresh


def hits_record(found: Sequence[tuple[Hit, Finding]]) -> int:
    """Number and write the hits that are not there yet, and return how many those are.

    Each is written with what it rests on. Inside the caller's transaction; a line has at most one
    hit for each right, whoever found it.
    """
    lines = {hit.line_id for hit, _ in found}
    known = set(Hit.objects.filter(line__in=lines).values_list("line", "right"))
    new = [(hit, of) for hit, of in found if (hit.line_id, hit.right_id) not in known]
    for (hit, _), number in zip(new, serial_take(name="hit", count=len(new)), strict=True):
        hit.number = f"H-{number:06d}"
    Hit.objects.bulk_create([hit for hit, _ in new], batch_size=500)
    HitEvidence.objects.bulk_create(
        [evidence_row(hit, of.evidence) for hit, of in new if of.evidence], batch_size=500
    )
    return len(new)


@transaction.atomic
def run_finish(run: Run) -> Run:
    """Close a run whose lines are all passed; a run closed before is returned as it is."""
    run = run_locked(run)
    if run.state != RunState.RUNNING:
        return run
    if run.kind == RunKind.RETRO_HUNT:
        # A batch that was loading when the hunt began may have added lines it did not count.
        run.lines_total = run.lines_done
    if run.lines_done != run.lines_total:
        return run
    run.state, run.finished_at = RunState.FINISHED, timezone.now()
    run.save(update_fields=["state", "lines_total", "finished_at"])
    hunt = run.kind == RunKind.RETRO_HUNT
    audit_record(
        "screening.retro-hunt.finished" if hunt else "screening.run.finished",
        subject=hunt_subject(run) if hunt else str(run.batch),
        run=run.pk,
        lines=run.lines_total,
        hits=run.hits_found,
    )
    return run


def run_locked(run: Run) -> Run:
    """Return a run with its batch and rules, locked until the transaction ends."""
    return (
        Run.objects.select_for_update(of=("self",))
        .select_related("batch", "ruleset")
        .get(pk=run.pk)
    )


def hunt_subject(run: Run) -> str:
    """Return a retro-hunt as the audit log names it: by its right, or by itself if it has many."""
    rights = list(run.rights.all()[:2])
    return rights[0].reference if len(rights) == 1 else run.number


def decide_by(declared_on: date, now: datetime) -> datetime | None:
    """Return by when a hit found now is to be decided; None where the goods have gone."""
    live = timezone.localdate(now) - declared_on <= LIVE_FOR
    return now + DECIDE_WITHIN if live else None
