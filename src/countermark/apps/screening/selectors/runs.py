"""Runs over batches, and retro-hunts over the lines of some days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import within_reach
from countermark.apps.intake.models import Batch, BatchState, DeclarationLine
from countermark.apps.register.models import Right
from countermark.apps.register.selectors import recordation_in_force_list
from countermark.apps.screening.models import Run, RunKind, RunState
from countermark.domain.errors import NotFound

OPEN = (RunState.PENDING, RunState.RUNNING)

NEWLY_RECORDED = timedelta(days=7)
"""How far back the daily look for recordations that were never hunted for reaches."""


@dataclass(frozen=True, slots=True)
class HuntEstimate:
    """How many lines a retro-hunt would pass, and how long that took lately, if that is known."""

    lines: int
    seconds: int | None


def run_list(*, visible_to: Officer, batch: Batch | None = None) -> QuerySet[Run]:
    """Return the runs over the batches within the officer's reach, newest first."""
    runs = within_reach(
        Run.objects.filter(kind=RunKind.BATCH).select_related("batch", "ruleset"),
        of=visible_to,
        act="batches.read",
        office="batch__office",
    )
    return runs.filter(batch=batch) if batch else runs


def batch_unscreened_list() -> QuerySet[Batch]:
    """Return the loaded batches no run has passed over to its end; for background work only."""
    ended = Run.objects.filter(batch=OuterRef("pk"), state__in=(RunState.FINISHED, RunState.FAILED))
    return Batch.objects.filter(~Exists(ended), state=BatchState.LOADED).order_by("pk")


def hunt_list(*, visible_to: Officer, right: Right | None = None) -> QuerySet[Run]:
    """Return retro-hunts, newest first, to those who may read rights.

    Args:
        visible_to: A hunt is an act on the register, so that every office sees that it was made;
            its hits stay within reach of their own offices.
        right: Only the hunts for this right; each then has ``found``, its hits on the right.
    """
    if not visible_to.may("rights.read"):
        return Run.objects.none()
    hunts = _hunts().select_related("started_by")
    if right is None:
        return hunts
    found = Count("hits", filter=Q(hits__right=right))
    return hunts.filter(rights=right).annotate(found=found).order_by("-started_at", "-pk")


def hunt_get(*, pk: int, visible_to: Officer) -> Run:
    """Return one retro-hunt with the rights it looks for.

    Raises:
        NotFound: There is no such hunt, or the officer may not read rights.
    """
    try:
        return hunt_list(visible_to=visible_to).prefetch_related("rights").get(pk=pk)
    except Run.DoesNotExist:
        raise NotFound("hunt-unknown", pk=pk) from None


def hunt_find(*, pk: int) -> Run:
    """Return one retro-hunt, for background work that acts for no officer.

    Raises:
        NotFound: There is no such hunt.
    """
    try:
        return _hunts().get(pk=pk)
    except Run.DoesNotExist:
        raise NotFound("hunt-unknown", pk=pk) from None


def hunt_open_list() -> QuerySet[Run]:
    """Return the retro-hunts that are not at their end, oldest first; background work only."""
    return _hunts().filter(state__in=OPEN).order_by("pk")


def hunt_due_list(today: date) -> Sequence[Right]:
    """Return rights newly in force that no retro-hunt has looked for; background work only.

    They are those whose recordation was entered in advance, or by a way that starts no hunt.
    """
    recorded = recordation_in_force_list(today).filter(recorded_on__gte=today - NEWLY_RECORDED)
    hunted = _hunts().filter(rights=OuterRef("pk"), last_day__gte=OuterRef("recorded_on"))
    rights = Right.objects.filter(recordations__in=recorded)
    return list(
        rights.annotate(recorded_on=F("recordations__recorded_on"))
        .filter(~Exists(hunted))
        .order_by("pk")
    )


def hunt_estimate(*, first: date, last: date) -> HuntEstimate:
    """Return how many lines were declared between two days, and how long a hunt may take.

    The time follows from the latest finished hunt of more than a few lines.
    """
    lines = DeclarationLine.objects.filter(
        declaration__declared_on__gte=first, declaration__declared_on__lte=last
    ).count()
    like = _hunts().filter(state=RunState.FINISHED, lines_total__gte=100, paced_from=0).first()
    if like is None or like.finished_at is None or like.paced_at is None:
        return HuntEstimate(lines, None)
    took = (like.finished_at - like.paced_at).total_seconds()
    return HuntEstimate(lines, round(took / like.lines_total * lines))


def lines_between(first: date, last: date, *, upto: int) -> QuerySet[DeclarationLine]:
    """Return the lines declared between two days and known up to a key."""
    return DeclarationLine.objects.filter(
        declaration__declared_on__gte=first, declaration__declared_on__lte=last, pk__lte=upto
    )


def today_and_back(days: int) -> tuple[date, date]:
    """Return the first and last day of a period of some days that ends today."""
    today = timezone.localdate()
    return today - timedelta(days=days - 1), today


def _hunts() -> QuerySet[Run]:
    return Run.objects.filter(kind=RunKind.RETRO_HUNT).select_related("ruleset")
