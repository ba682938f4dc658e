"""Case records of 2013 and 2014, reconstructed so that their totals equal the published ones.

Only the totals are known. Dates, offices, goods, quantities and the value of each case are drawn
from a seed, within what was published; every record made from them is marked as reconstructed.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from countermark.domain.vocabulary import Channel, Direction, Names, ValueBasis
from demo import published, world

# Our choice inside "over RMB 70 million" (USD 11.3 million at the rate of 21 July 2014).
PERIOD_TOTAL_FEN = 70_016_800_00
PERIOD_CASES = 422
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://countermark.example/demo/reconstructed")

CURRENCY = {world.GUANGDONG: "CNY", world.HONG_KONG: "HKD"}
BASIS = {world.GUANGDONG: ValueBasis.DECLARED, world.HONG_KONG: ValueBasis.MARKET}
PROCEDURE = {world.GUANGDONG: "cn/ex-officio", world.HONG_KONG: "hk/criminal-seizure"}

# How often each kind of goods was drawn: an assumption, not a published share.
_SHARES = {
    "phone-accessories": 22,
    "bags-and-purses": 18,
    "footwear": 16,
    "clothing": 14,
    "electronics": 12,
    "watches": 7,
    "jewellery": 4,
    "cosmetics": 3,
    "toys": 3,
    "vehicle-parts": 1,
}


@dataclass(frozen=True, slots=True)
class GoodsRecord:
    """Goods of one kind in one case; ``written`` is the mark as it stands on the declaration."""

    category: str
    names: Names
    mark: str
    written: str
    hs: str
    quantity: Decimal
    unit: str
    value_minor: int
    currency: str
    basis: ValueBasis


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """One reconstructed case; ``key`` is the same in every run."""

    key: uuid.UUID
    administration: str
    office: str
    opened_on: date
    direction: Direction
    channel: Channel
    consignor: int
    goods: tuple[GoodsRecord, ...]

    @property
    def title(self) -> str:
        """A title in the words of the goods: English, as cases are titled on both nodes."""
        kinds = " and ".join(dict.fromkeys(line.names.en for line in self.goods))
        marks = ", ".join(dict.fromkeys(line.mark for line in self.goods))
        return f"{kinds[0].upper()}{kinds[1:]} ({marks})"

    @property
    def value_minor(self) -> int:
        """Value of all goods, in minor units of the administration's currency."""
        return sum(line.value_minor for line in self.goods)

    @property
    def items(self) -> Decimal:
        """Quantity of all goods; a pair of shoes counts as one item."""
        return sum((line.quantity for line in self.goods), Decimal(0))


def operation_cases(administration: str) -> tuple[CaseRecord, ...]:
    """Return the cases of the joint operation on one side: nine of Hong Kong, five of Guangdong."""
    rows = [
        row for row in world.table("operation")["cases"] if row["administration"] == administration
    ]
    return tuple(_operation_case(number, row) for number, row in enumerate(rows, 1))


def _operation_case(number: int, row: dict[str, Any]) -> CaseRecord:
    administration = row["administration"]
    importing = administration == world.HONG_KONG
    return CaseRecord(
        key=uuid.uuid5(NAMESPACE, f"operation/{administration}/{number}"),
        administration=administration,
        office=row["office"],
        opened_on=row["declared_on"],
        direction=Direction.IMPORT if importing else Direction.EXPORT,
        channel=Channel(row["channel"]),
        consignor=row["consignor"],
        goods=tuple(_written_goods(administration, line) for line in row["lines"]),
    )


def _written_goods(administration: str, line: dict[str, Any]) -> GoodsRecord:
    kind = world.goods()[line["category"]]
    return GoodsRecord(
        category=kind.category,
        names=kind.names[line["name"]],
        mark=line["mark"],
        written=line["written"],
        hs=kind.hs,
        quantity=Decimal(line["quantity"]),
        unit=kind.unit,
        value_minor=line["value"] * 100,
        currency=CURRENCY[administration],
        basis=BASIS[administration],
    )


def period_cases() -> tuple[CaseRecord, ...]:
    """Return Guangdong's cases of the period outside the operation, in order of date.

    With the five of the operation they are 422, and their values add up to ``PERIOD_TOTAL_FEN``.
    """
    inside = operation_cases(world.GUANGDONG)
    count = PERIOD_CASES - len(inside)
    rng = world.rng("period")
    amounts = split(PERIOD_TOTAL_FEN - sum(case.value_minor for case in inside), count, rng)
    days = sorted(_working_day(rng) for _ in range(count))
    return tuple(
        _period_case(number, day, amount)
        for number, (day, amount) in enumerate(zip(days, amounts, strict=True), 1)
    )


def split(total_fen: int, parts: int, rng: random.Random) -> list[int]:
    """Return ``parts`` positive amounts in whole yuan that add up to ``total_fen`` exactly.

    Sizes are log-normal, as values of seizures are: many small ones and a few large.
    """
    if total_fen % 100 or total_fen < parts * 100:
        raise ValueError("the total must be whole yuan, at least one for each part")
    weights = [rng.lognormvariate(0, 0.9) for _ in range(parts)]
    yuan = total_fen // 100 - parts
    scale = yuan / sum(weights)
    amounts = [1 + int(weight * scale) for weight in weights]
    for index in range(total_fen // 100 - sum(amounts)):
        amounts[index % parts] += 1
    return [amount * 100 for amount in amounts]


def _working_day(rng: random.Random) -> date:
    """Return a day of the period from Monday to Friday."""
    period = published.window("period")
    length = (period.end - period.start).days + 1
    while (day := period.start + timedelta(rng.randrange(length))).weekday() > 4:
        pass
    return day


def _period_case(number: int, opened_on: date, amount: int) -> CaseRecord:
    rng = world.rng("period", number)
    office = rng.choice(world.side(world.GUANGDONG).control_points)
    channel = rng.choices((Channel.FREIGHT, Channel.EXPRESS, Channel.POST), (7, 2, 1))[0]
    return CaseRecord(
        key=uuid.uuid5(NAMESPACE, f"period/{number}"),
        administration=world.GUANGDONG,
        office=office.code,
        opened_on=opened_on,
        direction=Direction.EXPORT,
        channel=channel,
        consignor=rng.randrange(3, len(world.exporters())),
        goods=tuple(_drawn_goods(amount, rng)),
    )


def _drawn_goods(amount: int, rng: random.Random) -> Sequence[GoodsRecord]:
    """Return one or two kinds of goods whose values add up to ``amount`` fen."""
    kinds = _draw_categories(2 if rng.random() < 0.2 and amount >= 200 else 1, rng)
    values = split(amount, len(kinds), rng)
    return [_drawn_line(kind, value, rng) for kind, value in zip(kinds, values, strict=True)]


def _draw_categories(count: int, rng: random.Random) -> list[str]:
    drawn: dict[str, None] = {}
    while len(drawn) < count:
        drawn[rng.choices(list(_SHARES), list(_SHARES.values()))[0]] = None
    return list(drawn)


def _drawn_line(category: str, value_fen: int, rng: random.Random) -> GoodsRecord:
    kind = world.goods()[category]
    mark = rng.choice(world.marks_of(category))
    price = rng.randint(*kind.price_fen)
    return GoodsRecord(
        category=category,
        names=rng.choice(kind.names),
        mark=mark.word,
        written=mark.word,
        hs=kind.hs,
        quantity=Decimal(max(1, round(value_fen / price))),
        unit=kind.unit,
        value_minor=value_fen,
        currency="CNY",
        basis=ValueBasis.DECLARED,
    )
