from __future__ import annotations

from django.db import models

from countermark.apps.register.models.rights import RightHolder


class AlarmNotice(models.Model):
    """A letter about an alarm that went to one address; the same step is never written twice.

    ``subject`` names what the alarm is about (a file's number, an agent's account), ``day`` its
    last day, ``step`` how many days before it the letter was due.
    """

    holder = models.ForeignKey(RightHolder, on_delete=models.PROTECT, related_name="alarm_notices")
    kind = models.CharField(max_length=30)
    subject = models.CharField(max_length=80)
    day = models.DateField()
    step = models.PositiveIntegerField()
    email = models.EmailField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "subject", "day", "step", "email"],
                name="register_alarm_notice_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.step}"


class LetterLanguage(models.Model):
    """The language in which a holder wants letters; English where the holder has not chosen."""

    holder = models.OneToOneField(
        RightHolder, on_delete=models.PROTECT, related_name="letter_language", primary_key=True
    )
    language = models.CharField(max_length=10)

    def __str__(self) -> str:
        return self.language
