from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from countermark.apps.register.models.rights import Right, RightHolder


class Examiner(models.Model):
    """A person of a right holder who tells genuine goods from fake, and testifies to it.

    ``languages`` holds codes of ``guide_content.LANGUAGES``; ``places`` are the offices the
    examiner can come to. Without ``rights`` and classes the examiner stands for all that the
    holder has. ``days``, ``opens`` and ``closes`` are the hours of a week, as of a guide's contact.
    """

    holder = models.ForeignKey(RightHolder, on_delete=models.PROTECT, related_name="examiners")
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    languages = models.JSONField(default=list)
    places = models.ManyToManyField("accounts.Office", related_name="+", blank=True)
    rights = models.ManyToManyField(Right, related_name="examiners", blank=True)
    nice_classes = models.JSONField(default=list, blank=True)
    days = models.CharField(max_length=7, default="12345")
    opens = models.CharField(max_length=5, blank=True)
    closes = models.CharField(max_length=5, blank=True)
    version = models.PositiveIntegerField(default=1)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(phone=""), name="register_examiner_reachable"
            ),
        )

    def __str__(self) -> str:
        return self.name


class ExaminerTraining(models.Model):
    """What an examiner was trained in, by whom and until when that counts; open means for good."""

    examiner = models.ForeignKey(Examiner, on_delete=models.CASCADE, related_name="trainings")
    subject = models.CharField(max_length=200)
    given_by = models.CharField(max_length=200)
    held_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-held_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("held_on")),
                name="register_training_order",
            ),
        )

    def __str__(self) -> str:
        return self.subject


class ExaminerAbsence(models.Model):
    """Days on which an examiner cannot come, both included."""

    examiner = models.ForeignKey(Examiner, on_delete=models.CASCADE, related_name="absences")
    first = models.DateField()
    last = models.DateField()

    class Meta:
        ordering = ("first", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="register_absence_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"
