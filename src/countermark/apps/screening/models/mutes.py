from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q


class Mute(models.Model):
    """A phrase that, for one mark and for some time, is a known false alarm.

    Hits on it are kept and excused as ``muted``, never dropped. ``expires_on`` is its last day;
    a mute that is lifted before says when, by whom and why. Neither is ever removed: an auditor
    can tell which mutes were in force on any day.
    """

    right = models.ForeignKey("register.Right", on_delete=models.PROTECT, related_name="mutes")
    phrase = models.CharField(max_length=200)
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="mutes")
    expires_on = models.DateField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    lifted_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = (models.Index(fields=["expires_on"], name="screening_mute_expiry"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(phrase="") & ~Q(reason=""), name="screening_mute_says_what_and_why"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lifted_reason="")
                | (
                    Q(lifted_at__isnull=False, lifted_by__isnull=False)
                    & ~Q(lifted_reason="")
                    & Q(lifted_at__gte=F("made_at"))
                ),
                name="screening_mute_lifted_whole",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The mute as officers and the audit log name it."""
        return f"M-{self.pk:06d}"

    def in_force_on(self, day: date) -> bool:
        """Tell whether the mute still holds hits back on a day."""
        return self.lifted_at is None and day <= self.expires_on

    def state_on(self, day: date) -> str:
        """Return ``in-force``, ``expired`` or ``lifted``."""
        if self.lifted_at is not None:
            return "lifted"
        return "in-force" if day <= self.expires_on else "expired"
