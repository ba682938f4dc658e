"""Between the rows of a case and what other parts of the program compute with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.apps.cases.inputs import CaseDetails, GoodsInput, PartyInput
from countermark.apps.cases.models import Case, CaseDeadline, CaseParty, GoodsLine
from countermark.domain.money import Money
from countermark.domain.text.fold import folded_text
from countermark.domain.valuation import Valued, totals
from countermark.domain.vocabulary import PartyRole, ValueBasis

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from countermark.apps.screening.models import Hit
    from countermark.domain.procedures import Deadline

GOODS_FIELDS = (
    *("description", "category", "hs_code", "quantity", "unit", "right", "value_minor", "currency"),
    *("value_basis", "valued_on", "parcel_number", "brand"),
)


def case_values(case: Case) -> tuple[Valued, ...]:
    """Return the value of a case's goods, one total for each currency and basis."""
    return goods_values(case.goods.all())


def goods_values(lines: Iterable[GoodsLine]) -> tuple[Valued, ...]:
    """Return the value of goods lines, one total for each currency and basis.

    Lines without a value add nothing.
    """
    return totals(
        Valued(Money(line.value_minor, line.currency), ValueBasis(line.value_basis))
        for line in lines
        if line.value_minor is not None
    )


def case_summary(case: Case) -> dict[str, object]:
    """Return what a partner may know of a case, as plain JSON values.

    Nothing nominal and no free text is in it: no party, no officer, no title, description, reason
    or note, because an officer may have written a name there. The title that partners see is made
    of the marks concerned.
    """
    goods = list(case.goods.select_related("right"))
    marks = sorted({line.right.label for line in goods if line.right is not None})
    return {
        "key": str(case.key),
        "number": case.number,
        "administration": case.office.administration.code,
        "procedure": case.procedure_code,
        "state": case.state,
        "title": ", ".join(marks)[:200] or case.number,
        "opened_on": case.opened_on.isoformat(),
        "closed_on": case.closed_on.isoformat() if case.closed_on else None,
        "direction": case.direction,
        "channel": case.channel,
        "transport_mode": case.transport_mode,
        "reconstructed": case.reconstructed,
        "goods": [_goods_summary(line) for line in goods],
        "acts": [{"act": act.act, "acted_on": act.acted_on.isoformat()} for act in case.acts.all()],
        "deadlines": [
            {
                "code": deadline.code,
                "started_on": deadline.started_on.isoformat(),
                "due_on": deadline.due_on.isoformat(),
                "provisional": deadline.provisional,
                "source": deadline.source,
            }
            for deadline in case.deadlines.filter(ended_as="")
        ],
    }


def _goods_summary(line: GoodsLine) -> dict[str, object]:
    right = line.right
    return {
        "category": line.category,
        "hs_code": line.hs_code,
        "quantity": f"{line.quantity:f}",
        "unit": line.unit,
        "mark": right.label if right else "",
        "jurisdiction": right.jurisdiction if right else "",
        "registration_number": right.registration_number if right else "",
        "value_minor": line.value_minor,
        "currency": line.currency,
        "value_basis": line.value_basis,
    }


def goods_from_hit(hit: Hit) -> GoodsInput:
    """Return the goods of the declaration line that a hit is about, at their declared value."""
    line = hit.line
    valued = line.value_minor is not None
    return GoodsInput(
        description=line.goods_description,
        quantity=line.quantity,
        unit=line.unit,
        hs_code=line.hs_code,
        right=hit.right,
        hit=hit,
        value_minor=line.value_minor,
        currency=line.currency if valued else "",
        value_basis=ValueBasis.DECLARED if valued else "",
        valued_on=line.declaration.declared_on if valued else None,
    )


def details_from_hit(hit: Hit, reason: str) -> CaseDetails:
    """Return the route and the parties of the declaration that a hit is about."""
    declaration = hit.line.declaration
    named = (
        (PartyRole.CONSIGNOR, declaration.consignor),
        (PartyRole.CONSIGNEE, declaration.consignee),
        (PartyRole.DECLARANT, declaration.declarant),
    )
    return CaseDetails(
        direction=declaration.direction,
        channel=declaration.channel,
        transport_mode=declaration.transport_mode,
        control_point=declaration.control_point,
        departure=declaration.departure,
        destination=declaration.destination,
        parties=[
            PartyInput(role, party.name, party.identifier)
            for role, party in named
            if party is not None and party.name
        ],
        reason=reason,
    )


def goods_rows(case: Case, goods: Sequence[GoodsInput], *, first: int = 1) -> list[GoodsLine]:
    """Return unsaved lines of a case, numbered from ``first``."""
    return [
        GoodsLine(case=case, line_no=number, hit=line.hit, **goods_fields(line))
        for number, line in enumerate(goods, start=first)
    ]


def goods_fields(line: GoodsInput) -> dict[str, object]:
    """Return what a line of goods says, by the names of a row's fields."""
    said = {name: getattr(line, name) for name in GOODS_FIELDS}
    return said | {"category": line.checked_category()}


def goods_input(line: GoodsLine) -> GoodsInput:
    """Return the goods of a line as they could be entered again, without the hit behind them."""
    return GoodsInput(**{name: getattr(line, name) for name in GOODS_FIELDS})


def goods_said(line: GoodsLine) -> dict[str, object]:
    """Return a line as plain values for the record of a change; rights by their reference."""
    return {name: getattr(line, name) for name in ("line_no", *GOODS_FIELDS)} | {
        "quantity": f"{line.quantity.normalize():f}",
        "right": line.right.reference if line.right else "",
        "valued_on": line.valued_on.isoformat() if line.valued_on else "",
    }


def party_rows(case: Case, parties: Iterable[PartyInput]) -> list[CaseParty]:
    """Return unsaved parties of a case."""
    return [
        CaseParty(case=case, role=party.role, name=party.name, identifier=party.identifier)
        for party in parties
    ]


def deadline_row(case: Case, deadline: Deadline) -> CaseDeadline:
    """Return an unsaved open deadline of a case."""
    term = deadline.term
    return CaseDeadline(
        case=case,
        code=term.code,
        started_on=deadline.started_on,
        due_on=deadline.due_on,
        provisional=deadline.provisional,
        passive=term.passive,
        source=term.source,
        verification=term.verification,
        on_expiry=term.on_expiry,
    )


def search_text(
    number: str,
    title: str,
    goods: Iterable[GoodsInput | GoodsLine],
    parties: Iterable[PartyInput | CaseParty],
) -> str:
    """Return what a search in cases reads: number, title, goods, marks and parties, folded."""
    words = [number, title, *(goods_words(line) for line in goods)]
    words += [f"{party.name} {party.identifier}" for party in parties]
    return folded_text(" ".join(words))


def goods_words(line: GoodsInput | GoodsLine) -> str:
    """Return what a search in cases reads of a line."""
    right = line.right.label if line.right else ""
    return f"{line.description} {right} {line.hs_code} {line.parcel_number} {line.brand}"
