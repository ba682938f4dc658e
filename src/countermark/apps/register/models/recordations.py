from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from countermark.apps.register.models.rights import Right, RightHolder


class Recordation(models.Model):
    """The file of one right with one administration, from the draft to its end.

    ``state`` is a code of ``law/<law>/recordation.toml``; ``in_force`` and ``closed`` say what that
    file says of the state: a recordation in force is screened against, a closed one is at its end.
    Until it is granted there is no ``right``: ``content`` holds what the applicant has written, and
    ``edition`` counts the changes to it. ``expires_on`` is the last day in force; empty where the
    administration sets no term. ``due_on`` is the last day for the decision that is waited for.
    """

    administration = models.ForeignKey(
        "accounts.Administration", on_delete=models.PROTECT, related_name="recordations"
    )
    applicant = models.ForeignKey(RightHolder, on_delete=models.PROTECT, related_name="filed")
    right = models.ForeignKey(
        Right, on_delete=models.PROTECT, related_name="recordations", null=True, blank=True
    )
    right_type = models.CharField(max_length=30)
    content = models.JSONField(default=dict, blank=True)
    edition = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=30)
    in_force = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)
    number = models.CharField(max_length=60, blank=True)
    filed_on = models.DateField(null=True, blank=True)
    recorded_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    due_term = models.CharField(max_length=40, blank=True)
    due_from = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_provisional = models.BooleanField(default=False)
    created_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-recorded_on", "number", "pk")
        indexes = (
            models.Index(fields=["state", "due_on"], name="register_recordation_queue"),
            models.Index(
                fields=["administration", "filed_on", "id"], name="register_recordation_all"
            ),
            models.Index(
                fields=["administration", "in_force", "filed_on", "id"],
                name="register_recordation_live",
            ),
            models.Index(
                fields=["administration", "closed", "filed_on", "id"],
                name="register_recordation_done",
            ),
            models.Index(
                fields=["administration", "right_type", "filed_on", "id"],
                name="register_recordation_type",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["administration", "number"],
                condition=~Q(number=""),
                name="register_recordation_number_unique",
            ),
            models.UniqueConstraint(
                fields=["right", "administration"],
                condition=Q(closed=False),
                name="register_recordation_one_open",
            ),
            models.CheckConstraint(
                condition=Q(right__isnull=True, recorded_on__isnull=True, number="")
                | (Q(right__isnull=False, recorded_on__isnull=False) & ~Q(number="")),
                name="register_recordation_granted_whole",
            ),
            models.CheckConstraint(
                condition=Q(right__isnull=True) | Q(filed_on__isnull=False),
                name="register_recordation_granted_filed",
            ),
            models.CheckConstraint(
                condition=Q(in_force=False) | Q(right__isnull=False, closed=False),
                name="register_recordation_in_force_granted",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("recorded_on")),
                name="register_recordation_term_order",
            ),
            models.CheckConstraint(condition=~Q(state=""), name="register_recordation_state_given"),
        )

    def __str__(self) -> str:
        return self.number or self.file_number

    @property
    def file_number(self) -> str:
        """The file as people and the audit log name it, from the draft on."""
        return f"{self.administration.code}/F{self.pk:06}"

    @property
    def granted(self) -> bool:
        """Whether the recordation was granted, whatever became of it since."""
        return self.right_id is not None

    @property
    def holder(self) -> RightHolder:
        """The holder of the recorded right, else the one for whom it was filed."""
        return self.right.holder if self.right else self.applicant


class RecordationEvent(models.Model):
    """One act on a recordation. Rows are only added; the database refuses anything else.

    ``role`` is the role in which ``by`` acted: an officer's, ``right-holder`` or ``agent``;
    ``system`` where time alone acted. ``note`` is the reason, or what is asked or answered.
    """

    recordation = models.ForeignKey(Recordation, on_delete=models.PROTECT, related_name="events")
    act = models.CharField(max_length=40)
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    role = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.recordation_id} {self.act}"
