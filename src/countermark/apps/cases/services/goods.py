"""Services on the goods of an open case: enter many, enter again, amend, split.

A row of ``GoodsLine`` is the line as it stands; each change writes what it said before into
``GoodsChange``, which the database keeps from being changed. Nothing is ever deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.audit.services import audit_record
from countermark.apps.cases.convert import (
    goods_fields,
    goods_input,
    goods_rows,
    goods_said,
    goods_words,
)
from countermark.apps.cases.inputs import GoodsInput
from countermark.apps.cases.keys import keys_refresh
from countermark.apps.cases.models import Case, GoodsChange, GoodsChangeKind, GoodsLine
from countermark.apps.cases.selectors import case_procedure
from countermark.domain.errors import ActNotOpen, Conflict, InvalidInput, NotFound
from countermark.domain.text.fold import folded_text

if TYPE_CHECKING:
    from countermark.apps.register.models import Right

MOST_ADDED: Final = 20_000
MOST_COPIES: Final = 1_000
MOST_PARTS: Final = 100
_BATCH: Final = 500
_THOUSAND: Final = 1000
"""Quantities have three decimals at most, so that a thousand of them is whole."""


@dataclass(frozen=True, slots=True)
class GoodsPart:
    """What one part of a split line holds: how many units, under which right or mark."""

    quantity: Decimal
    right: Right | None = None
    brand: str = ""


@transaction.atomic
def goods_add(
    *, case: Case, goods: Sequence[GoodsInput], by: Officer, after: int | None = None
) -> list[GoodsLine]:
    """Enter lines of goods in a case, numbered on from its last one.

    Writes the lines, the case's search text and one audit entry, or nothing at all; the statements
    that read do not grow with the lines.

    Args:
        case: Obtained from a selector scoped to the officer.
        goods: In the order in which they are numbered; none brings a hit.
        by: The officer.
        after: The number of the last line that the officer saw; None enters them unseen.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        ActNotOpen: The case is closed.
        InvalidInput: There is no line, there are too many, or one is malformed.
        Conflict: Somebody entered lines since the officer looked.
    """
    case = case_locked(case, by)
    if not goods:
        raise InvalidInput("goods-none", field="goods")
    if len(goods) > MOST_ADDED:
        raise InvalidInput("too-many-rows", field="goods", limit=MOST_ADDED)
    last = _last_number(case)
    if after is not None and after != last:
        raise Conflict("goods-changed", number=case.number)
    for line in goods:
        line.check()
    rows = _rows_add(case, goods, last)
    keys_refresh(case)
    audit_record(
        "cases.goods.added",
        subject=case.number,
        by=by,
        count=len(rows),
        first_line=rows[0].line_no,
        last_line=rows[-1].line_no,
    )
    return rows


@transaction.atomic
def goods_clone(*, case: Case, line_no: int, copies: int, by: Officer) -> list[GoodsLine]:
    """Enter a line again as often as asked, without its parcel number, which is of one parcel.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        ActNotOpen: The case is closed.
        NotFound: The case has no such line.
        InvalidInput: The number of copies is out of range.
    """
    if not 1 <= copies <= MOST_COPIES:
        raise InvalidInput("number-out-of-range", field="copies", least=1, most=MOST_COPIES)
    line = _line(case_locked(case, by), line_no)
    copy = replace(goods_input(line), parcel_number="")
    return goods_add(case=case, goods=[copy] * copies, by=by)


@transaction.atomic
def goods_amend(
    *, case: Case, line_no: int, goods: GoodsInput, by: Officer, reason: str = ""
) -> GoodsLine:
    """Put a line right; what it said before stays readable. A line that stays as it was is left.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        ActNotOpen: The case is closed.
        NotFound: The case has no such line.
        InvalidInput: A field is malformed.
    """
    case = case_locked(case, by)
    line = _line(case, line_no)
    goods.check()
    before = goods_said(line)
    for name, value in goods_fields(goods).items():
        setattr(line, name, value)
    if goods_said(line) == before:
        return line
    line.save()
    _words_add(case, [goods])
    _change(line, before, [line], by=by, kind=GoodsChangeKind.AMENDED, reason=reason)
    keys_refresh(case)
    audit_record("cases.goods.amended", subject=case.number, by=by, line=line_no)
    return line


@transaction.atomic
def goods_split(
    *, case: Case, line_no: int, parts: Sequence[GoodsPart], by: Officer, reason: str = ""
) -> list[GoodsLine]:
    """Divide a line by right, mark and quantity; the parts come to what the line held.

    The line keeps its number, its hit and the first part; the others follow the last line of the
    case. A value is divided as the quantity is, to the minor unit, so that its sum is kept.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        ActNotOpen: The case is closed.
        NotFound: The case has no such line.
        InvalidInput: There are fewer than two parts or too many, one is empty or malformed, or
            they come to another quantity.
    """
    case = case_locked(case, by)
    line = _line(case, line_no)
    if not 2 <= len(parts) <= MOST_PARTS:
        raise InvalidInput("split-needs-parts", field="parts", most=MOST_PARTS)
    if any(part.quantity <= 0 for part in parts):
        raise InvalidInput("quantity-zero", field="quantity")
    total = sum((part.quantity for part in parts), Decimal(0))
    if total != line.quantity:
        raise InvalidInput(
            "split-sum-differs", field="parts", held=f"{line.quantity:f}", found=f"{total:f}"
        )
    before, goods = goods_said(line), _parted(line, parts)
    for part in goods:
        part.check()
    for name, value in goods_fields(goods[0]).items():
        setattr(line, name, value)
    line.save()
    rows = [line, *_rows_add(case, goods[1:], _last_number(case))]
    _words_add(case, goods[:1])
    _change(line, before, rows, by=by, kind=GoodsChangeKind.SPLIT, reason=reason)
    into = [row.line_no for row in rows]
    keys_refresh(case)
    audit_record("cases.goods.split", subject=case.number, by=by, line=line_no, into=into)
    return rows


def case_locked(case: Case, by: Officer) -> Case:
    """Return a case whose goods the officer may change, locked.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        ActNotOpen: The case is closed.
    """
    officer_require(by, "cases.act")
    case = Case.objects.select_for_update().get(pk=case.pk)
    if case_procedure(case).state(case.state).final:
        raise ActNotOpen("case-closed", number=case.number)
    return case


def _last_number(case: Case) -> int:
    rows = GoodsLine.everything.filter(case=case)
    return int(rows.aggregate(last=Max("line_no"))["last"] or 0)


def _line(case: Case, line_no: int) -> GoodsLine:
    line = GoodsLine.objects.select_related("right").filter(case=case, line_no=line_no).first()
    if line is None:
        raise NotFound("goods-line-unknown", lines=str(line_no))
    return line


def _rows_add(case: Case, goods: Sequence[GoodsInput], last: int) -> list[GoodsLine]:
    rows = goods_rows(case, goods, first=last + 1)
    GoodsLine.objects.bulk_create(rows, batch_size=_BATCH)
    _words_add(case, goods)
    return rows


def _words_add(case: Case, goods: Iterable[GoodsInput]) -> None:
    """Let searches find the case by what these lines say; what earlier lines said stays."""
    known = set(case.search_text.split())
    said = folded_text(" ".join(dict.fromkeys(map(goods_words, goods)))).split()
    if fresh := [word for word in dict.fromkeys(said) if word not in known]:
        case.search_text = " ".join([case.search_text, *fresh])
        case.save(update_fields=["search_text"])


def _parted(line: GoodsLine, parts: Sequence[GoodsPart]) -> list[GoodsInput]:
    """Return the parts as goods; the minor units that division leaves go to the first parts."""
    values: list[int | None] = [None] * len(parts)
    if line.value_minor is not None:
        weights = [int(part.quantity * _THOUSAND) for part in parts]
        shares = [line.value_minor * weight // sum(weights) for weight in weights]
        left = line.value_minor - sum(shares)
        values = [share + (place < left) for place, share in enumerate(shares)]
    whole = goods_input(line)
    return [
        replace(whole, quantity=p.quantity, right=p.right, brand=p.brand.strip(), value_minor=value)
        for p, value in zip(parts, values, strict=True)
    ]


def _change(
    line: GoodsLine,
    before: dict[str, object],
    after: Iterable[GoodsLine],
    *,
    by: Officer,
    kind: GoodsChangeKind,
    reason: str,
) -> None:
    GoodsChange.objects.create(
        case_id=line.case_id,
        line=line,
        kind=kind,
        before=before,
        after=[goods_said(row) for row in after],
        reason=reason.strip(),
        by=by,
        at=timezone.now(),
    )
