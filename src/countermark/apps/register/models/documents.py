from __future__ import annotations

from django.db import models
from django.db.models import Q

from countermark.apps.register.models.access import HolderAccess
from countermark.apps.register.models.permissions import Permission
from countermark.apps.register.models.recordations import Recordation
from countermark.apps.register.models.rights import Right


class DocumentKind(models.TextChoices):
    """What a file is: a picture that pages show, or a paper that is read as it came."""

    IMAGE = "image"
    PAPER = "paper"


class Scan(models.TextChoices):
    """What the scanner for malicious content said; a file it found something in is not kept."""

    CLEAN = "clean"
    NOT_SCANNED = "not-scanned"


class Document(models.Model):
    """A file of a recordation, of a right, of an account's access to a holder, or of a permission.

    ``role`` is a code of the law's list of what a recordation must contain (a certificate, a front
    view). The stored file is named by its content, never by its sender; ``filename`` is what the
    sender called it. An image is stored as we drew it again: ``sha256`` and ``size_bytes`` are of
    what is stored, ``received_sha256`` is of what came. Removed files keep their row.
    ``uploaded_by`` is empty where a trader, who has no account, or a partner's node sent it.
    """

    recordation = models.ForeignKey(
        Recordation, on_delete=models.PROTECT, related_name="documents", null=True, blank=True
    )
    right = models.ForeignKey(
        Right, on_delete=models.PROTECT, related_name="documents", null=True, blank=True
    )
    access = models.ForeignKey(
        HolderAccess, on_delete=models.PROTECT, related_name="documents", null=True, blank=True
    )
    permission = models.ForeignKey(
        Permission, on_delete=models.PROTECT, related_name="documents", null=True, blank=True
    )
    role = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=DocumentKind.choices)
    filename = models.CharField(max_length=200)
    media_type = models.CharField(max_length=80)
    stored = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    received_sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    caption = models.CharField(max_length=300, blank=True)
    scan = models.CharField(max_length=12, choices=Scan.choices)
    uploaded_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(recordation__isnull=False)
                | Q(right__isnull=False)
                | Q(access__isnull=False)
                | Q(permission__isnull=False),
                name="register_document_belongs",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DocumentKind.values), name="register_document_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(scan__in=Scan.values), name="register_document_scan_known"
            ),
        )

    def __str__(self) -> str:
        return self.filename
