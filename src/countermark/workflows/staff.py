"""Officers of this node: made by the administrator, each with an entry in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from countermark.apps.accounts.selectors import officer_require
from countermark.apps.accounts.services import officer_create
from countermark.apps.audit.services import audit_record

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Office, Officer


@transaction.atomic
def officer_admit(
    *,
    by: Officer | None,
    username: str,
    display_name: str,
    office: Office,
    role: str,
    password: str,
) -> Officer:
    """Create an officer who can sign in at once, and record who did so.

    Args:
        by: The administrator, or None where the node is being set up from its own machine.
        username: Sign-in name, unique whatever its case.
        display_name: The name that colleagues see.
        office: Where the officer works.
        role: A code of ``Role``.
        password: The first password; never recorded.

    Raises:
        NotPermitted: ``by`` may not manage accounts.
        InvalidInput: The role is unknown or the password too weak.
        Conflict: The sign-in name is taken.
    """
    if by is not None:
        officer_require(by, "accounts.manage")
    officer = officer_create(
        username=username, display_name=display_name, office=office, role=role, password=password
    )
    audit_record(
        "accounts.officer.created",
        subject=officer.username,
        by=by,
        role=officer.role,
        office=office.code,
    )
    return officer
