"""Whose permission stands behind an excused hit, told from the days, the times and the names."""

from __future__ import annotations

from typing import Final

from django.db.models import Q, QuerySet

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import within_reach
from countermark.apps.register.models import Permission, PermissionState
from countermark.apps.screening.models import Excuse, Hit
from countermark.domain.matching.core.parties import name_key

MOST_SHOWN: Final = 200
"""How many of the latest excused hits are looked through for those of one permission."""


def permission_behind(hit: Hit) -> Permission | None:
    """Return the permission that excused a hit when it was found, or None where none did.

    A hit is excused as authorised by the holder, by a recorded party or by a permission; only the
    last is answered here. The caller already holds the hit.
    """
    if hit.excused != Excuse.AUTHORISED:
        return None
    stood = Permission.objects.filter(
        Q(revoked_at__isnull=True) | Q(revoked_at__gt=hit.found_at),
        right=hit.right_id,
        decided_at__lte=hit.found_at,
        state__in=(PermissionState.IN_FORCE, PermissionState.REVOKED),
    )
    return _of_party(stood, hit)


def permission_now(hit: Hit) -> Permission | None:
    """Return the permission that would excuse a hit's goods if they were screened now, or None.

    A permission confirmed after a hit was found leaves the hit as it is; whoever decides it should
    know. The caller already holds the hit.
    """
    return _of_party(Permission.objects.filter(right=hit.right_id, state="in-force"), hit)


def hits_excused_by(permission: Permission, *, visible_to: Officer) -> list[Hit]:
    """Return the hits that a permission has held back, latest first, within the officer's reach.

    Only the latest ``MOST_SHOWN`` excused hits on the right are looked through.
    """
    if permission.decided_at is None or permission.state == PermissionState.REFUSED:
        return []
    hits = within_reach(
        Hit.objects.select_related(
            "line__declaration__consignor", "line__declaration__consignee", "right"
        ),
        of=visible_to,
        act="hits.read",
        office="line__declaration__office",
    ).filter(
        right=permission.right_id,
        excused=Excuse.AUTHORISED,
        found_at__gte=permission.decided_at,
        line__declaration__declared_on__gte=permission.valid_from,
        line__declaration__declared_on__lte=permission.valid_until,
    )
    if permission.revoked_at is not None:
        hits = hits.filter(found_at__lt=permission.revoked_at)
    latest = hits.order_by("-found_at", "-pk")[:MOST_SHOWN]
    key = name_key(permission.name)
    return [hit for hit in latest if key in _party_keys(hit)]


def _of_party(permissions: QuerySet[Permission], hit: Hit) -> Permission | None:
    day = hit.line.declaration.declared_on
    found = list(permissions.filter(valid_from__lte=day, valid_until__gte=day).order_by("pk"))
    keys = _party_keys(hit) if found else set()
    return next((each for each in found if name_key(each.name) in keys), None)


def _party_keys(hit: Hit) -> set[bytes]:
    declaration = hit.line.declaration
    return {name_key(declaration.consignor.name), name_key(declaration.consignee.name)} - {b""}
