"""This node's keys, its partners with theirs, and what was refused at the door."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

NODE, KID, HASH = 40, 43, 64


class Partner(models.Model):
    """Another node, known by the root key whose fingerprint an officer confirmed by voice.

    ``failures`` and ``next_contact_at`` hold back every message to a node that does not answer;
    ``skew_ms`` is how far its clock is ahead of ours, used for request signatures only.
    """

    class State(models.TextChoices):
        """How far trust in the partner has come."""

        PROPOSED = "proposed"
        VERIFIED = "verified"
        SUSPENDED = "suspended"

    class Mode(models.TextChoices):
        """How batches reach the partner."""

        PUSH = "push"

    administration = models.OneToOneField(
        "accounts.Administration", on_delete=models.PROTECT, related_name="exchange_partner"
    )
    node_id = models.CharField(max_length=NODE, unique=True)
    base_url = models.CharField(max_length=200)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.PUSH)
    root_public_key = models.CharField(max_length=KID)
    fingerprint = models.CharField(max_length=HASH)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    verified_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, null=True, related_name="+"
    )
    second_verified_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, null=True, related_name="+"
    )
    verified_at = models.DateTimeField(null=True)
    statement_number = models.PositiveIntegerField(default=0)
    statement = models.TextField(default="")
    skew_ms = models.BigIntegerField(default=0)
    batch_size = models.PositiveSmallIntegerField(default=16)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=80, default="")
    next_contact_at = models.DateTimeField()
    last_contact_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("node_id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="verified") | Q(verified_by__isnull=False),
                name="exchange_partner_verified_by_an_officer",
            ),
        )

    def __str__(self) -> str:
        return self.node_id


class PartnerKey(models.Model):
    """A public key that a partner's root key vouches for. ``current`` marks the one to use now."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="keys")
    kid = models.CharField(max_length=KID)
    use = models.CharField(max_length=10)
    x = models.CharField(max_length=KID)
    not_before = models.CharField(max_length=80)
    current = models.BooleanField()
    revoked = models.BooleanField(default=False)
    statement_number = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["partner", "kid"], name="exchange_partnerkey_unique"),
            models.UniqueConstraint(
                fields=["partner", "use"],
                condition=Q(current=True),
                name="exchange_partnerkey_one_current",
            ),
        )

    def __str__(self) -> str:
        return f"{self.use} {self.kid}"


class OwnKey(models.Model):
    """One of this node's keys: the public half. The private half is a file named by the key id."""

    class State(models.TextChoices):
        """Grace keys open and verify what was made for them and make nothing new."""

        CURRENT = "current"
        GRACE = "grace"
        DESTROYED = "destroyed"

    kid = models.CharField(max_length=KID, primary_key=True)
    use = models.CharField(max_length=10)
    x = models.CharField(max_length=KID)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CURRENT)
    not_before = models.DateTimeField()
    not_after = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["use"], condition=Q(state="current"), name="exchange_ownkey_one_current"
            ),
        )

    def __str__(self) -> str:
        return f"{self.use} {self.kid}"


class KeyStatement(models.Model):
    """This node's own key statement as its root key signed it; the highest number is in force."""

    number = models.PositiveIntegerField(primary_key=True)
    token = models.TextField()
    issued_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.number)


class WireReject(models.Model):
    """How often something was refused at the door, and why. Never holds what was sent.

    One row per partner claimed and check failed, so that a flood cannot fill the disk;
    ``last_digest`` is the SHA-256 of the latest.
    """

    partner_hint = models.CharField(max_length=NODE)
    reason = models.CharField(max_length=80)
    seen = models.PositiveBigIntegerField(default=0)
    last_digest = models.CharField(max_length=HASH)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        ordering = ("-last_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["partner_hint", "reason"], name="exchange_wirereject_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.partner_hint} {self.reason} {self.seen}"
