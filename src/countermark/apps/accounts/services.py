from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from countermark.apps.accounts.models import Administration, Office, Officer
from countermark.apps.accounts.permissions import Role
from countermark.apps.accounts.selectors import home_administration, name_taken, officer_require
from countermark.domain.errors import Conflict, InvalidInput
from countermark.domain.vocabulary import Names

PORTAL_OFFICE = "portal"
PORTAL_NAMES = Names(
    en="Right holders' portal", zh_hant="權利持有人平台", zh_hans="知识产权权利人平台"
)
"""The office that accounts of the portal belong to; no officer works there."""


def officer_authorise(*, officer: Officer, act: str) -> None:
    """Refuse where the officer's role does not allow an act.

    Raises:
        NotPermitted: The role does not allow ``act``.
    """
    officer_require(officer, act)


@transaction.atomic
def administration_record(*, code: str, law: str, names: Names, short: Names) -> Administration:
    """Record an administration under its code, or bring its names up to date."""
    return Administration.objects.update_or_create(
        code=code,
        defaults={
            "law": law,
            "name_en": names.en,
            "name_zh_hant": names.zh_hant,
            "name_zh_hans": names.zh_hans,
            "short_en": short.en,
            "short_zh_hant": short.zh_hant,
            "short_zh_hans": short.zh_hans,
        },
    )[0]


@transaction.atomic
def office_record(*, administration: Administration, code: str, names: Names) -> Office:
    """Record an office of an administration, or bring its names up to date."""
    return Office.objects.update_or_create(
        administration=administration,
        code=code,
        defaults={
            "name_en": names.en,
            "name_zh_hant": names.zh_hant,
            "name_zh_hans": names.zh_hans,
        },
    )[0]


@transaction.atomic
def officer_create(
    *, username: str, display_name: str, office: Office, role: str, password: str
) -> Officer:
    """Create an officer who can sign in at once.

    Raises:
        InvalidInput: The role is unknown or the password too weak.
        Conflict: The sign-in name is taken.
    """
    if role not in {known.value for known in Role}:
        raise InvalidInput("role-unknown", field="role", value=role)
    if Officer.objects.filter(username__iexact=username).exists():
        raise Conflict("username-taken", field="username", value=username)
    officer = Officer(username=username, display_name=display_name, office=office, role=role)
    return _saved(officer, password)


@transaction.atomic
def holder_account_create(*, email: str, display_name: str, password: str) -> Officer:
    """Create an account of the right holders' portal; its sign-in name is the address.

    It may sign in once the address is confirmed, and speaks for nobody until an officer says so.

    Raises:
        InvalidInput: The password is too weak.
        Conflict: An account has this address.
        NotFound: The node has not been set up.
    """
    address = email.lower()
    if name_taken(address):
        raise Conflict("username-taken", field="email", value=address)
    account = Officer(
        username=address,
        email=address,
        display_name=display_name,
        office=office_record(
            administration=home_administration(), code=PORTAL_OFFICE, names=PORTAL_NAMES
        ),
        role=Role.RIGHT_HOLDER.value,
    )
    return _saved(account, password)


def officer_shortcuts_set(*, officer: Officer, on: bool) -> None:
    """Turn an officer's own single-key shortcuts on or off; a preference, not an act to audit."""
    officer.shortcuts = on
    officer.save(update_fields=["shortcuts"])


def _saved(officer: Officer, password: str) -> Officer:
    try:
        validate_password(password, officer)
    except ValidationError as error:
        raise InvalidInput("password-weak", field="password", why=error.messages) from error
    officer.set_password(password)
    officer.save()
    return officer
