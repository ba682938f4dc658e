"""Invented declarations: mostly innocent, some hiding recorded marks, a few rows broken on purpose.

A historical batch holds the goods of the operation's cases among ordinary lines; a current batch
has today's date and its hits are left for the reader to decide.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from countermark.domain.vocabulary import Channel, Direction, Names
from demo import disguise, world
from demo.reconstruct import CaseRecord, GoodsRecord, operation_cases

HISTORICAL_DECLARATIONS = 300
CURRENT_DECLARATIONS = 110
WINDOW = (date(2013, 9, 16), date(2014, 4, 11))

# What stands in the brand column of lines that hide nothing; none of them is a mark.
_PLAIN_BRANDS = {world.GUANGDONG: ("无品牌", "无牌", ""), world.HONG_KONG: ("N/A", "NO BRAND", "")}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a batch: a line of goods with what its declaration says about it."""

    number: str
    office: str
    declared_on: date
    direction: str
    channel: str
    transport_mode: str
    control_point: str
    departure: str
    destination: str
    consignor: str
    consignee: str
    line_no: int
    goods_description: str
    declared_brand: str
    hs_code: str
    quantity: str
    unit: str
    origin: str
    value: str
    currency: str


def number_of(case: CaseRecord) -> str:
    """Return the number of the declaration that hides the goods of an operation's case."""
    return f"{_prefix(case.administration)}{case.opened_on:%y%m%d}-9{case.key.int % 1000:03}"


def historical(code: str) -> list[Line]:
    """Return the lines of one administration around the operation, in order of date."""
    declarations = [_hiding(case) for case in operation_cases(code)]
    for number in range(HISTORICAL_DECLARATIONS):
        rng = world.rng("historical", code, number)
        day = WINDOW[0] + timedelta(rng.randrange((WINDOW[1] - WINDOW[0]).days))
        declarations.append(_drawn(code, number, day, rng))
    declarations.sort(key=lambda lines: (lines[0].declared_on, lines[0].number))
    return _with_repeats([line for lines in declarations for line in lines])


def current(code: str, today: date) -> list[Line]:
    """Return the lines of one administration of the last two days, with marks in disguise."""
    declarations = []
    for number in range(CURRENT_DECLARATIONS):
        rng = world.rng("current", code, number)
        day = today - timedelta(rng.randrange(2))
        lines = _drawn(code, number, day, rng)
        if number % 5 == 0:
            lines[0] = _disguised(code, lines[0], rng)
        declarations.append(lines)
    return _with_repeats([line for lines in declarations for line in lines])


def broken(code: str, day: date) -> list[Line]:
    """Return rows that cannot be loaded, each for a reason of its own."""
    rng = world.rng("broken", code)
    sound = _drawn(code, 999, day, rng)[0]
    return [
        replace(sound, line_no=11, goods_description=""),
        replace(sound, line_no=12, quantity="about two dozen"),
        replace(sound, line_no=13, value="-100.00"),
        replace(sound, line_no=14, currency="XXZ"),
        replace(sound, line_no=15, direction="sideways"),
    ]


def _with_repeats(lines: list[Line]) -> list[Line]:
    """Return the lines with three of them sent twice, as happens."""
    return lines + lines[10:40:12]


def _prefix(code: str) -> str:
    return "GD" if code == world.GUANGDONG else "HK"


def _header(
    code: str, office: world.OfficeOf, day: date, number: str, trade: tuple[int, int]
) -> Line:
    """Return a row with its declaration filled in and its goods still empty."""
    exporting = code == world.GUANGDONG
    exporter, importer = world.exporters()[trade[0]], world.importers()[trade[1]]
    return Line(
        number=number,
        office=office.code,
        declared_on=day,
        direction=Direction.EXPORT if exporting else Direction.IMPORT,
        channel=Channel.EXPRESS if office.mode == "air" else Channel.FREIGHT,
        transport_mode=office.mode,
        control_point=office.point,
        departure="CN",
        destination="HK",
        consignor=exporter.zh if exporting else exporter.name,
        consignee=importer.name,
        line_no=1,
        goods_description="",
        declared_brand="",
        hs_code="",
        quantity="",
        unit="",
        origin="CN",
        value="",
        currency="CNY" if exporting else "HKD",
    )


def _hiding(case: CaseRecord) -> list[Line]:
    """Return the declaration of an operation's case: its goods, then innocent lines."""
    rng = world.rng("hiding", case.key)
    office = _office(case.administration, case.office)
    trade = (case.consignor, rng.randrange(len(world.importers())))
    head = _header(case.administration, office, case.opened_on, number_of(case), trade)
    head = replace(head, channel=case.channel)
    lines = [_goods_line(head, goods) for goods in case.goods]
    lines += [_innocent(head, rng) for _ in range(rng.randint(1, 3))]
    return _numbered(lines)


def _goods_line(head: Line, goods: GoodsRecord) -> Line:
    chinese = head.currency == "CNY"
    kind = world.goods()[goods.category]
    # A declared value is below the market value that Hong Kong states for the same goods.
    value = Decimal(goods.value_minor) / 100 * (1 if chinese else Decimal("0.4"))
    return replace(
        head,
        goods_description=_described(kind, goods.names, goods.written, chinese=chinese),
        declared_brand=goods.written,
        hs_code=kind.hs,
        quantity=str(goods.quantity),
        unit=kind.unit_zh if chinese else kind.unit,
        value=f"{value:.2f}",
    )


