from __future__ import annotations

from django.db import models
from django.db.models import Q

from countermark.apps.register.models.rights import RightHolder


class Capacity(models.TextChoices):
    """In what capacity an account speaks for a right holder."""

    OWNER = "owner"
    AGENT = "agent"


class AccessState(models.TextChoices):
    """Where the wish to speak for a right holder stands; only an approved one lets in."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    ENDED = "ended"


class HolderAccess(models.Model):
    """One account's standing with one right holder: asked for, and settled by an officer.

    ``claimed`` is how the account described the holder; ``holder`` is the one an officer settled
    on, so that asking never tells who is in the register. An agent speaks under a power of
    attorney, a document of this row, up to ``valid_until``.
    """

    account = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="accesses"
    )
    holder = models.ForeignKey(
        RightHolder, on_delete=models.PROTECT, related_name="accesses", null=True, blank=True
    )
    claimed = models.JSONField(default=dict)
    capacity = models.CharField(max_length=8, choices=Capacity.choices)
    state = models.CharField(max_length=8, choices=AccessState.choices, default=AccessState.ASKED)
    valid_until = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ("-pk",)
        verbose_name_plural = "holder accesses"
        constraints = (
            models.UniqueConstraint(
                fields=["account", "holder"],
                condition=Q(state=AccessState.APPROVED),
                name="register_access_one_approved",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AccessState.values), name="register_access_state_known"
            ),
            models.CheckConstraint(
                condition=Q(capacity__in=Capacity.values), name="register_access_capacity_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=AccessState.APPROVED)
                | (Q(holder__isnull=False) & (~Q(capacity="agent") | Q(valid_until__isnull=False))),
                name="register_access_approved_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.capacity} {self.state}"
