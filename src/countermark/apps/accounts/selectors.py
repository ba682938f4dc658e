from __future__ import annotations

from typing import TypeVar

from django.conf import settings
from django.db.models import Model, Q, QuerySet

from countermark.apps.accounts.models import Administration, Office, Officer
from countermark.domain.errors import NotFound, NotPermitted

M = TypeVar("M", bound=Model)


def home_administration() -> Administration:
    """Return the administration that owns this node.

    Raises:
        NotFound: The node has not been set up for ``settings.COUNTERMARK_ADMINISTRATION``.
    """
    code = settings.COUNTERMARK_ADMINISTRATION
    try:
        return Administration.objects.get(code=code)
    except Administration.DoesNotExist:
        raise NotFound("administration-unknown", code=code) from None


def administration_list() -> QuerySet[Administration]:
    """Return our own administration and every partner known to this node."""
    return Administration.objects.all()


def administration_get(*, code: str) -> Administration:
    """Return one administration by its code.

    Raises:
        NotFound: No such administration is known to this node.
    """
    try:
        return Administration.objects.get(code=code)
    except Administration.DoesNotExist:
        raise NotFound("administration-unknown", code=code) from None


def office_list() -> QuerySet[Office]:
    """Return the offices of this node's own administration."""
    return Office.objects.filter(administration__code=settings.COUNTERMARK_ADMINISTRATION)


def officer_list(*, visible_to: Officer) -> QuerySet[Officer]:
    """Return the officers of the node to one who manages accounts, else the officer alone."""
    officers = Officer.objects.select_related("office__administration")
    if visible_to.may("accounts.manage"):
        return officers
    return officers.filter(pk=visible_to.pk)


def officer_get(*, username: str) -> Officer:
    """Return an active officer by sign-in name, for commands that act in an officer's name.

    Raises:
        NotFound: There is no such active officer.
    """
    try:
        return Officer.objects.select_related("office__administration").get(
            username__iexact=username, is_active=True
        )
    except Officer.DoesNotExist:
        raise NotFound("officer-unknown", username=username) from None


def name_taken(name: str) -> bool:
    """Return whether an account signs in under this name, or has it as its address."""
    return Officer.objects.filter(Q(username__iexact=name) | Q(email__iexact=name)).exists()


def officer_require(officer: Officer, act: str) -> None:
    """Refuse where the officer's role does not allow an act.

    Raises:
        NotPermitted: The role does not allow ``act``.
    """
    if not officer.may(act):
        raise NotPermitted("not-permitted", act=act, role=officer.role)


def within_reach(
    rows: QuerySet[M], *, of: Officer, act: str, office: str = "office"
) -> QuerySet[M]:
    """Narrow a query to what an officer may see; every scoped selector ends here.

    Args:
        rows: The query of one app.
        of: The officer who asks.
        act: The permission that reading needs.
        office: Path from the row to its office.

    Returns:
        Nothing at all without the permission, all rows for roles that see every office, else the
        rows of the officer's own office.
    """
    if not of.may(act):
        return rows.none()
    if of.sees_all_offices:
        return rows
    return rows.filter(Q(**{office: of.office_id}))
