from __future__ import annotations

from django.db import models

from countermark.apps.screening.models.hits import Hit


class HitEvidence(models.Model):
    """What a hit rests on, as it was when the hit was found; append-only in the database itself.

    ``evidence`` holds the line, the marks found on it and the usage of its words, ``rules`` by
    which rules it was screened: enough to make the hit again when the register has moved on.
    """

    hit = models.OneToOneField(
        Hit, on_delete=models.PROTECT, primary_key=True, related_name="evidence"
    )
    evidence = models.JSONField()
    rules = models.JSONField()

    def __str__(self) -> str:
        return str(self.hit_id)
