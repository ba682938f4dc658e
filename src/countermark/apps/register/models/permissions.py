from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from countermark.apps.register.models.rights import Right


class PermissionState(models.TextChoices):
    """Where a trader's permission stands; it ends by itself after its last day."""

    ASKED = "asked"
    IN_FORCE = "in-force"
    REFUSED = "refused"
    REVOKED = "revoked"


class DecidedAs(models.TextChoices):
    """Who confirmed or refused a permission: the right holder's account, or an officer."""

    HOLDER = "holder"
    OFFICER = "officer"


class Permission(models.Model):
    """A trader's word, with proof, that it may use a right; once confirmed, screening excuses it.

    ``name`` is the trader as declarations spell it and ``match`` the same folded. Goods declared
    from ``valid_from`` to ``valid_until``, both included, are excused. ``may_share`` says that the
    trader agrees that a partner is told. ``answer_by`` is a working setting and no term of law.
    Rows are never removed: who was excused, on what proof and by whom can be told for any day.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="permissions")
    name = models.CharField(max_length=200)
    identifier = models.CharField(max_length=60, blank=True)
    match = models.CharField(max_length=400, editable=False)
    goods = models.TextField(blank=True)
    statement = models.TextField(blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField()
    may_share = models.BooleanField(default=False)
    state = models.CharField(
        max_length=8, choices=PermissionState.choices, default=PermissionState.ASKED
    )
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_as = models.CharField(max_length=8, choices=DecidedAs.choices, blank=True)
    reason = models.TextField(blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    revoked_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-asked_at", "-pk")
        indexes = (
            models.Index(fields=["state", "answer_by"], name="register_permission_queue"),
            models.Index(fields=["right", "state"], name="register_permission_right"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["right", "match"],
                condition=Q(state=PermissionState.ASKED),
                name="register_permission_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")),
                name="register_permission_validity_order",
            ),
            models.CheckConstraint(
                condition=Q(state=PermissionState.ASKED, decided_at__isnull=True, decided_as="")
                | (
                    Q(state__in=["in-force", "refused", "revoked"])
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                    & Q(decided_as__in=DecidedAs.values)
                ),
                name="register_permission_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=PermissionState.REVOKED, revoked_at__isnull=False)
                & ~Q(revoked_reason="")
                | (
                    ~Q(state=PermissionState.REVOKED)
                    & Q(revoked_at__isnull=True, revoked_by__isnull=True, revoked_reason="")
                ),
                name="register_permission_revoked_whole",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The permission as officers and the audit log name it."""
        return f"P-{self.pk:06d}"


class OfferState(models.TextChoices):
    """What became of a permission offered across the boundary."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class PermissionOffer(models.Model):
    """A permission one administration offers another, which decides on it for itself.

    ``key`` is the key of the permission where it was first given; ``content`` is what was sent or
    received, word for word. ``permission`` is ours: the one offered, or the one made here when an
    officer accepted. ``withdrawn`` is said by the side that offered, ``ended`` by the one that had
    accepted; both are set once the other side has been told.
    """

    key = models.UUIDField()
    administration = models.ForeignKey(
        "accounts.Administration", on_delete=models.PROTECT, related_name="permission_offers"
    )
    received = models.BooleanField()
    permission = models.ForeignKey(
        Permission, on_delete=models.PROTECT, related_name="offers", null=True, blank=True
    )
    content = models.JSONField()
    state = models.CharField(max_length=10, choices=OfferState.choices, default=OfferState.OPEN)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-offered_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["administration", "key", "received"], name="register_offer_unique"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OfferState.values), name="register_offer_state_known"
            ),
            models.CheckConstraint(
                condition=Q(received=False, permission__isnull=False)
                | Q(permission__isnull=False, state__in=["accepted", "withdrawn", "ended"])
                | Q(permission__isnull=True, state__in=["open", "declined", "withdrawn"])
                & Q(received=True),
                name="register_offer_permission_fits",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.state}"
