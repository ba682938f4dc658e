"""Reading the goods of a case: its lines a page at a time, totals, and what was changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Case as When
from django.db.models import CharField, Count, F, Max, Q, QuerySet, Sum, Value
from django.db.models import When as If

from countermark.apps.accounts.selectors import within_reach
from countermark.apps.cases.models import Case, GoodsChange, GoodsLine
from countermark.apps.cases.selectors import READ, case_procedure
from countermark.apps.register.models import Right
from countermark.domain.errors import NotFound
from countermark.domain.money import Money
from countermark.domain.valuation import Valued
from countermark.domain.vocabulary import ValueBasis

if TYPE_CHECKING:
    from countermark.apps.accounts.models import Officer


def goods_case_get(*, number: str, visible_to: Officer) -> Case:
    """Return one case without its goods, which may be thousands of lines.

    Raises:
        NotFound: There is no such case, or the officer may not see it.
    """
    cases = within_reach(Case.objects.all(), of=visible_to, act=READ)
    case = cases.select_related("office__administration").filter(number=number).first()
    if case is None:
        raise NotFound("case-unknown", number=number)
    return case


def goods_may_change(case: Case, officer: Officer) -> bool:
    """Return whether an officer may enter and change goods of a case now."""
    home = officer.office.administration_id == case.office.administration_id
    return officer.may("cases.act") and home and not case_procedure(case).state(case.state).final


def goods_list(case: Case, *, query: str = "", withdrawn: bool = False) -> QuerySet[GoodsLine]:
    """Return the lines of a case in order, with rights at hand.

    Args:
        case: From a scoped selector.
        query: Part of a parcel number, description, mark, HS code or registration number.
        withdrawn: Those taken out, in place of those that stand.
    """
    rows = GoodsLine.everything.filter(case=case, withdrawn_at__isnull=not withdrawn)
    for word in query.split():
        rows = rows.filter(
            Q(parcel_number__icontains=word)
            | Q(description__icontains=word)
            | Q(brand__icontains=word)
            | Q(hs_code__startswith=word)
            | Q(right__word__icontains=word)
            | Q(right__registration_number__icontains=word)
        )
    return rows.select_related("right", "hit").order_by("line_no")


def goods_line_get(case: Case, line_no: int) -> GoodsLine:
    """Return one line of a case, withdrawn or not.

    Raises:
        NotFound: The case has no such line.
    """
    rows = GoodsLine.everything.select_related("right", "hit").filter(case=case, line_no=line_no)
    line = rows.first()
    if line is None:
        raise NotFound("goods-line-unknown", lines=str(line_no))
    return line


def goods_changes(line: GoodsLine) -> QuerySet[GoodsChange]:
    """Return what was changed in a line, oldest first."""
    return GoodsChange.objects.filter(line=line).select_related("by").order_by("pk")


def goods_last_number(case: Case) -> int:
    """Return the number of a case's last line, withdrawn lines among them; 0 without any."""
    return int(GoodsLine.everything.filter(case=case).aggregate(n=Max("line_no"))["n"] or 0)


@dataclass(slots=True)
class BrandTotal:
    """What a case holds of one right, or of one mark without a right.

    ``quantities`` is by unit and ``values`` by currency and basis; none is added to another.
    """

    right: Right | None
    brand: str
    lines: int = 0
    quantities: dict[str, Decimal] = field(default_factory=dict)
    amounts: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def values(self) -> list[Valued]:
        """The total of each currency and basis."""
        return [
            Valued(Money(minor, currency), ValueBasis(basis))
            for (currency, basis), minor in sorted(self.amounts.items())
        ]


def goods_totals(case: Case) -> list[BrandTotal]:
    """Return what a case holds of each right and mark, those of most lines first; two queries."""
    named = When(If(right=None, then=F("brand")), default=Value(""), output_field=CharField())
    groups = (
        GoodsLine.objects.filter(case=case)
        .order_by()
        .annotate(named=named)
        .values("right", "named", "unit", "currency", "value_basis")
        .annotate(lines=Count("pk"), held=Sum("quantity"), minor=Sum("value_minor"))
    )
    found: dict[tuple[int | None, str], BrandTotal] = {}
    rows = list(groups)
    rights = Right.objects.in_bulk({row["right"] for row in rows if row["right"]})
    for row in rows:
        key = (row["right"], row["named"])
        total = found.setdefault(key, BrandTotal(rights.get(row["right"]), row["named"]))
        total.lines += row["lines"]
        held, amount = total.quantities, (row["currency"], row["value_basis"])
        held[row["unit"]] = held.get(row["unit"], Decimal(0)) + row["held"]
        if row["minor"] is not None:
            total.amounts[amount] = total.amounts.get(amount, 0) + row["minor"]
    return sorted(found.values(), key=lambda total: (-total.lines, total.brand))
