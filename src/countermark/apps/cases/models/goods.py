from __future__ import annotations

from django.db import models
from django.db.models import Q


class GoodsChangeKind(models.TextChoices):
    """What was done to a line of goods after it was entered."""

    AMENDED = "amended"
    SPLIT = "split"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"


class GoodsChange(models.Model):
    """One change of a line of goods; append-only in the database itself.

    ``before`` is the line as it stood, by field; ``after`` holds each line that it became, with its
    number: one where it was amended or restored, several where it was split, none where it was
    withdrawn. With the line as it stands, every value it ever had can be read.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="goods_changes")
    line = models.ForeignKey("cases.GoodsLine", on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10)
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="goods_changes"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("case", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=GoodsChangeKind.values), name="cases_goods_change_kind_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.line_id} {self.kind}"
