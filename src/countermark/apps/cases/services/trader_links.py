"""Services on trader links: why goods were held, told to a party that has no account.

An address is made of a name, by which its row is found, and a secret of 256 bits, of which the row
keeps a hash. Both the secret and the second factor are compared in constant time. What a wrong
number writes is committed before it is refused, so that guesses count.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.cases.models import LINKED_ROLES, TraderLink
from countermark.apps.cases.selectors import trader_of
from countermark.apps.register.inputs import PermissionInput, TraderInput
from countermark.apps.register.models import Permission
from countermark.apps.register.services import DocumentInput, permission_ask
from countermark.apps.screening.models import Hit, HitState
from countermark.domain.errors import ActNotOpen, InvalidInput, NotFound, NotPermitted

LEAST_DAYS, USUAL_DAYS, MOST_DAYS = 1, 60, 180
WRONG_NUMBERS: Final = 5
"""So many wrong numbers in a row lock a link for ``LOCKED_FOR``, twice that the next time."""

LOCKED_FOR: Final = timedelta(minutes=15)
MOST_FAILURES: Final = 20
"""So many wrong numbers close a link for good; an officer makes a new one."""

VIEWS_WITHIN: Final = timedelta(minutes=10)
MOST_VIEWS: Final = 60
MOST_ASKED: Final = 10
"""How many permissions a trader may ask for under one link."""

_NAME_BYTES, _SECRET_BYTES = 9, 32
_NAME_LENGTH: Final = 12
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{55}")


@transaction.atomic
def trader_link_make(
    *, by: Officer, hit: Hit, party_role: str, days: int = USUAL_DAYS
) -> tuple[TraderLink, str]:
    """Make the address under which a party reads why its goods were held; return link and token.

    The token is nowhere kept: it is shown once. One made before for the same party stops working.

    Args:
        by: An officer who decides hits.
        hit: Obtained from a selector scoped to the officer.
        party_role: ``consignor`` or ``consignee``.
        days: How long the address works.

    Raises:
        NotPermitted: The officer may not decide hits.
        InvalidInput: The party or the number of days is none of those allowed, or the declaration
            does not name the party.
        ActNotOpen: The hit was dismissed or is excused: nothing is held because of it.
    """
    officer_require(by, "hits.decide")
    if party_role not in LINKED_ROLES:
        raise InvalidInput("code-unknown", field="party_role", value=party_role[:40])
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise InvalidInput("number-out-of-range", field="days", least=LEAST_DAYS, most=MOST_DAYS)
    hit = Hit.objects.select_for_update(of=("self",)).get(pk=hit.pk)
    if hit.excused or hit.state == HitState.DISMISSED:
        raise ActNotOpen("hit-holds-nothing", number=hit.number)
    if not trader_of(hit, party_role).name.strip():
        raise InvalidInput("party-not-named", field="party_role")
    name, secret, now = secrets.token_urlsafe(_NAME_BYTES), _secret(), timezone.now()
    link, _ = TraderLink.objects.update_or_create(
        hit=hit,
        party_role=party_role,
        defaults=_fresh()
        | {
            "name": name,
            "secret_sha256": _sha256(secret),
            "made_at": now,
            "made_by": by,
            "expires_at": now + timedelta(days=days),
        },
    )
    audit_record(
        "cases.trader-link.made", subject=hit.number, by=by, party=party_role, link=name, days=days
    )
    return link, name + secret


@transaction.atomic
def trader_link_close(*, by: Officer, link: TraderLink) -> TraderLink:
    """Close an address at once; the permissions asked for under it stay.

    Raises:
        NotPermitted: The officer may not decide hits.
        ActNotOpen: It is closed already.
    """
    officer_require(by, "hits.decide")
    row = TraderLink.objects.select_for_update(of=("self",)).select_related("hit").get(pk=link.pk)
    if row.closed_at is not None:
        raise ActNotOpen("link-closed-already", link=row.name)
    _close(row, by)
    return row


def trader_link_enter(*, token: str, number: str) -> TraderLink:
    """Open a link with its second factor, the number of the declaration.

    Raises:
        NotFound: There is no such link, or it has expired or is closed; the three look alike.
        NotPermitted: The number is wrong, or so many were that the link is locked for a while.
    """
    with transaction.atomic():
        link = _found(token)
        refusal = _refused(link, number)
    if refusal is not None:
        raise refusal
    return link


@transaction.atomic
def trader_link_view(*, token: str) -> TraderLink:
    """Return a link that was opened before, for a page that shows what is behind it.

    Every view is recorded; a flood of them is refused before it fills the log.

    Raises:
        NotFound: There is no such link, or it has expired or is closed.
        ActNotOpen: ``too-many-views`` within ``VIEWS_WITHIN``.
    """
    link, now = _found(token), timezone.now()
    if link.seen_from is None or now - link.seen_from > VIEWS_WITHIN:
        link.seen_from, link.seen_count = now, 0
    if link.seen_count >= MOST_VIEWS:
        raise ActNotOpen("too-many-views", minutes=int(VIEWS_WITHIN.total_seconds()) // 60)
    link.seen_count += 1
    link.save(update_fields=["seen_from", "seen_count"])
    audit_record("cases.trader-link.viewed", subject=link.hit.number, link=link.name)
    return link


@transaction.atomic
def trader_ask(*, token: str, asked: PermissionInput, proof: DocumentInput) -> Permission:
    """Take in what the trader of a link says it may do, with its proof.

    Raises:
        NotFound: There is no such link, or it has expired or is closed.
        ActNotOpen: ``too-many-questions`` under this link, or the right is withdrawn.
        InvalidInput: A field or the file is refused, as by ``permission_ask``.
        Conflict: The trader waits for an answer already.
    """
    link = _found(token)
    if link.permissions.count() >= MOST_ASKED:
        raise ActNotOpen("too-many-questions", limit=MOST_ASKED)
    party = trader_of(link.hit, link.party_role)
    permission = permission_ask(
        right=link.hit.right,
        trader=TraderInput(party.name, party.identifier),
        asked=asked,
        proof=proof,
    )
    link.permissions.add(permission)
    audit_record(
        "cases.trader-link.answered",
        subject=link.hit.number,
        link=link.name,
        permission=permission.number,
    )
    return permission


def _found(token: str) -> TraderLink:
    """Return the working link of a token, locked."""
    well_formed = _TOKEN.fullmatch(token) is not None
    name, secret = (token[:_NAME_LENGTH], token[_NAME_LENGTH:]) if well_formed else ("", "")
    rows = TraderLink.objects.select_for_update(of=("self",)).select_related(
        "hit__line__declaration__consignor",
        "hit__line__declaration__consignee",
        "hit__line__declaration__office__administration",
        "hit__right__holder",
    )
    row = rows.filter(name=name).first()
    # Compared where there is no row as well, so that both take the same time.
    same = secrets.compare_digest(_sha256(secret), row.secret_sha256 if row else "0" * 64)
    if row is None or not same or row.closed_at or row.expires_at <= timezone.now():
        raise NotFound("link-unknown")
    return row


def _refused(link: TraderLink, number: str) -> NotPermitted | None:
    """Write what a try to open a link changes, and return its refusal."""
    now = timezone.now()
    if link.locked_until and link.locked_until > now:
        minutes = -(-(link.locked_until - now) // timedelta(minutes=1))
        return NotPermitted("link-locked", minutes=minutes)
    declared = link.hit.line.declaration.number
    if secrets.compare_digest(_sha256(_plain(number)), _sha256(_plain(declared))):
        link.failures, link.locked_until = 0, None
        link.save(update_fields=["failures", "locked_until"])
        audit_record("cases.trader-link.opened", subject=link.hit.number, link=link.name)
        return None
    link.failures += 1
    if link.failures % WRONG_NUMBERS == 0:
        link.locked_until = now + LOCKED_FOR * 2 ** (link.failures // WRONG_NUMBERS - 1)
    link.save(update_fields=["failures", "locked_until"])
    audit_record(
        "cases.trader-link.refused", subject=link.hit.number, link=link.name, wrong=link.failures
    )
    if link.failures >= MOST_FAILURES:
        _close(link, None)
    return NotPermitted("number-wrong")


def _close(row: TraderLink, by: Officer | None) -> None:
    row.closed_at, row.closed_by = timezone.now(), by
    row.save(update_fields=["closed_at", "closed_by"])
    audit_record("cases.trader-link.closed", subject=row.hit.number, by=by, link=row.name)


def _fresh() -> dict[str, object]:
    empty = dict.fromkeys(("closed_at", "closed_by", "locked_until", "seen_from"))
    return empty | {"failures": 0, "seen_count": 0}


def _secret() -> str:
    return secrets.token_urlsafe(_SECRET_BYTES)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(number: str) -> str:
    """Return a number as people copy it: without case, width, blanks and hyphens."""
    folded = unicodedata.normalize("NFKC", number[:200]).casefold()
    return "".join(letter for letter in folded if letter.isalnum())
