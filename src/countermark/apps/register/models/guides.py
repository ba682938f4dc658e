from __future__ import annotations

from django.db import models
from django.db.models import Q

from countermark.apps.register.models.rights import Right


class GuideEdition(models.Model):
    """What the guide of a right said from one moment on; the last edition is the guide.

    ``content`` holds every section whole (``guide_content.SECTIONS``), ``section`` names the one
    that this edition changed. Rows are only added; the database refuses anything else, so that what
    somebody saw on a day can be told.
    """

    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="guide_editions")
    number = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    section = models.CharField(max_length=20)
    by = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("right", "number")
        constraints = (
            models.UniqueConstraint(fields=["right", "number"], name="register_guide_edition_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="register_guide_numbered"),
        )

    def __str__(self) -> str:
        return f"{self.right_id}/{self.number}"


class KnownInfringer(models.Model):
    """Somebody of whom fakes of a right came before; personal data, for officers who need it.

    A right holder sees only what its own accounts reported. An entry is shown up to ``keep_until``
    and then erased; so it is when somebody takes it out: the row stays, the person does not.
    """

    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="known_infringers")
    name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    identifier = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    since = models.DateField()
    keep_until = models.DateField()
    reported_by = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    by_holder = models.BooleanField()
    reported_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-since", "pk")
        constraints = (
            models.CheckConstraint(
                condition=(Q(erased_at__isnull=True) & ~Q(name="") & ~Q(source=""))
                | Q(
                    erased_at__isnull=False, name="", address="", identifier="", source="", note=""
                ),
                name="register_infringer_whole_or_erased",
            ),
        )

    def __str__(self) -> str:
        return self.name or f"erased {self.pk}"
