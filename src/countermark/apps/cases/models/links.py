from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from countermark.domain.correlation import LIMITED_KINDS


class DetailKind(models.TextChoices):
    """What is known of a party beside the name it was recorded under."""

    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"
    IDENTIFIER = "identifier"


class PartyDetail(models.Model):
    """A further name, address, telephone or identifier of a party: nominal data, never sent.

    ``tag`` is the language or script of a name, or the kind of an identifier; empty if unknown.
    """

    party = models.ForeignKey("cases.CaseParty", on_delete=models.PROTECT, related_name="details")
    kind = models.CharField(max_length=10, choices=DetailKind.choices)
    tag = models.CharField(max_length=20, blank=True)
    value = models.CharField(max_length=300)

    class Meta:
        ordering = ("party", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["party", "kind", "value"], name="cases_party_detail_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DetailKind.values), name="cases_party_detail_kind_known"
            ),
            models.CheckConstraint(condition=~Q(value=""), name="cases_party_detail_not_empty"),
        )

    def __str__(self) -> str:
        return f"{self.party_id} {self.kind}"


class ConveyanceKind(models.TextChoices):
    """What carried the goods, or the paper they travelled under."""

    VEHICLE = "vehicle"
    CONTAINER = "container"
    WAYBILL = "waybill"
    VESSEL = "vessel"
    FLIGHT = "flight"


class Conveyance(models.Model):
    """A means of transport of a case, by its number or name."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="conveyances")
    kind = models.CharField(max_length=10, choices=ConveyanceKind.choices)
    value = models.CharField(max_length=60)

    class Meta:
        ordering = ("case", "pk")
        constraints = (
            models.UniqueConstraint(fields=["case", "kind", "value"], name="cases_conveyance_once"),
            models.CheckConstraint(
                condition=Q(kind__in=ConveyanceKind.values), name="cases_conveyance_kind_known"
            ),
            models.CheckConstraint(condition=~Q(value=""), name="cases_conveyance_not_empty"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class CaseKey(models.Model):
    """A value by which a case may be found beside others; made by ``keys.py``, never by hand.

    ``value`` is folded, ``shown`` is how it was written first. ``party`` says whose it is.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="keys")
    party = models.ForeignKey(
        "cases.CaseParty", null=True, blank=True, on_delete=models.CASCADE, related_name="keys"
    )
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=600)
    shown = models.CharField(max_length=300)

    class Meta:
        ordering = ("case", "pk")
        indexes = (models.Index(fields=["kind", "value", "case"], name="cases_key_value"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=sorted(map(str, LIMITED_KINDS))), name="cases_key_kind_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class CommonValue(models.Model):
    """A value that officers have found to say nothing, with the reason; it links no cases.

    It is lifted, never removed.
    """

    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=600)
    shown = models.CharField(max_length=300)
    reason = models.TextField()
    by = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        "accounts.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("kind", "shown")
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "value"],
                condition=Q(lifted_at__isnull=True),
                name="cases_common_value_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="cases_common_value_has_reason"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.shown}"


class Verdict(models.TextChoices):
    """What an officer says of two parties; ``UNDONE`` takes back what was said before."""

    SAME = "same"
    DIFFERENT = "different"
    UNDONE = "undone"


class PartyVerdict(models.Model):
    """An officer's word that two parties are one person, or are not; append-only in the database.

    The latest word on a pair holds. ``first`` has the smaller key, so that a pair is one pair.
    """

    first = models.ForeignKey("cases.CaseParty", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey("cases.CaseParty", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.TextField()
    by = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="cases_party_verdict_in_order"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="cases_party_verdict_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="cases_party_verdict_has_reason"),
        )

    def __str__(self) -> str:
        return f"{self.first_id}/{self.second_id} {self.verdict}"
