from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from countermark.apps.screening.models.runs import Ruleset, Run


class HitState(models.TextChoices):
    """What officers have made of a hit so far."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    SNOOZED = "snoozed"


class Excuse(models.TextChoices):
    """Why a hit is kept but not queued."""

    AUTHORISED = "authorised"
    REFERENTIAL = "referential"
    MUTED = "muted"


class Hit(models.Model):
    """A declaration line that seems to use a recorded mark: a reason to look, never a finding.

    ``score`` is calibrated to 0-1; ``contributions`` are ``[name, points]`` that add up to it.
    ``matched`` is ``field[span_start:span_end]`` of the line, ``phrase`` the same without case,
    width and surplus blanks: what a mute names. ``register_version`` is the digest of the marks
    recorded on the line's day. ``mute`` is what holds back a hit excused as muted. ``decide_by`` is
    empty for goods long gone. ``relied_on_at`` is set once a later stage, such as a case, rests on
    the hit.
    """

    number = models.CharField(max_length=20, unique=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="hits")
    line = models.ForeignKey(
        "intake.DeclarationLine", on_delete=models.PROTECT, related_name="hits"
    )
    right = models.ForeignKey("register.Right", on_delete=models.PROTECT, related_name="hits")
    right_version = models.PositiveIntegerField()
    ruleset = models.ForeignKey(Ruleset, on_delete=models.PROTECT, related_name="hits")
    register_version = models.CharField(max_length=64, blank=True)
    score = models.FloatField()
    resemblance = models.CharField(max_length=30)
    field = models.CharField(max_length=20)
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()
    matched = models.TextField()
    phrase = models.CharField(max_length=200, blank=True)
    contributions = models.JSONField(default=list)
    excused = models.CharField(max_length=12, choices=Excuse.choices, blank=True)
    mute = models.ForeignKey(
        "screening.Mute", on_delete=models.PROTECT, related_name="hits", null=True, blank=True
    )
    state = models.CharField(max_length=10, choices=HitState.choices, default=HitState.OPEN)
    found_at = models.DateTimeField()
    decide_by = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    relied_on_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-score", "pk")
        indexes = (
            models.Index(fields=["state", "excused", "-score"], name="screening_hit_queue"),
            models.Index(fields=["right", "phrase"], name="screening_hit_phrase"),
            # In the order of marks, so that their outcomes are counted from the index alone.
            models.Index(
                fields=["right", "state", "excused", "found_at"], name="screening_hit_outcomes"
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=["line", "right"], name="screening_hit_unique"),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=1), name="screening_hit_score_in_range"
            ),
            models.CheckConstraint(
                condition=Q(span_end__gte=F("span_start")), name="screening_hit_span_order"
            ),
            models.CheckConstraint(
                condition=Q(state__in=HitState.values), name="screening_hit_state_known"
            ),
            models.CheckConstraint(
                condition=Q(excused__in=["", *Excuse.values]), name="screening_hit_excuse_known"
            ),
            models.CheckConstraint(
                condition=Q(excused=Excuse.MUTED, mute__isnull=False)
                | (~Q(excused=Excuse.MUTED) & Q(mute__isnull=True)),
                name="screening_hit_muted_by_a_mute",
            ),
            models.CheckConstraint(
                condition=Q(state=HitState.SNOOZED, snoozed_until__isnull=False)
                | (~Q(state=HitState.SNOOZED) & Q(snoozed_until__isnull=True)),
                name="screening_hit_snoozed_until_a_time",
            ),
        )

    def __str__(self) -> str:
        return self.number


class Decision(models.TextChoices):
    """What an officer decides about a hit; ``UNDO`` takes the officer's own last step back."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    SNOOZE = "snooze"
    REOPEN = "reopen"
    UNDO = "undo"


class Disposition(models.Model):
    """One decision about a hit, with its reason; append-only in the database itself."""

    hit = models.ForeignKey(Hit, on_delete=models.PROTECT, related_name="dispositions")
    decision = models.CharField(max_length=8, choices=Decision.choices)
    from_state = models.CharField(max_length=10, choices=HitState.choices)
    to_state = models.CharField(max_length=10, choices=HitState.choices)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="dispositions"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(decision__in=Decision.values),
                name="screening_disposition_decision_known",
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.UNDO) | ~Q(reason=""),
                name="screening_disposition_has_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.hit_id} {self.decision}"
