"""Steps in which hits become cases, and cases of the published totals are put on record."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from countermark.apps.accounts.models import Office
from countermark.apps.cases.models import Case
from countermark.apps.cases.services import CaseDetails, GoodsInput, case_act, case_open
from countermark.apps.register.models import Right
from countermark.apps.screening.models import Hit, HitState
from countermark.apps.screening.services import hit_dispose, hit_rely
from demo import declarations, world
from demo.context import Context
from demo.reconstruct import PROCEDURE, CaseRecord, GoodsRecord, operation_cases, period_cases

RECONSTRUCTED = "Reconstructed from published totals"
REASON = f"{RECONSTRUCTED}: the goods carry the mark, and the firm is not authorised."
DISMISSAL = "The word is the goods' own name and no use of the mark."
CHUNK = 25
UNITS = {"pcs": "H87", "pairs": "PR"}

# What happened in each case of the operation, and how many days after it was opened.
COURSE = {
    world.GUANGDONG: (
        ("suspend", 0),
        ("serve-notice", 0),
        ("record-application", 1),
        ("detain", 2),
        ("determine-infringing", 20),
        ("announce-penalty", 25),
        ("hear-party", 27),
        ("confiscate", 35),
        ("destroy", 60),
    ),
    world.HONG_KONG: (
        ("seize", 0),
        ("request-examination", 1),
        ("identify", 8),
        ("apply-for-forfeiture", 30),
        ("court-forfeits", 75),
        ("destroy", 95),
    ),
}


def hits(context: Context) -> None:
    """Open the operation's cases from their hits and dismiss the other hits of those years."""
    for record in operation_cases(context.side.code):
        _open_from_hits(context, record)
    supervisor = context.officer("supervisor")
    others = Hit.objects.filter(state=HitState.OPEN, excused="", decide_by__isnull=True)
    for hit in others:
        hit_dispose(hit=hit, decision="dismiss", reason=DISMISSAL, by=supervisor)


@transaction.atomic
def _open_from_hits(context: Context, record: CaseRecord) -> None:
    """Confirm the hits of one case and open it, at the value that this side states."""
    supervisor = context.officer("supervisor")
    found = [_hit(record, number) for number in range(1, len(record.goods) + 1)]
    if any(hit.relied_on_at for hit in found):
        return
    for hit in found:
        if hit.state != HitState.CONFIRMED:
            hit_dispose(hit=hit, decision="confirm", reason=REASON, by=supervisor)
    declaration = found[0].line.declaration
    case_open(
        by=supervisor,
        office=declaration.office,
        procedure_code=PROCEDURE[record.administration],
        opened_on=record.opened_on,
        title=record.title,
        goods=[_goods(line, record, hit) for line, hit in zip(record.goods, found, strict=True)],
        details=_details(record, declaration.control_point, declaration.transport_mode),
    )
    for hit in found:
        hit_rely(hit=hit, by=supervisor)


def _hit(record: CaseRecord, line_no: int) -> Hit:
    return Hit.objects.select_related("line__declaration__office", "right").get(
        line__declaration__number=declarations.number_of(record),
        line__line_no=line_no,
        right__word=record.goods[line_no - 1].mark,
    )


def acts(context: Context) -> None:
    """Take the operation's cases through their procedure to its end."""
    _take_course(context, Case.objects.filter(_from_hits()))


def courses(context: Context) -> None:
    """Take the other cases on record through their procedure, one after the other.

    It takes longest and nothing waits for it: it goes on while the nodes are already in use.
    """
    _take_course(context, Case.objects.exclude(_from_hits()))


def _from_hits() -> Q:
    return Q(goods__hit__isnull=False)


def _take_course(context: Context, rows: QuerySet[Case]) -> None:
    supervisor = context.officer("supervisor")
    course = COURSE[context.side.code]
    for case in rows.filter(reconstructed=True, closed_on__isnull=True).distinct():
        for act, days in course[case.acts.count() :]:
            acted_on = case.opened_on + timedelta(days)
            case_act(case=case, act=act, acted_on=acted_on, reason=RECONSTRUCTED, by=supervisor)


def records(context: Context) -> None:
    """Put Guangdong's other cases of the period on record, a few in each transaction."""
    known = set(Case.objects.filter(reconstructed=True).values_list("title", flat=True))
    offices = {office.code: office for office in Office.objects.all()}
    missing = [
        (f"No. {number:03}: {record.title}", record)
        for number, record in enumerate(period_cases(), 1)
    ]
    missing = [(title, record) for title, record in missing if title not in known]
    while missing:
        chunk, missing = missing[:CHUNK], missing[CHUNK:]
        with transaction.atomic():
            for title, record in chunk:
                _record(context, title, record, offices[record.office])


def _record(context: Context, title: str, record: CaseRecord, office: Office) -> None:
    place = next(known for known in context.side.offices if known.code == record.office)
    case_open(
        by=context.officer("supervisor"),
        office=office,
        procedure_code=PROCEDURE[record.administration],
        opened_on=record.opened_on,
        title=title,
        goods=[_goods(line, record) for line in record.goods],
        details=_details(record, place.point, place.mode),
    )


def _goods(line: GoodsRecord, record: CaseRecord, hit: Hit | None = None) -> GoodsInput:
    return GoodsInput(
        description=hit.line.goods_description if hit else line.names.zh_hans,
        quantity=line.quantity,
        unit=UNITS.get(line.unit, "H87"),
        category=line.category,
        hs_code=line.hs,
        right=hit.right if hit else Right.objects.get(word=line.mark),
        hit=hit,
        value_minor=line.value_minor,
        currency=line.currency,
        value_basis=line.basis,
        valued_on=record.opened_on,
    )


def _details(record: CaseRecord, control_point: str, transport_mode: str) -> CaseDetails:
    return CaseDetails(
        direction=record.direction,
        channel=record.channel,
        transport_mode=transport_mode,
        control_point=control_point,
        departure="CN",
        destination="HK",
        reconstructed=True,
    )
