from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q


class Ruleset(models.Model):
    """The rules a hit was made under: the screener's version, a digest of its settings, the mutes.

    ``mutes`` are the keys of the mutes that were in force; their rows say the rest.
    """

    version = models.CharField(max_length=40, unique=True)
    description = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    mutes = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("version",)

    def __str__(self) -> str:
        return self.version


class RunState(models.TextChoices):
    """How far a run has come."""

    PENDING = "pending"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


class RunKind(models.TextChoices):
    """What a run passes over: one batch just loaded, or lines of some days once more."""

    BATCH = "batch"
    RETRO_HUNT = "retro-hunt"


class Cause(models.TextChoices):
    """Why a retro-hunt was started."""

    RECORDED = "recorded"
    REVISED = "revised"
    UNMUTED = "unmuted"
    BY_HAND = "by-hand"


class Run(models.Model):
    """One passage of the screener: over a batch, or a retro-hunt over the lines of some days.

    A retro-hunt looks for ``rights`` alone, in lines declared from ``first_day`` to ``last_day``
    and loaded before it began (keys up to ``upto_line``). ``lines_done`` is where an interrupted
    run goes on; a retro-hunt also keeps the day and key of the last line it has passed.
    ``register_version`` is the digest of the recorded marks it looks for now; every hit keeps the
    one it was found under. ``paced_at`` and ``paced_from`` say when and from how many lines the
    present attempt began: the time left follows from them.
    """

    kind = models.CharField(max_length=10, choices=RunKind.choices, default=RunKind.BATCH)
    batch = models.ForeignKey(
        "intake.Batch", on_delete=models.PROTECT, related_name="runs", null=True, blank=True
    )
    rights = models.ManyToManyField("register.Right", related_name="hunts", blank=True)
    cause = models.CharField(max_length=10, choices=Cause.choices, blank=True)
    started_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    upto_line = models.PositiveBigIntegerField(default=0)
    passed_day = models.DateField(null=True, blank=True)
    passed_line = models.PositiveBigIntegerField(default=0)
    ruleset = models.ForeignKey(Ruleset, on_delete=models.PROTECT, related_name="runs")
    register_version = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.PENDING)
    lines_total = models.PositiveIntegerField(default=0)
    lines_done = models.PositiveIntegerField(default=0)
    hits_found = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    paced_at = models.DateTimeField(null=True, blank=True)
    paced_from = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("-started_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["batch"],
                condition=Q(state__in=["pending", "running"]),
                name="screening_run_one_open_per_batch",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RunState.values), name="screening_run_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=RunKind.BATCH,
                    batch__isnull=False,
                    cause="",
                    first_day__isnull=True,
                    last_day__isnull=True,
                )
                | Q(
                    kind=RunKind.RETRO_HUNT,
                    batch__isnull=True,
                    cause__in=Cause.values,
                    first_day__isnull=False,
                    last_day__gte=F("first_day"),
                ),
                name="screening_run_kind_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=RunState.FINISHED)
                | Q(lines_done=F("lines_total"), finished_at__isnull=False),
                name="screening_run_finished_is_complete",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The run as the audit log names it."""
        return f"R-{self.pk:06d}"

    @property
    def per_cent_done(self) -> int:
        """How far the run has come, 0 to 100."""
        if self.state == RunState.FINISHED:
            return 100
        return min(99, 100 * self.lines_done // self.lines_total) if self.lines_total else 0

    def seconds_left(self, now: datetime) -> int | None:
        """Return how long the rest takes at the pace of this attempt, or None while unknown."""
        done = self.lines_done - self.paced_from
        if self.state != RunState.RUNNING or self.paced_at is None or done < 1:
            return None
        took = (now - self.paced_at).total_seconds()
        return round(took / done * max(self.lines_total - self.lines_done, 0))
