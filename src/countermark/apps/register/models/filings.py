from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from countermark.apps.register.models.access import Capacity
from countermark.apps.register.models.recordations import Recordation


class Filing(models.Model):
    """A recordation's file that travels: handed in with one administration, kept by another.

    Both sides have a row with the same ``key``. ``through`` is the administration with which it was
    handed in, on either side; the one that keeps it is the recordation's. Where it was handed in,
    ``recordation`` is a copy that follows what the keeper reports, ``source`` the file that it was
    made from, and ``file_there`` the keeper's number of the file.

    ``said`` is the event of the applicant that travelled last, ``heard`` the event of the keeper
    that was reported last; both are numbers of the side where the event was written.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recordation = models.OneToOneField(Recordation, on_delete=models.PROTECT, related_name="filing")
    source = models.ForeignKey(
        Recordation, on_delete=models.PROTECT, related_name="filings", null=True, blank=True
    )
    through = models.ForeignKey(
        "accounts.Administration", on_delete=models.PROTECT, related_name="filings"
    )
    filed_by = models.CharField(max_length=120, blank=True)
    capacity = models.CharField(max_length=8, choices=Capacity.choices, default=Capacity.OWNER)
    said = models.PositiveBigIntegerField(default=0)
    heard = models.PositiveBigIntegerField(default=0)
    file_there = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(capacity__in=Capacity.values), name="register_filing_capacity_known"
            ),
        )

    def __str__(self) -> str:
        return str(self.key)


class FilingPiece(models.Model):
    """A part of a paper on its way from a partner; gone once the paper is whole and kept."""

    administration = models.ForeignKey(
        "accounts.Administration", on_delete=models.PROTECT, related_name="+"
    )
    sha256 = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    content = models.BinaryField()
    came_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("sha256", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["administration", "sha256", "number"], name="register_piece_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.number}"
