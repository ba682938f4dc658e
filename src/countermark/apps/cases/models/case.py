from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from countermark.domain.vocabulary import (
    Channel,
    Direction,
    GoodsCategory,
    PartyRole,
    TransportMode,
    ValueBasis,
    Verification,
)


class CaseCounter(models.Model):
    """The last case number given in a year; its row is the lock that keeps numbers without gap."""

    prefix = models.CharField(max_length=6)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["prefix", "year"], name="cases_counter_unique"),
        )

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}-{self.last:06d}"


class Case(models.Model):
    """One matter under one procedure of law, from suspicion to its end.

    ``key`` is what partners know the case by. ``state`` is a state of the procedure as it was law
    on ``opened_on``: an open case keeps the law it was opened under. ``reconstructed`` marks a
    record made afterwards from published totals. ``search_text`` is what searches read.
    """

    number = models.CharField(max_length=20, unique=True)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="cases")
    procedure_code = models.CharField(max_length=60)
    state = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    opened_on = models.DateField()
    opened_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="cases_opened"
    )
    direction = models.CharField(max_length=16, blank=True)
    channel = models.CharField(max_length=30, blank=True)
    transport_mode = models.CharField(max_length=10, blank=True)
    control_point = models.CharField(max_length=120, blank=True)
    departure = models.CharField(max_length=120, blank=True)
    destination = models.CharField(max_length=120, blank=True)
    origin_hit = models.ForeignKey(
        "screening.Hit",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases_opened",
    )
    reconstructed = models.BooleanField(default=False)
    closed_on = models.DateField(null=True, blank=True)
    search_text = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ("-opened_on", "-number")
        indexes = (
            models.Index(fields=["office", "state", "-opened_on"], name="cases_case_list"),
            models.Index(fields=["opened_on"], name="cases_case_opened"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(direction__in=["", *Direction]), name="cases_case_direction_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["", *Channel]), name="cases_case_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(transport_mode__in=["", *TransportMode]),
                name="cases_case_transport_known",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="cases_case_closed_after_opened",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="cases_case_has_a_title"),
        )

    def __str__(self) -> str:
        return self.number


class StandingGoods(models.Manager["GoodsLine"]):
    """The lines that stand: what a case says its goods are today."""

    def get_queryset(self) -> models.QuerySet[GoodsLine]:
        """Return the lines that were not withdrawn."""
        return super().get_queryset().filter(withdrawn_at=None)


class GoodsLine(models.Model):
    """Goods of one kind in a case, with their value on one basis on one day.

    A row is the line as it stands; what it said before is in ``GoodsChange``. Numbers of a case's
    lines follow each other without a gap, withdrawn lines among them. ``case.goods`` and
    ``objects`` leave withdrawn lines out, so that no total and no letter counts them;
    ``everything`` holds them all. ``parcel_number`` is the number of the waybill or mail item, and
    ``brand`` the mark as an officer read it on the goods. ``hit`` is the confirmed hit that brought
    the goods into the case; no hit brings them twice.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="goods")
    line_no = models.PositiveIntegerField()
    description = models.TextField()
    category = models.CharField(max_length=30)
    hs_code = models.CharField(max_length=12, blank=True)
    quantity = models.DecimalField(max_digits=18, decimal_places=3)
    unit = models.CharField(max_length=3)
    right = models.ForeignKey(
        "register.Right",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="case_goods",
    )
    hit = models.OneToOneField(
        "screening.Hit",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="case_goods",
    )
    value_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    value_basis = models.CharField(max_length=10, blank=True)
    valued_on = models.DateField(null=True, blank=True)
    parcel_number = models.CharField(max_length=40, blank=True)
    brand = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingGoods()
    everything: ClassVar[models.Manager[GoodsLine]] = models.Manager()

    class Meta:
        ordering = ("case", "line_no")
        constraints = (
            models.UniqueConstraint(fields=["case", "line_no"], name="cases_goods_line_unique"),
            models.CheckConstraint(
                condition=Q(category__in=list(GoodsCategory)), name="cases_goods_category_known"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=0), name="cases_goods_quantity_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(
                    value_minor__isnull=True, currency="", value_basis="", valued_on__isnull=True
                )
                | (
                    Q(value_minor__gte=0, value_basis__in=list(ValueBasis), valued_on__isnull=False)
                    & ~Q(currency="")
                ),
                name="cases_goods_value_complete_or_absent",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}/{self.line_no}"


class CaseParty(models.Model):
    """A person or firm in a case: nominal data, which never leaves this side by itself."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(max_length=10)
    name = models.CharField(max_length=300)
    identifier = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ("case", "pk")
        verbose_name_plural = "case parties"
        constraints = (
            models.CheckConstraint(
                condition=Q(role__in=list(PartyRole)), name="cases_party_role_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="cases_party_has_a_name"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.role}"


class CaseAct(models.Model):
    """One act of the procedure on a case; append-only in the database itself."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="acts")
    act = models.CharField(max_length=40)
    from_state = models.CharField(max_length=40)
    to_state = models.CharField(max_length=40)
    acted_on = models.DateField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="case_acts")
    at = models.DateTimeField()

    class Meta:
        ordering = ("case", "pk")

    def __str__(self) -> str:
        return f"{self.case_id} {self.act}"


class DeadlineEnd(models.TextChoices):
    """How a deadline came to its end; empty while it is open."""

    OPEN = ""
    MET = "met"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    MOOT = "moot"


class CaseDeadline(models.Model):
    """The last day of a term that an act on a case started, with the law it rests on.

    ``passive`` terms bar others, and no act of the procedure answers or follows them.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")
    code = models.CharField(max_length=40)
    started_on = models.DateField()
    due_on = models.DateField()
    provisional = models.BooleanField()
    passive = models.BooleanField(default=False)
    source = models.CharField(max_length=80)
    verification = models.CharField(max_length=24)
    on_expiry = models.CharField(max_length=40, blank=True)
    ended_as = models.CharField(
        max_length=10, choices=DeadlineEnd.choices, blank=True, default=DeadlineEnd.OPEN
    )
    met_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("due_on", "pk")
        indexes = (
            models.Index(
                fields=["due_on"], condition=Q(ended_as=""), name="cases_deadline_open_due"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["case", "code"],
                condition=Q(ended_as=""),
                name="cases_deadline_one_open_per_term",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("started_on")), name="cases_deadline_due_after_start"
            ),
            models.CheckConstraint(
                condition=Q(ended_as__in=DeadlineEnd.values), name="cases_deadline_end_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_as=DeadlineEnd.MET, met_on__isnull=False)
                | (~Q(ended_as=DeadlineEnd.MET) & Q(met_on__isnull=True)),
                name="cases_deadline_met_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(verification__in=list(Verification)),
                name="cases_deadline_verification_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.code}"
