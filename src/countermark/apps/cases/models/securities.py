from __future__ import annotations

from django.db import models
from django.db.models import Q


class SecurityKind(models.TextChoices):
    """For what a security is given.

    ``HOLDER`` by the right holder for one case, ``GENERAL`` by a holder for all detentions of a
    time, ``COUNTER`` by the trader for the release of goods in a patent case.
    """

    HOLDER = "holder"
    GENERAL = "general"
    COUNTER = "counter"


class SecurityForm(models.TextChoices):
    """How a security is given."""

    CASH = "cash"
    GUARANTEE = "guarantee"


class SecurityMove(models.TextChoices):
    """What happens to a security; what is held is what was received less the rest."""

    RECEIVED = "received"
    DRAWN = "drawn"
    RETURNED = "returned"


class DrawnFor(models.TextChoices):
    """What a draw pays for."""

    COSTS = "costs"
    COMPENSATION = "compensation"


class CostKind(models.TextChoices):
    """What a case costs; ``PAID`` and ``REVERSED`` lower what is owed."""

    STORAGE = "storage"
    CUSTODY = "custody"
    TRANSPORT = "transport"
    DESTRUCTION = "destruction"
    OTHER = "other"
    PAID = "paid"
    REVERSED = "reversed"


LOWERING = (CostKind.PAID, CostKind.REVERSED)


class Security(models.Model):
    """A security asked for, with the rule and the value it was measured by.

    Amounts are minor units of ``currency``. A general security belongs to a holder and no case, and
    covers detentions from ``valid_from`` to ``valid_until``.
    """

    number = models.CharField(max_length=20, unique=True)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        "cases.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="securities"
    )
    kind = models.CharField(max_length=10, choices=SecurityKind.choices)
    form = models.CharField(max_length=10, choices=SecurityForm.choices)
    giver = models.CharField(max_length=300)
    holder = models.ForeignKey(
        "register.RightHolder",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="securities",
    )
    currency = models.CharField(max_length=3)
    measured_minor = models.BigIntegerField()
    asked_minor = models.BigIntegerField()
    source = models.CharField(max_length=80)
    verification = models.CharField(max_length=24)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ("-asked_at", "-pk")
        verbose_name_plural = "securities"
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=SecurityKind.values, form__in=SecurityForm.values),
                name="cases_security_codes_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="general",
                    case__isnull=True,
                    holder__isnull=False,
                    valid_until__isnull=False,
                )
                | (~Q(kind="general") & Q(case__isnull=False)),
                name="cases_security_general_or_of_a_case",
            ),
            models.CheckConstraint(
                condition=Q(measured_minor__gte=0, asked_minor__gte=0),
                name="cases_security_not_negative",
            ),
            models.CheckConstraint(condition=~Q(giver=""), name="cases_security_has_a_giver"),
        )

    def __str__(self) -> str:
        return self.number


class SecurityEntry(models.Model):
    """A movement of a security; append-only in the database itself.

    ``case`` is the case whose costs a draw pays.
    """

    security = models.ForeignKey(Security, on_delete=models.PROTECT, related_name="entries")
    move = models.CharField(max_length=10, choices=SecurityMove.choices)
    amount_minor = models.BigIntegerField()
    on = models.DateField()
    case = models.ForeignKey(
        "cases.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="draws"
    )
    drawn_for = models.CharField(max_length=12, choices=DrawnFor.choices, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("security", "pk")
        verbose_name_plural = "security entries"
        constraints = (
            models.CheckConstraint(
                condition=Q(move__in=SecurityMove.values, amount_minor__gt=0),
                name="cases_security_entry_moves_something",
            ),
            models.CheckConstraint(
                condition=Q(move="drawn", drawn_for__in=DrawnFor.values, case__isnull=False)
                | (~Q(move="drawn") & Q(drawn_for="", case__isnull=True)),
                name="cases_security_entry_draws_for_a_case",
            ),
        )

    def __str__(self) -> str:
        return f"{self.security_id} {self.move} {self.amount_minor}"


class CaseCost(models.Model):
    """What was spent on the goods of a case, or what lowers it; append-only in the database.

    ``amount_minor`` is below zero for a payment and for the reversal of an earlier row.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="costs")
    kind = models.CharField(max_length=12, choices=CostKind.choices)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    on = models.DateField()
    text = models.CharField(max_length=500, blank=True)
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    by = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("case", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=CostKind.values), name="cases_cost_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in LOWERING], amount_minor__lt=0)
                | (~Q(kind__in=[kind.value for kind in LOWERING]) & Q(amount_minor__gt=0)),
                name="cases_cost_has_its_sign",
            ),
            models.CheckConstraint(
                condition=Q(kind="reversed", reverses__isnull=False)
                | (~Q(kind="reversed") & Q(reverses__isnull=True)),
                name="cases_cost_reverses_a_row",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.amount_minor}"
