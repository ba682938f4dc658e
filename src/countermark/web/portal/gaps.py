"""The gap map: what one administration has of a holder's rights and another lacks."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from countermark.apps.register.selectors import gap_map, holder_list, holders_of
from countermark.domain.errors import NotFound
from countermark.domain.gaps import GapKind
from countermark.lawbook import unrecorded
from countermark.web.cases.legal import named
from countermark.web.http import OfficerRequest, officer_required
from countermark.web.labels import label
from countermark.web.portal.gate import holder_required

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.apps.register.models import RightHolder
    from countermark.apps.register.selectors import GapMap, RightRow
    from countermark.domain.gaps import Cell, Gap

WITHIN: Final = (30, 90, 180, 365)
DEFAULT_DAYS: Final = 180
SENTENCES: dict[GapKind, Promise] = {
    GapKind.NOT_RECORDED: gettext_lazy("Not recorded here, but elsewhere."),
    GapKind.RECORDATION_EXPIRING: gettext_lazy("The recordation ends."),
    GapKind.RIGHT_EXPIRING: gettext_lazy("The right itself ends."),
    GapKind.ATTORNEY_EXPIRING: gettext_lazy("The agent's power of attorney ends."),
    GapKind.CLASSES_DIFFER: gettext_lazy("Classes recorded elsewhere are missing here."),
    GapKind.EXAMINER_MISSING: gettext_lazy("Nobody is named who can tell genuine goods."),
    GapKind.PHOTOS_MISSING: gettext_lazy("Pictures that customs needs are missing."),
    GapKind.LICENSEES_DIFFER: gettext_lazy("Licensees known elsewhere are unknown here."),
    GapKind.GOODS_DIFFER: gettext_lazy("Goods named elsewhere are missing here."),
    GapKind.NOT_RECORDABLE: gettext_lazy("This administration does not record such rights."),
}
TO_DO: dict[GapKind, Promise] = {
    GapKind.NOT_RECORDED: gettext_lazy("File it there"),
    GapKind.RECORDATION_EXPIRING: gettext_lazy("Renew it"),
    GapKind.RIGHT_EXPIRING: gettext_lazy("Renew the right, then report its new last day"),
    GapKind.ATTORNEY_EXPIRING: gettext_lazy("File a new power of attorney"),
    GapKind.CLASSES_DIFFER: gettext_lazy("Report the change"),
    GapKind.EXAMINER_MISSING: gettext_lazy("Name an examiner"),
    GapKind.PHOTOS_MISSING: gettext_lazy("Add the pictures"),
    GapKind.LICENSEES_DIFFER: gettext_lazy("Report the licensees"),
    GapKind.GOODS_DIFFER: gettext_lazy("Report the change"),
}
_AMENDED: Final = frozenset(
    {
        GapKind.RIGHT_EXPIRING,
        GapKind.CLASSES_DIFFER,
        GapKind.LICENSEES_DIFFER,
        GapKind.GOODS_DIFFER,
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One gap as its row shows it; ``address`` leads to what mends it, empty where nothing does."""

    right: str
    right_type: str
    office: str
    text: str
    detail: str
    on: object
    to_do: str
    address: str


@dataclass(frozen=True, slots=True)
class Square:
    """One administration's square of the map: how a right stands there, and how many gaps."""

    state: str
    office: str
    count: int


@holder_required
def gaps(request: OfficerRequest) -> HttpResponse:
    """Show the gap map of one of the holders for whom the account speaks, or send it as CSV.

    Raises:
        NotFound: The account speaks for nobody, or not for this holder.
    """
    mine = holders_of(account=request.officer, on=timezone.localdate()).order_by("name")
    return _answer(request, list(mine), "portal/gaps.html")


