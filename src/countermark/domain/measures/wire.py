"""Sheets as JSON: what parties send each other and what snapshots keep."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from countermark.domain.errors import InvalidInput
from countermark.domain.measures.definitions import DIMENSIONS
from countermark.domain.measures.sheet import Breakdown, Part, Sheet, breakdown_completed
from countermark.domain.measures.tally import Amount, Tally
from countermark.domain.money import EXPONENTS, Money
from countermark.domain.payload import Payload
from countermark.domain.vocabulary import ValueBasis

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

MOST_CASES, MOST_PARTS, MOST_AMOUNTS = 10**9, 400, 40
LONGEST_CODE = 40


def number_text(number: Decimal) -> str:
    """Return a number of articles as plain digits, without the zeros a database adds."""
    return f"{number.normalize():f}"


def tally_json(tally: Tally) -> dict[str, Json]:
    """Return a tally as JSON; articles are text, because JSON numbers are not exact."""
    return {
        "cases": tally.cases,
        "items": number_text(tally.items),
        "amounts": [
            {
                "minor": amount.money.minor,
                "currency": amount.money.currency,
                "basis": amount.basis.value,
            }
            for amount in tally.amounts
        ],
        "lines_uncounted": tally.lines_uncounted,
        "lines_unvalued": tally.lines_unvalued,
    }


def tally_read(payload: Payload) -> Tally:
    """Return the tally in a JSON object of another's making.

    Raises:
        InvalidInput: A field is missing or malformed, or two amounts share currency and basis.
    """
    amounts = [_amount_read(each) for each in payload.parts("amounts", MOST_AMOUNTS)]
    if len({amount.key for amount in amounts}) < len(amounts):
        raise InvalidInput("payload-malformed", field="amounts")
    kept = (amount for amount in amounts if amount.money.minor)
    return Tally(
        payload.integer("cases", 0, MOST_CASES),
        payload.number("items"),
        tuple(sorted(kept, key=lambda amount: amount.key)),
        payload.integer("lines_uncounted", 0, MOST_CASES),
        payload.integer("lines_unvalued", 0, MOST_CASES),
    )


def _amount_read(payload: Payload) -> Amount:
    currency = payload.choice("currency", EXPONENTS)
    basis = ValueBasis(payload.choice("basis", frozenset(ValueBasis)))
    return Amount(Money(payload.integer("minor"), currency), basis)


def part_json(part: Part) -> dict[str, Json]:
    """Return one row of a breakdown as JSON."""
    return {"code": part.code, "behind": part.behind, **tally_json(part.tally)}


def parts_read(payload: Payload, name: str) -> tuple[Part, ...]:
    """Return the rows of a breakdown that stands in the field ``name``.

    Raises:
        InvalidInput: A row is malformed, or two rows share a code.
    """
    parts = tuple(_part_read(each) for each in payload.parts(name, MOST_PARTS))
    if len({part.code for part in parts}) < len(parts):
        raise InvalidInput("payload-malformed", field=name)
    return parts


def _part_read(payload: Payload) -> Part:
    behind = payload.integer("behind", 0, MOST_CASES) if payload.has("behind") else None
    return Part(payload.slug("code", LONGEST_CODE), tally_read(payload), behind)


def sheet_json(sheet: Sheet) -> dict[str, Json]:
    """Return a sheet as JSON."""
    return {
        "total": tally_json(sheet.total),
        "breakdowns": [
            {"dimension": each.dimension, "parts": [part_json(part) for part in each.parts]}
            for each in sheet.breakdowns
        ],
    }


def sheet_read(payload: Payload) -> Sheet:
    """Return the sheet in a JSON object of another's making; every breakdown adds up.

    Parts that fall short of the total get a row for the difference.

    Raises:
        InvalidInput: A field is malformed, a dimension repeats, or parts exceed their total.
    """
    total = tally_read(payload.part("total"))
    breakdowns = [_breakdown_read(each) for each in payload.parts("breakdowns", len(DIMENSIONS))]
    if len({each.dimension for each in breakdowns}) < len(breakdowns):
        raise InvalidInput("payload-malformed", field="breakdowns")
    return Sheet(total, tuple(breakdown_completed(each, total) for each in breakdowns))


def _breakdown_read(payload: Payload) -> Breakdown:
    return Breakdown(payload.choice("dimension", DIMENSIONS), parts_read(payload, "parts"))
