from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import get_language


class OperationState(models.TextChoices):
    """Where an operation stands; from ``RUNNING`` on, results are stated and received."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    RUNNING = "running"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class JointOperation(models.Model):
    """A joint operation as every party has it: the same key, code and terms on each node.

    ``reconstructed`` marks records that were made afterwards from published totals.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    title_en = models.CharField(max_length=200)
    title_zh_hant = models.CharField(max_length=200)
    title_zh_hans = models.CharField(max_length=200)
    theme = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(
        max_length=12, choices=OperationState.choices, default=OperationState.PROPOSED
    )
    channels = models.JSONField(default=list)
    categories = models.JSONField(default=list)
    proposed_by = models.ForeignKey(
        "accounts.Administration", on_delete=models.PROTECT, related_name="operations_proposed"
    )
    reconstructed = models.BooleanField(default=False)

    class Meta:
        ordering = ("-starts_on", "code")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="operations_operation_window_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=OperationState.values),
                name="operations_operation_state_known",
            ),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> str:
        """The title in the language of the reader."""
        language = (get_language() or "en").lower()
        return {"zh-hant": self.title_zh_hant, "zh-hans": self.title_zh_hans}.get(
            language, self.title_en
        )


class OperationParty(models.Model):
    """One administration of an operation: when it agreed to the terms, when it closed its sheet.

    ``closed_revision`` is the result it closed with.
    """

    operation = models.ForeignKey(JointOperation, on_delete=models.PROTECT, related_name="parties")
    administration = models.ForeignKey(
        "accounts.Administration", on_delete=models.PROTECT, related_name="operation_parties"
    )
    agreed_on = models.DateField(null=True, blank=True)
    agreed_by = models.CharField(max_length=120, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_revision = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("administration__code",)
        verbose_name_plural = "operation parties"
        constraints = (
            models.UniqueConstraint(
                fields=["operation", "administration"], name="operations_party_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.operation} {self.administration_id}"


class Contribution(models.Model):
    """One of our own cases that counts in an operation, until it is withdrawn."""

    operation = models.ForeignKey(
        JointOperation, on_delete=models.PROTECT, related_name="contributions"
    )
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="contributions")
    contributed_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="contributions"
    )
    contributed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("contributed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["operation", "case"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="operations_contribution_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.operation} {self.case}"


class Result(models.Model):
    """What one party states it found, at one moment; append-only, the latest revision counts.

    ``value_minor`` is in the party's own ``currency`` on its own ``value_basis`` and is never added
    to another party's. ``categories`` holds rows of ``domain.measures.wire`` that may fall
    short of the totals and never exceed them. ``sources`` names the cases behind an own
    result; a partner keeps his to himself. ``message_id`` is the signed message that brought it.
    """

    operation = models.ForeignKey(JointOperation, on_delete=models.PROTECT, related_name="results")
    administration = models.ForeignKey(
        "accounts.Administration", on_delete=models.PROTECT, related_name="results"
    )
    revision = models.PositiveIntegerField()
    as_of = models.DateTimeField()
    cases = models.PositiveIntegerField()
    items = models.DecimalField(max_digits=18, decimal_places=3)
    value_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3, blank=True)
    value_basis = models.CharField(max_length=12, blank=True)
    lines_uncounted = models.PositiveIntegerField(default=0)
    lines_unvalued = models.PositiveIntegerField(default=0)
    categories = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    arrests = models.PositiveIntegerField(null=True, blank=True)
    stated_by = models.CharField(max_length=120)
    own = models.BooleanField()
    message_id = models.CharField(max_length=36, blank=True)

    class Meta:
        ordering = ("operation", "administration", "revision")
        constraints = (
            models.UniqueConstraint(
                fields=["operation", "administration", "revision"],
                name="operations_result_revision_once",
            ),
            models.CheckConstraint(
                condition=models.Q(revision__gte=1, items__gte=0, value_minor__gte=0),
                name="operations_result_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(value_minor=0)
                | ~(models.Q(currency="") | models.Q(value_basis="")),
                name="operations_result_value_has_currency_and_basis",
            ),
        )

    def __str__(self) -> str:
        return f"{self.operation} {self.administration_id} {self.revision}"