def _drawn(code: str, number: int, day: date, rng: random.Random) -> list[Line]:
    """Return one ordinary declaration: innocent lines, sometimes an authorised or "for X" one."""
    points = world.side(code).control_points
    # The front-line officer of each node works at the first: it is the busiest.
    office = rng.choices(points, (4, *(1 for _ in points[1:])))[0]
    trade = (rng.randrange(3, len(world.exporters())), rng.randrange(len(world.importers())))
    head = _header(code, office, day, f"{_prefix(code)}{day:%y%m%d}-{number:04}", trade)
    if number % 23 == 7:
        return [_authorised(head, code, rng)]
    lines = [_innocent(head, rng) for _ in range(rng.choice((1, 2, 3, 3, 4, 5)))]
    if number % 17 == 5:
        lines.append(_referring(head, rng))
    if number % 19 == 3:
        lines.append(_resembling(head, rng))
    return _numbered(lines)


def _innocent(head: Line, rng: random.Random) -> Line:
    code = world.GUANGDONG if head.currency == "CNY" else world.HONG_KONG
    return _branded(head, rng.choice(_PLAIN_BRANDS[code]), rng)


def _branded(head: Line, brand: str, rng: random.Random) -> Line:
    """Return a line of any kind of goods with what stands in its brand column."""
    chinese = head.currency == "CNY"
    kind = world.goods()[rng.choice(sorted(world.goods()))]
    names = rng.choice(kind.names)
    line = replace(
        head,
        goods_description=_described(kind, names, brand, chinese=chinese),
        declared_brand=brand,
        hs_code=kind.hs,
    )
    return _counted(line, kind, rng)


def _authorised(head: Line, code: str, rng: random.Random) -> Line:
    """Return a line of genuine goods: the consignor is a firm its right holder authorised."""
    index = rng.randrange(3)
    row = world.authorised()[index]
    mark = world.mark(row["mark"])
    firm = next(firm for firm in world.exporters() if firm.name == row["name"])
    chinese = code == world.GUANGDONG
    kind = world.goods()[mark.categories[0]]
    written = mark.zh_hans if chinese else mark.word
    line = replace(
        head,
        consignor=firm.zh if chinese else firm.name,
        goods_description=_described(kind, kind.names[0], written, chinese=chinese),
        declared_brand=written,
        hs_code=kind.hs,
    )
    return _counted(line, kind, rng)


def _referring(head: Line, rng: random.Random) -> Line:
    """Return a line that names a mark only to say what its goods fit."""
    chinese = head.currency == "CNY"
    mark = rng.choice((world.mark("KESTOVOLT"), world.mark("CALDORIMO")))
    kind = world.goods()["other"]
    said = (
        f"塑料保护套|适用于{mark.zh_hans}产品|无品牌"
        if chinese
        else f"plastic protective cover for {mark.word}, unbranded"
    )
    line = replace(head, goods_description=said, declared_brand="", hs_code=kind.hs)
    return _counted(line, kind, rng)


def _resembling(head: Line, rng: random.Random) -> Line:
    """Return a line whose own name only resembles a recorded mark."""
    return _branded(head, rng.choice(world.innocent_words()), rng)


def _disguised(code: str, line: Line, rng: random.Random) -> Line:
    """Return a line whose goods carry a recorded mark, written so as not to be found."""
    chinese = code == world.GUANGDONG
    mark = rng.choice(world.marks())
    kind = world.goods()[mark.categories[0]]
    written = disguise.disguised(mark, rng, chinese=chinese)
    named = replace(
        line,
        goods_description=_described(kind, rng.choice(kind.names), written, chinese=chinese),
        declared_brand=written if rng.random() < 0.6 else "",
        hs_code=kind.hs,
    )
    return _counted(named, kind, rng)


def _described(kind: world.Goods, names: Names, brand: str, *, chinese: bool) -> str:
    """Return a description as each side writes it: mainland elements are divided by bars."""
    if chinese:
        return f"{names.zh_hans}|{brand or '无品牌'}|款号{kind.hs[:4]}"
    return f"{names.en}, {brand}" if brand else names.en


def _counted(line: Line, kind: world.Goods, rng: random.Random) -> Line:
    quantity = rng.randint(*kind.quantity)
    fen = quantity * rng.randint(*kind.price_fen) // 2
    unit = kind.unit_zh if line.currency == "CNY" else kind.unit
    return replace(line, quantity=str(quantity), unit=unit, value=f"{Decimal(fen) / 100:.2f}")


def _numbered(lines: Sequence[Line]) -> list[Line]:
    return [replace(line, line_no=number) for number, line in enumerate(lines, 1)]


def _office(code: str, office: str) -> world.OfficeOf:
    return next(known for known in world.side(code).offices if known.code == office)


def batches(code: str, today: date) -> Iterator[tuple[str, list[Line]]]:
    """Yield each batch of one administration: its name, and its lines with some broken rows."""
    yield "historical-2013-2014", historical(code) + broken(code, WINDOW[0])
    yield "current", current(code, today) + broken(code, today)
