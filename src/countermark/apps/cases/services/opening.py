from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Office, Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.cases.convert import (
    details_from_hit,
    goods_from_hit,
    goods_rows,
    party_rows,
    search_text,
)
from countermark.apps.cases.inputs import CaseDetails, GoodsInput
from countermark.apps.cases.keys import keys_refresh
from countermark.apps.cases.models import Case, CaseParty, GoodsLine
from countermark.apps.cases.services.numbers import number_next
from countermark.apps.screening.models import Hit, HitState
from countermark.apps.screening.services import hit_dispose, hit_rely
from countermark.domain.errors import Conflict, InvalidInput, NotFound
from countermark.domain.procedures import Procedure
from countermark.lawbook import procedure_in_force

NO_DETAILS = CaseDetails()
_BATCH = 500


@transaction.atomic
def case_open(
    *,
    by: Officer,
    office: Office,
    procedure_code: str,
    opened_on: date,
    title: str,
    goods: Sequence[GoodsInput] = (),
    hits: Sequence[Hit] = (),
    details: CaseDetails = NO_DETAILS,
) -> Case:
    """Open a case by hand or from hits, in the first state of its procedure.

    Writes the case with its goods, parties and keys, confirms every hit in ``hits`` that is not
    confirmed yet and takes its goods into the case, and one audit entry; or nothing at all. Numbers
    of a prefix and year follow each other without a gap.

    Raises:
        NotPermitted: The officer's role opens no cases.
        NotFound: The officer does not reach ``office``, or there is no such procedure.
        InvalidInput: Title, date, goods, route or a party is malformed, or the procedure belongs to
            another law than the office's administration.
        TermNotInForce: The procedure was not law on ``opened_on``.
        Conflict: A hit's goods are in a case already.
    """
    officer_require(by, "cases.open")
    procedure = _procedure(by, office, procedure_code, opened_on)
    if not title.strip():
        raise InvalidInput("field-missing", field="title")
    details.check()
    hits = _hits_locked(hits)
    lines = [*goods, *_hit_goods(hits)]
    for line in lines:
        line.check()
    _hits_confirm(hits, details.reason, by)
    number = number_next(office.administration.code, opened_on.year)
    case = Case.objects.create(
        number=number,
        office=office,
        procedure_code=procedure_code,
        state=procedure.starts_in,
        title=title.strip(),
        opened_on=opened_on,
        opened_by=by,
        origin_hit=hits[0] if hits else None,
        reconstructed=details.reconstructed,
        search_text=search_text(number, title, lines, details.parties),
        **details.route(),
    )
    GoodsLine.objects.bulk_create(goods_rows(case, lines), batch_size=_BATCH)
    CaseParty.objects.bulk_create(party_rows(case, details.parties), batch_size=_BATCH)
    keys_refresh(case)
    audit_record(
        "cases.case.opened",
        subject=number,
        by=by,
        procedure=procedure_code,
        opened_on=opened_on,
        hits=[hit.number for hit in hits],
        reconstructed=details.reconstructed,
    )
    return case


@transaction.atomic
def case_open_from_hit(
    *,
    hit: Hit,
    by: Officer,
    opened_on: date,
    procedure_code: str,
    title: str = "",
    reason: str,
) -> Case:
    """Confirm a hit and open a case on its goods, with the route and parties of the declaration.

    Writes the disposition, the case and their audit entries, or nothing at all. Without a title the
    case is named after the mark.

    Raises:
        NotPermitted: The officer's role may not confirm hits or open cases.
        NotFound: The officer does not reach the declaration's office.
        InvalidInput: A field is malformed, or the reason is missing.
        Conflict: The hit's goods are in a case already.
    """
    return case_open(
        by=by,
        office=hit.line.declaration.office,
        procedure_code=procedure_code,
        opened_on=opened_on,
        title=title or hit.right.label,
        hits=[hit],
        details=details_from_hit(hit, reason),
    )


def _procedure(by: Officer, office: Office, code: str, opened_on: date) -> Procedure:
    if office.pk != by.office_id and not by.sees_all_offices:
        raise NotFound("office-unknown", office=office.code)
    if opened_on > timezone.localdate():
        raise InvalidInput("date-in-future", field="opened_on", on=opened_on.isoformat())
    procedure = procedure_in_force(code, on=opened_on)
    if procedure.law != office.administration.law:
        raise InvalidInput("procedure-of-another-law", field="procedure_code", procedure=code)
    return procedure


def _hits_locked(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits as they stand now, locked in one order, so that no two cases take one."""
    keys = [hit.pk for hit in hits]
    locked = (
        Hit.objects.select_for_update(of=("self",))
        .select_related("line__declaration", "right")
        .filter(pk__in=keys)
        .order_by("pk")
    )
    return sorted(locked, key=lambda hit: keys.index(hit.pk))


def _hit_goods(hits: Sequence[Hit]) -> list[GoodsInput]:
    """Return the goods of the hits; refuse goods that are in a case already."""
    taken = GoodsLine.everything.filter(hit__in=hits).select_related("case", "hit").first()
    if taken is not None and taken.hit is not None:
        raise Conflict("hit-in-a-case", hit=taken.hit.number, case=taken.case.number)
    return [goods_from_hit(hit) for hit in hits]


def _hits_confirm(hits: Sequence[Hit], reason: str, by: Officer) -> None:
    for hit in hits:
        if hit.state != HitState.CONFIRMED:
            hit_dispose(hit=hit, decision="confirm", reason=reason, by=by)
        hit_rely(hit=hit, by=by)
