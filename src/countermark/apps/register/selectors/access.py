from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from countermark.apps.accounts.models import Officer
from countermark.apps.register.models import AccessState, Capacity, HolderAccess, RightHolder
from countermark.domain.errors import NotFound
from countermark.lawbook.recordations import ActingRole

_ROLE_OF = {Capacity.OWNER: ActingRole.HOLDER, Capacity.AGENT: ActingRole.AGENT}


def holders_of(*, account: Officer, on: date) -> QuerySet[RightHolder]:
    """Return the right holders for whom a portal account speaks on a day; none for officers."""
    if not account.may("portal.use"):
        return RightHolder.objects.none()
    return RightHolder.objects.filter(pk__in=_standing(account, on).values("holder"))


def acting_role(*, account: Officer, holder: RightHolder, on: date) -> str:
    """Return in which role an account acts for a holder: ``right-holder`` or ``agent``.

    Raises:
        NotFound: The account does not speak for this holder on that day.
    """
    if account.may("portal.use"):
        for access in _standing(account, on).filter(holder=holder).order_by("-capacity"):
            return _ROLE_OF[Capacity(access.capacity)].value
    raise NotFound("holder-unknown", pk=holder.pk)


def access_list(*, visible_to: Officer) -> QuerySet[HolderAccess]:
    """Return every access to those who examine rights, to a portal account its own."""
    rows = HolderAccess.objects.select_related("account", "holder", "decided_by")
    if visible_to.may("rights.examine"):
        return rows
    return rows.filter(account=visible_to) if visible_to.may("portal.use") else rows.none()


def access_get(*, pk: int, visible_to: Officer) -> HolderAccess:
    """Return one access.

    Raises:
        NotFound: There is none, or it is another account's.
    """
    try:
        return access_list(visible_to=visible_to).get(pk=pk)
    except HolderAccess.DoesNotExist:
        raise NotFound("access-unknown", pk=pk) from None


def _standing(account: Officer, on: date) -> QuerySet[HolderAccess]:
    return HolderAccess.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        account=account,
        state=AccessState.APPROVED,
    )
