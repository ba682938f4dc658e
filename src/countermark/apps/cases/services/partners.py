from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.cases.models import Case, PartnerCase
from countermark.domain.errors import Conflict, InvalidInput

_LENGTHS = {"number": 40, "state": 40, "title": 200}


@transaction.atomic
def partner_case_record(
    *, administration: Administration, summary: Mapping[str, object]
) -> PartnerCase:
    """Record a partner's case as stated, or bring what is recorded up to date.

    The same statement twice changes nothing and records nothing. A case of ours that carries the
    same key is linked.

    Raises:
        InvalidInput: The key is no UUID, or number, state or title is missing or too long.
        Conflict: The statement is about a case of another administration.
    """
    key = _key(summary)
    fields = {name: _text(summary, name) for name in _LENGTHS}
    if summary.get("administration") != administration.code:
        raise Conflict("summary-of-another-administration", administration=administration.code)
    plain = dict(summary)
    known = (
        PartnerCase.objects.select_for_update()
        .filter(administration=administration, key=key)
        .first()
    )
    if known is not None and known.summary == plain:
        return known
    row = known or PartnerCase(administration=administration, key=key)
    for name, value in fields.items():
        setattr(row, name, value)
    row.summary, row.received_at = plain, timezone.now()
    row.case = row.case or Case.objects.filter(key=key).first()
    row.save()
    audit_record(
        "cases.partner-case.recorded",
        subject=row.number,
        administration=administration.code,
        key=key,
        state=row.state,
    )
    return row


@transaction.atomic
def partner_case_link(*, partner_case: PartnerCase, case: Case, by: Officer) -> PartnerCase:
    """Say that a partner's case and a case of ours are about the same matter.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        Conflict: The partner's case is linked to another case of ours.
    """
    officer_require(by, "cases.act")
    row = PartnerCase.objects.select_for_update(of=("self",)).get(pk=partner_case.pk)
    if row.case_id not in (None, case.pk):
        raise Conflict("partner-case-linked", number=row.number)
    if row.case_id is None:
        row.case = case
        row.save(update_fields=["case"])
        audit_record("cases.partner-case.linked", subject=case.number, by=by, partner=row.number)
    return row


def _key(summary: Mapping[str, object]) -> UUID:
    try:
        return UUID(str(summary.get("key")))
    except ValueError:
        raise InvalidInput("summary-malformed", field="key") from None


def _text(summary: Mapping[str, object], name: str) -> str:
    value = summary.get(name)
    if not isinstance(value, str) or not value or len(value) > _LENGTHS[name]:
        raise InvalidInput("summary-malformed", field=name)
    return value
