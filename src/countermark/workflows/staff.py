"""The node's people and places: what it is founded with, and the officers admitted later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from countermark.apps.accounts.permissions import Role
from countermark.apps.accounts.selectors import home_administration, officer_require
from countermark.apps.accounts.services import (
    administration_record,
    office_record,
    officer_create,
)
from countermark.apps.audit.services import audit_record
from countermark.apps.exchange.services import node_keys_ensure
from countermark.lawbook import lawbook

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Office, Officer
    from countermark.domain.vocabulary import Names


@transaction.atomic
def administrations_record() -> None:
    """Record every administration that the law folder names, our own and possible partners."""
    for law in lawbook().laws.values():
        for member in law.side.members:
            administration_record(
                code=member.code, law=law.side.code, names=member.names, short=member.short
            )


@transaction.atomic
def node_found(
    *, office_code: str, office_names: Names, username: str, display_name: str, password: str
) -> Officer:
    """Found this node: administrations, keys, a first office and its administrator.

    Writes all of it, or nothing at all but the key files; doing it again changes no key.

    Raises:
        NotFound: The law folder does not know ``settings.COUNTERMARK_ADMINISTRATION``.
        InvalidInput: The password is too weak.
        Conflict: The sign-in name is taken.
    """
    administrations_record()
    home = home_administration()
    office = office_record(administration=home, code=office_code, names=office_names)
    node_keys_ensure()
    return officer_admit(
        by=None,
        username=username,
        display_name=display_name,
        office=office,
        role=Role.ADMINISTRATOR,
        password=password,
    )


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
