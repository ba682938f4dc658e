from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django.db.models import Model


def storage_name(instance: Model, _filename: str) -> str:
    """Return where an attachment is stored: by its content, never by the name it came with."""
    sha256 = getattr(instance, "sha256", "")
    return f"attachments/{sha256[:2]}/{sha256}"


class Note(models.Model):
    """What an officer writes down on a case; it stays on this side."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="case_notes")
    at = models.DateTimeField()

    class Meta:
        ordering = ("case", "pk")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="cases_note_not_empty"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.pk}"


class Attachment(models.Model):
    """A file of a case with the hash of its content; ``filename`` is for showing only.

    The content came from outside and is never shown in a page: it is handed out for saving.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="attachments")
    filename = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to=storage_name, max_length=120)
    by = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="attachments")
    at = models.DateTimeField()

    class Meta:
        ordering = ("case", "pk")
        constraints = (
            models.UniqueConstraint(fields=["case", "sha256"], name="cases_attachment_once"),
            models.CheckConstraint(
                condition=Q(size_bytes__gt=0), name="cases_attachment_not_empty"
            ),
        )

    def __str__(self) -> str:
        return self.filename


class PartnerCase(models.Model):
    """A partner's case as the partner last stated it; linked to a case of ours where one exists.

    ``summary`` is the statement as it came, without any party's name.
    """

    administration = models.ForeignKey(
        "accounts.Administration", on_delete=models.PROTECT, related_name="partner_cases"
    )
    key = models.UUIDField()
    number = models.CharField(max_length=40)
    state = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    summary = models.JSONField()
    received_at = models.DateTimeField()
    case = models.ForeignKey(
        "cases.Case",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="partner_cases",
    )

    class Meta:
        ordering = ("-received_at", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["administration", "key"], name="cases_partner_case_unique"
            ),
        )

    def __str__(self) -> str:
        return self.number