@officer_required("rights.read")
def gaps_of(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show the gap map of a holder to an officer, or send it as CSV.

    Raises:
        NotFound: There is no such holder.
    """
    found = holder_list(visible_to=request.officer).filter(pk=pk)
    return _answer(request, list(found), "portal/gaps.html")


def _answer(request: OfficerRequest, holders: list[RightHolder], template: str) -> HttpResponse:
    asked = request.GET.get("holder", "")
    chosen = next((h for h in holders if str(h.pk) == asked or not asked), None)
    if chosen is None:
        raise NotFound("holder-unknown", pk=asked)
    days = request.GET.get("within", "")
    within = int(days) if days in map(str, WITHIN) else DEFAULT_DAYS
    found = gap_map(
        holder=chosen, visible_to=request.officer, on=timezone.localdate(), within_days=within
    )
    lines = list(_lines(found, for_holder=request.officer.may("portal.use")))
    if request.GET.get("format") == "csv":
        return _csv(chosen, lines)
    context = {
        "holder": chosen,
        "holders": holders,
        "within": within,
        "choices": WITHIN,
        "sides": found.administrations,
        "rows": [(row, _squares(found, row)) for row in found.rows],
        "lines": lines,
    }
    return render(request, template, context)


def _lines(found: GapMap, *, for_holder: bool) -> Iterable[Line]:
    rows = {row.right.key: row for row in found.rows}
    offices = {side.code: side.short for side in found.administrations}
    for gap in found.gaps:
        row = rows.get(gap.right)
        yield Line(
            right=row.label if row else gap.right,
            right_type=row.right_type if row else "",
            office=offices.get(gap.administration, ""),
            text=str(SENTENCES[gap.kind]),
            detail=_detail(gap, found, row),
            on=gap.on,
            to_do=str(TO_DO.get(gap.kind, "")),
            address=_address(gap, row) if for_holder else _office_address(gap),
        )


def _detail(gap: Gap, found: GapMap, row: RightRow | None) -> str:
    """Return what is lacking by name; for a kind that is not recorded, why the law says so."""
    if gap.kind is GapKind.NOT_RECORDABLE and row is not None:
        law = next(s.law for s in found.administrations if s.code == gap.administration)
        reason = unrecorded(law, row.right_type)
        return named(reason.reason) if reason else ""
    if gap.kind in (GapKind.EXAMINER_MISSING, GapKind.PHOTOS_MISSING):
        return "; ".join(label("recordation-need", code) for code in gap.detail)
    return "; ".join(gap.detail)


def _address(gap: Gap, row: RightRow | None) -> str:
    if gap.kind is GapKind.ATTORNEY_EXPIRING:
        return reverse("portal:holders")
    if gap.kind is GapKind.EXAMINER_MISSING:
        return reverse("portal:examiners")
    if gap.kind is GapKind.NOT_RECORDED and gap.file is None and row is not None:
        source = next(cell.file for cell in row.right.cells.values() if cell.recorded)
        address = reverse("portal:file-elsewhere", args=[source])
        return f"{address}?administration={gap.administration}"
    if gap.file is None:
        return ""
    return reverse("portal:amend" if gap.kind in _AMENDED else "portal:file", args=[gap.file])


def _office_address(gap: Gap) -> str:
    return reverse("rights:file", args=[gap.file]) if gap.file else ""


def _squares(found: GapMap, row: RightRow) -> list[Square]:
    counts = [gap.administration for gap in found.gaps if gap.right == row.right.key]
    return [
        Square(_state(row, side.code), side.short, counts.count(side.code))
        for side in found.administrations
    ]


def _state(row: RightRow, code: str) -> str:
    cell: Cell | None = row.right.cells.get(code)
    if code in row.right.unrecordable:
        return "not-recordable"
    if cell is None:
        return "absent"
    if cell.recorded:
        return "recorded"
    return "draft" if cell.draft else "waiting"


def _csv(holder: RightHolder, lines: Iterable[Line]) -> HttpResponse:
    """Return the gaps as a file that spreadsheets read, formulas made harmless."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(
        [_("Right"), _("Administration"), _("What is lacking"), _("In detail"), _("Last day")]
    )
    for line in lines:
        cells = (line.right, line.office, line.text, line.detail, line.on or "")
        table.writerow(["'" + str(c) if str(c)[:1] in "=+-@\t\r" and c else c for c in cells])
    response = HttpResponse("\ufeff" + written.getvalue(), "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="gaps-{holder.pk}.csv"'
    return response
