from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from countermark.domain.vocabulary import Channel, Direction, TransportMode


class Serial(models.Model):
    """The last number given out of one series; locked while numbers are taken, so none repeats."""

    name = models.CharField(max_length=20, primary_key=True)
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.last}"


class Party(models.Model):
    """A person or firm as declarations name it.

    ``key`` is the folded identifier, name and country: spellings that differ in case, width or
    Chinese script are one party. The spelling seen first is kept.
    """

    name = models.CharField(max_length=200)
    identifier = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=700, unique=True, editable=False)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return self.name


class BatchState(models.TextChoices):
    """How far a batch has come."""

    RECEIVED = "received"
    LOADING = "loading"
    LOADED = "loaded"
    FAILED = "failed"


class BatchFormat(models.TextChoices):
    """File formats of declaration batches."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    PARQUET = "parquet"


class Batch(models.Model):
    """One file of declaration lines as received, and how far it has been loaded.

    Every row read is counted once: ``rows_loaded + rows_duplicate + rows_rejected`` is the place
    where an interrupted load goes on. ``mapping`` leads from a field to the column that fills it,
    or to ``=value`` for all rows. ``failure`` is a refusal's code with ``failure_params``.
    """

    number = models.CharField(max_length=20, unique=True)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="batches")
    filename = models.CharField(max_length=120)
    format = models.CharField(max_length=8, choices=BatchFormat.choices)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=BatchState.choices, default=BatchState.RECEIVED)
    rows_total = models.PositiveIntegerField(default=0)
    rows_loaded = models.PositiveIntegerField(default=0)
    rows_duplicate = models.PositiveIntegerField(default=0)
    rows_rejected = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="batches"
    )
    loaded_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(max_length=200)
    rejects = models.FileField(max_length=200, blank=True)
    failure = models.CharField(max_length=80, blank=True)
    failure_params = models.JSONField(default=dict)

    class Meta:
        ordering = ("-received_at", "-pk")
        verbose_name_plural = "batches"
        constraints = (
            models.UniqueConstraint(
                fields=["sha256"],
                condition=~Q(state=BatchState.FAILED),
                name="intake_batch_content_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=BatchState.values), name="intake_batch_state_known"
            ),
            models.CheckConstraint(
                condition=Q(format__in=BatchFormat.values), name="intake_batch_format_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=BatchState.LOADED)
                | Q(rows_total=F("rows_loaded") + F("rows_duplicate") + F("rows_rejected")),
                name="intake_batch_rows_add_up",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def rows_done(self) -> int:
        """How many rows of the file have been read and settled one way or another."""
        return self.rows_loaded + self.rows_duplicate + self.rows_rejected

    @property
    def per_cent_done(self) -> int:
        """How far the load has come, 0 to 100."""
        if self.state == BatchState.LOADED:
            return 100
        return min(99, 100 * self.rows_done // self.rows_total) if self.rows_total else 0


class RejectedRow(models.Model):
    """A row of a batch that could not be loaded, with the field and the reason's code.

    ``line`` is where the row begins in the file; ``cells`` are its values by column, or ``raw`` is
    its beginning where it has none. The reject file is written from these rows.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rejected_rows")
    row = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    field = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=80)
    cells = models.JSONField(default=dict)
    raw = models.TextField(blank=True)

    class Meta:
        ordering = ("row",)
        constraints = (
            models.UniqueConstraint(fields=["batch", "row"], name="intake_rejected_row_once"),
        )

    def __str__(self) -> str:
        return f"{self.line}: {self.field} {self.reason}"


class Declaration(models.Model):
    """A declaration to this node's own administration, as lodged; never changed afterwards."""

    number = models.CharField(max_length=60, unique=True)
    office = models.ForeignKey(
        "accounts.Office", on_delete=models.PROTECT, related_name="declarations"
    )
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="declarations")
    declared_on = models.DateField(db_index=True)
    direction = models.CharField(
        max_length=16, choices=[(code.value, code.value) for code in Direction]
    )
    channel = models.CharField(
        max_length=30, choices=[(code.value, code.value) for code in Channel]
    )
    transport_mode = models.CharField(
        max_length=10, choices=[(code.value, code.value) for code in TransportMode]
    )
    control_point = models.CharField(max_length=80, blank=True)
    departure = models.CharField(max_length=80, blank=True)
    destination = models.CharField(max_length=80, blank=True)
    consignor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    consignee = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    declarant = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ("-declared_on", "number")
        constraints = (
            models.CheckConstraint(
                condition=Q(direction__in=[code.value for code in Direction]),
                name="intake_declaration_direction_known",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[code.value for code in Channel]),
                name="intake_declaration_channel_known",
            ),
            models.CheckConstraint(
                condition=Q(transport_mode__in=[code.value for code in TransportMode]),
                name="intake_declaration_transport_known",
            ),
        )

    def __str__(self) -> str:
        return self.number


class DeclarationLine(models.Model):
    """One line of goods of a declaration, as declared.

    ``batch`` is the batch that brought the line, which can be a later one than the declaration's.
    ``content_sha256`` covers the line and its declaration: equal content is the same line.
    """

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="lines")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="lines")
    line_no = models.PositiveIntegerField()
    goods_description = models.TextField()
    declared_brand = models.CharField(max_length=200, blank=True)
    hs_code = models.CharField(max_length=10, blank=True)
    quantity = models.DecimalField(max_digits=18, decimal_places=3)
    unit = models.CharField(max_length=3)
    origin = models.CharField(max_length=60, blank=True)
    value_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    content_sha256 = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("declaration", "line_no")
        constraints = (
            models.UniqueConstraint(
                fields=["declaration", "line_no"], name="intake_line_number_unique"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=0), name="intake_line_quantity_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(value_minor__isnull=True) | (Q(value_minor__gte=0) & ~Q(currency="")),
                name="intake_line_value_has_currency",
            ),
            models.CheckConstraint(condition=Q(line_no__gte=1), name="intake_line_number_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.declaration_id}/{self.line_no}"
