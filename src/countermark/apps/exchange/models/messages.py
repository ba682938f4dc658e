"""Messages to partners and from them, in their lanes, with the receipts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from countermark.apps.exchange.models.nodes import HASH, Partner

LANE = 60


class OutboxLane(models.Model):
    """The end of an ordered line of messages to a partner: what the next message continues."""

    class State(models.TextChoices):
        """A forked lane waits: the partner has seen another history of it."""

        OPEN = "open"
        FORK = "fork"

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="outbox_lanes")
    name = models.CharField(max_length=LANE)
    epoch = models.PositiveBigIntegerField(default=1)
    next_seq = models.PositiveBigIntegerField(default=1)
    prev_hash = models.CharField(max_length=HASH)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["partner", "name"], name="exchange_outboxlane_unique"),
        )

    def __str__(self) -> str:
        return f"{self.partner_id} {self.name}"


class OutboxMessage(models.Model):
    """A message to a partner, signed for good when it was written. The row is the queue.

    Identity, place and content never change; what changes is what is known of its fate.
    ``failures`` counts answers in a row that brought nothing new.
    """

    class State(models.TextChoices):
        """Known fate: only what a verified receipt says."""

        READY = "ready"
        RECEIVED = "received"
        APPLIED = "applied"
        REFUSED = "refused"
        QUARANTINED = "quarantined"
        SKIPPED = "skipped"

    UNSETTLED = (State.READY, State.RECEIVED, State.QUARANTINED)

    id = models.UUIDField(primary_key=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="outbox")
    lane = models.ForeignKey(OutboxLane, on_delete=models.PROTECT, related_name="messages")
    epoch = models.PositiveBigIntegerField()
    seq = models.PositiveBigIntegerField()
    message_type = models.CharField(max_length=40)
    subject = models.CharField(max_length=120, default="", db_index=True)
    idempotency_key = models.CharField(max_length=200)
    inner_jws = models.TextField()
    inner_sha256 = models.CharField(max_length=HASH)
    handling = models.JSONField(default=dict)
    priority = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.READY)
    reason = models.CharField(max_length=80, default="")
    attempts = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=80, default="")
    next_attempt_at = models.DateTimeField()
    lease_owner = models.CharField(max_length=36, default="")
    lease_until = models.DateTimeField(null=True)
    created_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    last_attempt_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-seq")
        constraints = (
            models.UniqueConstraint(
                fields=["lane", "epoch", "seq"], name="exchange_outboxmessage_place_unique"
            ),
            models.UniqueConstraint(
                fields=["partner", "idempotency_key"], name="exchange_outboxmessage_once"
            ),
        )
        indexes = (
            models.Index(
                fields=["partner", "state", "next_attempt_at"], name="exchange_outbox_due"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Receipt(models.Model):
    """A partner's signed word on one of our messages, as it came. Added only, never changed."""

    message = models.ForeignKey(OutboxMessage, on_delete=models.PROTECT, related_name="receipts")
    level = models.CharField(max_length=2)
    outcome = models.CharField(max_length=12)
    inner_sha256 = models.CharField(max_length=HASH)
    token = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["message", "level", "outcome"], name="exchange_receipt_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.level} {self.outcome} {self.message_id}"


class InboxLane(models.Model):
    """The end of what was applied of a partner's lane: the place the next message must have."""

    class State(models.TextChoices):
        """A parked lane waits for an officer; a forked one for repair."""

        OPEN = "open"
        PARKED = "parked"
        FORK = "fork"

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="inbox_lanes")
    name = models.CharField(max_length=LANE)
    epoch = models.PositiveBigIntegerField(default=1)
    next_seq = models.PositiveBigIntegerField(default=1)
    prev_hash = models.CharField(max_length=HASH)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["partner", "name"], name="exchange_inboxlane_unique"),
        )

    def __str__(self) -> str:
        return f"{self.partner_id} {self.name}"


class InboxMessage(models.Model):
    """A message of a partner, kept as it was signed, with the receipts we gave for it."""

    class State(models.TextChoices):
        """What became of the message here."""

        HELD = "held"
        APPLIED = "applied"
        REFUSED = "refused"
        QUARANTINED = "quarantined"
        SKIPPED = "skipped"

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="inbox")
    message_id = models.UUIDField()
    lane = models.ForeignKey(InboxLane, on_delete=models.PROTECT, related_name="messages")
    epoch = models.PositiveBigIntegerField()
    seq = models.PositiveBigIntegerField()
    prev_hash = models.CharField(max_length=HASH)
    message_type = models.CharField(max_length=40)
    subject = models.CharField(max_length=120, default="")
    inner_jws = models.TextField()
    inner_sha256 = models.CharField(max_length=HASH)
    handling = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State.choices, default=State.HELD)
    reason = models.CharField(max_length=80, default="")
    received_receipt = models.TextField()
    settled_receipt = models.TextField(default="")
    stored_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-stored_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["partner", "message_id"], name="exchange_inboxmessage_once"
            ),
            models.UniqueConstraint(
                fields=["lane", "epoch", "seq"], name="exchange_inboxmessage_place_unique"
            ),
            models.CheckConstraint(
                condition=Q(state="held", settled_receipt="")
                | (~Q(state="held") & ~Q(settled_receipt="")),
                name="exchange_inboxmessage_settled_with_receipt",
            ),
        )

    def __str__(self) -> str:
        return str(self.message_id)
