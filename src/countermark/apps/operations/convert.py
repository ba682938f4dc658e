"""The bridge between rows and what is counted, agreed and sent."""

from __future__ import annotations

from countermark.apps.cases.models import Case, GoodsLine
from countermark.apps.operations.inputs import Agreement, Proposal, ResultStatement, Terms
from countermark.apps.operations.models import JointOperation, OperationParty, Result
from countermark.apps.operations.payloads import terms_sha256
from countermark.domain.measures import (
    Amount,
    CaseRecord,
    GoodsRecord,
    Part,
    Tally,
    territory_of_place,
)
from countermark.domain.measures.wire import part_json, parts_read
from countermark.domain.money import Money
from countermark.domain.payload import Payload
from countermark.domain.quantity import Quantity
from countermark.domain.vocabulary import Names, ValueBasis


def record_from_case(case: Case) -> CaseRecord:
    """Return what the figures see of a case; prefetch ``goods`` where there are many."""
    return CaseRecord(
        number=case.number,
        opened_on=case.opened_on,
        direction=case.direction,
        channel=case.channel,
        transport_mode=case.transport_mode,
        destination=territory_of_place(case.destination),
        goods=tuple(_goods_record(line) for line in case.goods.all()),
        reconstructed=case.reconstructed,
    )


def _goods_record(line: GoodsLine) -> GoodsRecord:
    quantity = Quantity(line.quantity, line.unit)
    if line.value_minor is None:
        return GoodsRecord(line.category, quantity, None)
    amount = Amount(Money(line.value_minor, line.currency), ValueBasis(line.value_basis))
    return GoodsRecord(line.category, quantity, amount)


def terms_from_row(operation: JointOperation) -> Terms:
    """Return the terms of an operation as its parties agree to them."""
    return Terms(
        code=operation.code,
        title=Names(
            en=operation.title_en,
            zh_hans=operation.title_zh_hans,
            zh_hant=operation.title_zh_hant,
        ),
        theme=operation.theme,
        starts_on=operation.starts_on,
        ends_on=operation.ends_on,
        parties=tuple(party.administration.code for party in operation.parties.all()),
        channels=tuple(operation.channels),
        categories=tuple(operation.categories),
        reconstructed=operation.reconstructed,
    )


def row_from_terms(terms: Terms) -> JointOperation:
    """Return a new row for an operation, not yet saved, without key and proposer."""
    return JointOperation(
        code=terms.code,
        title_en=terms.title.en,
        title_zh_hans=terms.title.zh_hans,
        title_zh_hant=terms.title.zh_hant,
        theme=terms.theme,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        channels=sorted(terms.channels),
        categories=sorted(terms.categories),
        reconstructed=terms.reconstructed,
    )


def agreement_from_row(party: OperationParty) -> Agreement:
    """Return the agreement that a party has given; it must have been given."""
    if party.agreed_on is None:
        raise ValueError(party)
    terms = terms_from_row(party.operation)
    return Agreement(terms_sha256(terms), party.agreed_on, party.agreed_by)


def proposal_from_row(operation: JointOperation) -> Proposal:
    """Return the proposal of an operation, with its proposer's agreement."""
    proposer = operation.parties.get(administration=operation.proposed_by)
    return Proposal(
        operation.key,
        operation.proposed_by.code,
        terms_from_row(operation),
        agreement_from_row(proposer),
    )


def categories_from_row(result: Result) -> tuple[Part, ...]:
    """Return the rows by category of a stored result."""
    return parts_read(Payload.read({"categories": result.categories}), "categories")


def statement_from_row(result: Result) -> ResultStatement:
    """Return a stored result as it was stated."""
    money = Money(result.value_minor, result.currency) if result.value_minor else None
    amounts = (Amount(money, ValueBasis(result.value_basis)),) if money else ()
    return ResultStatement(
        key=result.operation.key,
        revision=result.revision,
        as_of=result.as_of,
        tally=Tally(
            result.cases,
            result.items,
            amounts,
            result.lines_uncounted,
            result.lines_unvalued,
        ),
        categories=categories_from_row(result),
        arrests=result.arrests,
        stated_by=result.stated_by,
    )


def row_from_statement(statement: ResultStatement) -> Result:
    """Return a new row for a result, not yet saved, without operation and administration."""
    amount, tally = statement.amount, statement.tally
    return Result(
        revision=statement.revision,
        as_of=statement.as_of,
        cases=tally.cases,
        items=tally.items,
        value_minor=amount.money.minor if amount else 0,
        currency=amount.money.currency if amount else "",
        value_basis=amount.basis.value if amount else "",
        lines_uncounted=tally.lines_uncounted,
        lines_unvalued=tally.lines_unvalued,
        categories=[part_json(part) for part in statement.categories],
        arrests=statement.arrests,
        stated_by=statement.stated_by,
    )
