"""Services on what is known of a case's parties and of what carried its goods."""

from __future__ import annotations

from django.db import transaction

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.cases.convert import party_rows, search_text
from countermark.apps.cases.inputs import ConveyanceInput, DetailInput, PartyInput
from countermark.apps.cases.keys import keys_refresh
from countermark.apps.cases.models import Case, CaseParty, Conveyance, PartyDetail
from countermark.domain.errors import Conflict, NotFound
from countermark.domain.text.fold import folded_text


@transaction.atomic
def party_add(*, case: Case, party: PartyInput, by: Officer) -> CaseParty:
    """Name a further party of a case; party, keys, search text and audit entry, or nothing.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        InvalidInput: The name is missing or the role unknown.
    """
    officer_require(by, "cases.act")
    party.check()
    case = _locked(case)
    row = party_rows(case, [party])[0]
    row.save()
    _settle(case)
    audit_record("cases.party.added", subject=case.number, by=by, party=row.pk, role=row.role)
    return row


@transaction.atomic
def party_detail_add(*, case: Case, party: int, detail: DetailInput, by: Officer) -> PartyDetail:
    """Add a name, address, telephone or identifier to a party of a case.

    Writes the detail, the case's keys and search text, and one audit entry without the value; or
    nothing at all.

    Args:
        case: Obtained from a selector scoped to the officer.
        party: Primary key of one of its parties.
        detail: What is known.
        by: The officer.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        NotFound: The case has no such party.
        InvalidInput: The detail is malformed.
        Conflict: The party has it already.
    """
    officer_require(by, "cases.act")
    detail.check()
    case = _locked(case)
    row = case.parties.filter(pk=party).first()
    if row is None:
        raise NotFound("party-unknown")
    value = detail.value.strip()
    if row.details.filter(kind=detail.kind, value=value).exists():
        raise Conflict("party-detail-known")
    made = PartyDetail.objects.create(party=row, kind=detail.kind, tag=detail.tag, value=value)
    _settle(case)
    audit_record(
        "cases.party-detail.added", subject=case.number, by=by, party=row.pk, kind=made.kind
    )
    return made


@transaction.atomic
def party_detail_remove(*, case: Case, detail: int, by: Officer) -> None:
    """Take a detail of a party out that was entered by mistake; its keys go with it.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        NotFound: No party of the case has such a detail.
    """
    officer_require(by, "cases.act")
    case = _locked(case)
    row = PartyDetail.objects.filter(party__case=case, pk=detail).first()
    if row is None:
        raise NotFound("party-detail-unknown")
    row.delete()
    _settle(case)
    audit_record(
        "cases.party-detail.removed",
        subject=case.number,
        by=by,
        party=row.party_id,
        kind=row.kind,
    )


@transaction.atomic
def conveyance_add(*, case: Case, conveyance: ConveyanceInput, by: Officer) -> Conveyance:
    """Add a means of transport to a case; it, the keys and the audit entry, or nothing.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        InvalidInput: The value is missing, or a container's check digit wrong.
        Conflict: The case has it already.
    """
    officer_require(by, "cases.act")
    conveyance.check()
    case, value = _locked(case), conveyance.value.strip()
    if case.conveyances.filter(kind=conveyance.kind, value=value).exists():
        raise Conflict("conveyance-known")
    row = Conveyance.objects.create(case=case, kind=conveyance.kind, value=value)
    _settle(case)
    audit_record("cases.conveyance.added", subject=case.number, by=by, kind=row.kind, value=value)
    return row


@transaction.atomic
def conveyance_remove(*, case: Case, conveyance: int, by: Officer) -> None:
    """Take a means of transport out that was entered by mistake; its keys go with it.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        NotFound: The case has no such means of transport.
    """
    officer_require(by, "cases.act")
    case = _locked(case)
    row = case.conveyances.filter(pk=conveyance).first()
    if row is None:
        raise NotFound("conveyance-unknown")
    row.delete()
    _settle(case)
    audit_record(
        "cases.conveyance.removed", subject=case.number, by=by, kind=row.kind, value=row.value
    )


def _locked(case: Case) -> Case:
    rows = Case.objects.select_for_update(of=("self",)).select_related("office__administration")
    return rows.get(pk=case.pk)


def _settle(case: Case) -> None:
    """Bring the keys and the search text of a case to what it holds now."""
    goods = case.goods.select_related("right")
    words = [search_text(case.number, case.title, goods, case.parties.all())]
    details = PartyDetail.objects.filter(party__case=case)
    words += map(folded_text, details.values_list("value", flat=True))
    words += map(folded_text, case.conveyances.values_list("value", flat=True))
    case.search_text = " ".join(words)
    case.save(update_fields=["search_text"])
    keys_refresh(case)
