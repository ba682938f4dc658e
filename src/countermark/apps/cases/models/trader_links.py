from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from countermark.domain.vocabulary import PartyRole

LINKED_ROLES = (PartyRole.CONSIGNOR.value, PartyRole.CONSIGNEE.value)


class TraderLink(models.Model):
    """The one unguessable address under which a party of a held line reads why, and answers.

    An address is ``name`` and a secret, of which only ``secret_sha256`` is kept; it opens with the
    declaration's number beside it. Making the address anew replaces it. ``failures`` and
    ``locked_until`` hold back guesses of the number, ``seen_from`` and ``seen_count`` a flood of
    views. ``permissions`` are what the trader asked for under it.
    """

    hit = models.ForeignKey("screening.Hit", on_delete=models.PROTECT, related_name="trader_links")
    party_role = models.CharField(max_length=10)
    name = models.CharField(max_length=20, unique=True)
    secret_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "accounts.Officer", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    seen_from = models.DateTimeField(null=True, blank=True)
    seen_count = models.PositiveIntegerField(default=0)
    permissions = models.ManyToManyField(
        "register.Permission", related_name="trader_links", blank=True
    )

    class Meta:
        ordering = ("hit", "party_role")
        constraints = (
            models.UniqueConstraint(fields=["hit", "party_role"], name="cases_trader_link_one"),
            models.CheckConstraint(
                condition=Q(party_role__in=LINKED_ROLES), name="cases_trader_link_role_known"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="cases_trader_link_ends_later"
            ),
        )

    def __str__(self) -> str:
        return self.name
