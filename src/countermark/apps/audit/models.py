from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One act, chained to the act before it. Added by ``audit_record`` only, never changed.

    ``act`` is a dotted name such as ``cases.detention.started``; ``subject`` names the object as an
    officer would (a case number, a message id); ``detail`` holds plain values and no secrets.
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    act = models.CharField(max_length=80, db_index=True)
    actor = models.CharField(max_length=80, db_index=True)
    subject = models.CharField(max_length=120, db_index=True)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    entry_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("seq",)

    def __str__(self) -> str:
        return f"{self.seq} {self.act} {self.subject}"


class Head(models.Model):
    """The end of the chain, in one row: what the next entry locks and continues."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)
    entry_hash = models.CharField(max_length=64)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="audit_head_one_row"),)

    def __str__(self) -> str:
        return f"{self.seq} {self.entry_hash}"
