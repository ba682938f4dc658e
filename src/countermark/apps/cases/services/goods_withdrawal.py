"""Services that take lines out of a case's goods and put them back; nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.db import transaction
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.audit.services import audit_record
from countermark.apps.cases.convert import goods_said
from countermark.apps.cases.keys import keys_refresh
from countermark.apps.cases.models import Case, GoodsChange, GoodsChangeKind, GoodsLine
from countermark.apps.cases.services.goods import case_locked
from countermark.domain.errors import InvalidInput, NotFound

_BATCH: Final = 500


@transaction.atomic
def goods_withdraw(*, case: Case, line_nos: Iterable[int], by: Officer, reason: str) -> int:
    """Take lines out of a case's goods; they stay readable and can be restored.

    Returns:
        How many lines were withdrawn.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        ActNotOpen: The case is closed.
        NotFound: A line is not among the case's goods.
        InvalidInput: No line is named, or the reason is missing.
    """
    if not reason.strip():
        raise InvalidInput("reason-missing", field="reason")
    case = case_locked(case, by)
    rows = _lines(case, line_nos, withdrawn=False)
    _mark(rows, GoodsChangeKind.WITHDRAWN, reason, by)
    keys_refresh(case)
    numbers = [row.line_no for row in rows]
    audit_record("cases.goods.withdrawn", subject=case.number, by=by, lines=numbers_said(numbers))
    return len(rows)


@transaction.atomic
def goods_restore(*, case: Case, line_nos: Iterable[int], by: Officer, reason: str = "") -> int:
    """Undo a withdrawal: the lines count again, under their numbers, as they stood.

    Returns:
        How many lines were restored.

    Raises:
        NotPermitted: The officer's role may not act on cases.
        ActNotOpen: The case is closed.
        NotFound: A line is not among those withdrawn.
        InvalidInput: No line is named.
    """
    case = case_locked(case, by)
    rows = _lines(case, line_nos, withdrawn=True)
    _mark(rows, GoodsChangeKind.RESTORED, reason, by)
    keys_refresh(case)
    numbers = [row.line_no for row in rows]
    audit_record("cases.goods.restored", subject=case.number, by=by, lines=numbers_said(numbers))
    return len(rows)


def numbers_said(numbers: Iterable[int]) -> str:
    """Return line numbers as people write them: ``3, 7-12``."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def _lines(case: Case, line_nos: Iterable[int], *, withdrawn: bool) -> list[GoodsLine]:
    wanted = set(line_nos)
    if not wanted:
        raise InvalidInput("lines-none", field="lines")
    rows = GoodsLine.everything.filter(
        case=case, withdrawn_at__isnull=not withdrawn, line_no__range=(min(wanted), max(wanted))
    )
    found = [row for row in rows.select_related("right") if row.line_no in wanted]
    if missing := wanted - {row.line_no for row in found}:
        raise NotFound("goods-line-unknown", lines=numbers_said(missing))
    return found


def _mark(rows: Sequence[GoodsLine], kind: GoodsChangeKind, reason: str, by: Officer) -> None:
    """Withdraw or restore rows, each with its record."""
    now, gone = timezone.now(), kind == GoodsChangeKind.WITHDRAWN
    said = [(row, goods_said(row)) for row in rows]
    changes = [
        GoodsChange(
            case_id=row.case_id,
            line=row,
            kind=kind,
            before=before,
            after=[] if gone else [before],
            reason=reason.strip(),
            by=by,
            at=now,
        )
        for row, before in said
    ]
    for row in rows:
        row.withdrawn_at = now if gone else None
    GoodsLine.everything.bulk_update(rows, ["withdrawn_at"], batch_size=_BATCH)
    GoodsChange.objects.bulk_create(changes, batch_size=_BATCH)
