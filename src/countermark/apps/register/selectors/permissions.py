"""What traders ask for and have, the copies of their proofs, and what goes across the boundary."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.register.models import (
    OfferState,
    Permission,
    PermissionOffer,
    PermissionState,
    Right,
)
from countermark.apps.register.selectors.access import holders_of
from countermark.apps.register.selectors.rights import right_list
from countermark.domain.errors import NotFound

PERMISSION_VIEWS = ("asked", "in-force", "ended")
MOST_CANDIDATES = 20


def permission_list(*, visible_to: Officer, view: str = "") -> QuerySet[Permission]:
    """Return permissions: all to those who examine rights, to a holder's account its own rights'.

    Args:
        visible_to: Anybody else sees none.
        view: One of ``PERMISSION_VIEWS``: those that wait come first to be answered first, the
            others newest first; empty for all.
    """
    today = timezone.localdate()
    rows = Permission.objects.select_related("right__holder", "decided_by", "revoked_by")
    if visible_to.may("portal.use"):
        rows = rows.filter(right__holder__in=holders_of(account=visible_to, on=today))
    elif not visible_to.may("rights.examine"):
        return rows.none()
    if view == "asked":
        return rows.filter(state=PermissionState.ASKED).order_by("answer_by", "pk")
    runs = Q(state=PermissionState.IN_FORCE, valid_until__gte=today)
    if view == "in-force":
        return rows.filter(runs).order_by("valid_until", "pk")
    if view == "ended":
        return rows.exclude(runs).exclude(state=PermissionState.ASKED)
    return rows


def permission_get(*, pk: int, visible_to: Officer) -> Permission:
    """Return one permission.

    Raises:
        NotFound: There is none, or it is not for this officer or account to see.
    """
    try:
        return permission_list(visible_to=visible_to).get(pk=pk)
    except Permission.DoesNotExist:
        raise NotFound("permission-unknown", pk=pk) from None


def permissions_in_force(*, right: Right, on: date) -> QuerySet[Permission]:
    """Return the permissions on a right that excuse goods declared on a day."""
    return right.permissions.filter(
        state=PermissionState.IN_FORCE, valid_from__lte=on, valid_until__gte=on
    )


def permission_doubles(permission: Permission) -> list[Permission]:
    """Return the permissions of other traders that rest on the same file, newest first.

    A file is the same where it came byte for byte, or where its picture, drawn again, is: one
    licence sent by several traders is a reason to ask the holder. The caller already holds the
    permission; whom it shows them to must examine rights.
    """
    papers = permission.documents.filter(removed_at__isnull=True)
    same = Q(documents__received_sha256__in=papers.values("received_sha256"))
    same |= Q(documents__sha256__in=papers.values("sha256"))
    found = Permission.objects.filter(same).exclude(match=permission.match)
    return list(found.select_related("right__holder").distinct().order_by("-asked_at", "-pk"))


def offer_list(*, visible_to: Officer, received: bool) -> QuerySet[PermissionOffer]:
    """Return offers, open ones first, to those who examine rights.

    Args:
        visible_to: Anybody else sees none.
        received: Those that partners made us; False for those we made.
    """
    offers = PermissionOffer.objects.select_related(
        "administration", "permission__right__holder", "answered_by", "offered_by"
    )
    if not visible_to.may("rights.examine"):
        return offers.none()
    found = offers.filter(received=received)
    return found.order_by("answered_at", "-offered_at", "-pk") if received else found


def offer_get(*, pk: int, visible_to: Officer) -> PermissionOffer:
    """Return an offer that a partner made us.

    Raises:
        NotFound: There is none, or the officer may not examine rights.
    """
    try:
        return offer_list(visible_to=visible_to, received=True).get(pk=pk)
    except PermissionOffer.DoesNotExist:
        raise NotFound("offer-unknown", pk=pk) from None


def offer_open_count(*, visible_to: Officer) -> int:
    """Return how many offers of partners wait for our answer."""
    return offer_list(visible_to=visible_to, received=True).filter(state=OfferState.OPEN).count()


def offer_candidates(*, mark: str, law: str, visible_to: Officer) -> list[Right]:
    """Return rights of our own law that a partner's mark may stand for, by word in any script.

    Registrations of the two sides are separate, so that an officer chooses.
    """
    found = right_list(visible_to=visible_to, query=mark).filter(jurisdiction=law)
    return list(found[:MOST_CANDIDATES]) if mark.strip() else []


def offers_to_end(permission: Permission | None = None) -> QuerySet[PermissionOffer]:
    """Return offers whose permission was revoked here and whose other side was not told yet.

    For background work and for the act itself; ``permission`` narrows it to one.
    """
    told = Q(received=False, state__in=(OfferState.OPEN, OfferState.ACCEPTED))
    told |= Q(received=True, state=OfferState.ACCEPTED)
    offers = PermissionOffer.objects.select_related("administration").filter(
        told, permission__state=PermissionState.REVOKED
    )
    return offers.filter(permission=permission) if permission is not None else offers
