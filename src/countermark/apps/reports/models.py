from __future__ import annotations

from django.db import models


class PartnerFigures(models.Model):
    """What a partner stated for a period; append-only, the latest revision counts.

    ``figures`` is the statement as it came in the signed message ``message_id``.
    """

    class Kind(models.TextChoices):
        """What the statement is about."""

        PERIOD = "period"

    administration = models.ForeignKey(
        "accounts.Administration", on_delete=models.PROTECT, related_name="stated_figures"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PERIOD)
    period_start = models.DateField()
    period_end = models.DateField()
    revision = models.PositiveIntegerField()
    figures = models.JSONField()
    message_id = models.CharField(max_length=36)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ("administration", "period_start", "period_end", "revision")
        verbose_name_plural = "partner figures"
        constraints = (
            models.UniqueConstraint(
                fields=["administration", "kind", "period_start", "period_end", "revision"],
                name="reports_partner_figures_revision_once",
            ),
            models.CheckConstraint(
                condition=models.Q(period_end__gte=models.F("period_start"), revision__gte=1),
                name="reports_partner_figures_period_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.administration_id} {self.period_start}/{self.period_end} {self.revision}"


class Snapshot(models.Model):
    """Figures as they stood at one moment, with the hash of their canonical form; append-only.

    ``kind`` and ``subject`` say what was counted: ``period`` and ``2013-07-01/2014-06-30``, or
    ``operation`` and its code. ``revision`` counts the snapshots of one subject.
    """

    kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=60)
    revision = models.PositiveIntegerField()
    figures = models.JSONField()
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    by = models.ForeignKey(
        "accounts.Officer", null=True, on_delete=models.PROTECT, related_name="snapshots"
    )

    class Meta:
        ordering = ("kind", "subject", "revision")
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "subject", "revision"], name="reports_snapshot_revision_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.revision}"
