from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class RightHolder(models.Model):
    """A person or firm that holds rights, known by its name and country.

    ``key`` is the folded name, which imports match; ``folded`` holds the names in every script,
    which searches read.
    """

    name = models.CharField(max_length=200)
    name_zh_hant = models.CharField(max_length=200, blank=True)
    name_zh_hans = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=400, editable=False)
    folded = models.TextField(editable=False)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["key", "country"], name="register_holder_unique"),
            models.CheckConstraint(condition=~Q(key=""), name="register_holder_named"),
        )

    def __str__(self) -> str:
        return self.name


class Representative(models.Model):
    """Somebody who speaks to customs for a right holder: an agent, an examiner's office."""

    holder = models.ForeignKey(
        RightHolder, on_delete=models.PROTECT, related_name="representatives"
    )
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=["holder", "name"], name="register_representative_unique"
            ),
        )

    def __str__(self) -> str:
        return self.name


class RightState(models.TextChoices):
    """Whether the right still stands; validity in time is a matter of its dates."""

    IN_FORCE = "in-force"
    WITHDRAWN = "withdrawn"


class Right(models.Model):
    """One registration of an intellectual property right in one jurisdiction.

    ``right_type`` is a code of ``law/rights/``; ``facts`` holds what that type asks for beyond the
    columns here, by the codes of its law file.
    ``version`` rises with every change that screening can see; hits keep the version they used.
    ``folded`` holds what a search reads: the mark in every script and the registration number.
    """

    right_type = models.CharField(max_length=30, default="trade-mark")
    holder = models.ForeignKey(RightHolder, on_delete=models.PROTECT, related_name="rights")
    jurisdiction = models.SlugField(max_length=6)
    registration_number = models.CharField(max_length=60)
    word = models.CharField(max_length=200, blank=True)
    word_zh_hans = models.CharField(max_length=200, blank=True)
    word_zh_hant = models.CharField(max_length=200, blank=True)
    nice_classes = models.JSONField(default=list)
    goods = models.TextField(blank=True)
    facts = models.JSONField(default=dict, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField()
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, choices=RightState.choices, default=RightState.IN_FORCE)
    folded = models.TextField(editable=False)

    class Meta:
        ordering = ("word", "word_zh_hant", "pk")
        indexes = (
            models.Index(fields=["word", "word_zh_hant", "id"], name="register_right_order"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "right_type", "registration_number"],
                name="register_right_unique",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="register_right_validity_order"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RightState.values), name="register_right_state_known"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="register_right_versioned"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def reference(self) -> str:
        """The right as the audit log names it: jurisdiction, type and registration number."""
        return f"{self.jurisdiction}/{self.right_type}/{self.registration_number}"

    @property
    def label(self) -> str:
        """The right as an officer names it: a word in Latin or Chinese script, else its number."""
        return self.word or self.word_zh_hant or self.word_zh_hans or self.registration_number


class SearchKey(models.Model):
    """What a search reads of one right; made by ``keys.py``, never written by hand."""

    right = models.OneToOneField(
        Right, on_delete=models.CASCADE, primary_key=True, related_name="search_key"
    )
    text = models.TextField()

    def __str__(self) -> str:
        return self.text


class AuthorisedRole(models.TextChoices):
    """What an authorised party may do with the mark."""

    LICENSEE = "licensee"
    MANUFACTURER = "manufacturer"
    IMPORTER = "importer"
    EXPORTER = "exporter"
    CONSIGNOR = "consignor"


class AuthorisedParty(models.Model):
    """A person or firm that the holder allows to use the mark; open dates mean no limit.

    ``proof`` says by what an officer can tell: a contract, its date, where it is filed.
    """

    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="authorised_parties")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=12, choices=AuthorisedRole.choices)
    identifier = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    proof = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=400, editable=False)

    class Meta:
        ordering = ("name", "role")
        verbose_name_plural = "authorised parties"
        constraints = (
            models.UniqueConstraint(
                fields=["right", "role", "key"], name="register_authorised_party_unique"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="register_authorised_party_validity_order",
            ),
            models.CheckConstraint(
                condition=Q(role__in=AuthorisedRole.values),
                name="register_authorised_party_role_known",
            ),
        )

    def __str__(self) -> str:
        return self.name
