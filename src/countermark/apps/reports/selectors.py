from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.accounts.selectors import officer_require
from countermark.apps.cases.models import Case
from countermark.apps.exchange.models import Partner
from countermark.apps.operations.convert import record_from_case, statement_from_row
from countermark.apps.operations.models import JointOperation, Result
from countermark.apps.operations.selectors import (
    PartyStanding,
    contributed_records,
    operation_tally,
)
from countermark.apps.reports.models import PartnerFigures
from countermark.apps.reports.rates import amount_converted
from countermark.apps.reports.statement import statement_read
from countermark.domain.measures import (
    OWN_RECORDS,
    SIGNED_MESSAGE,
    Breakdown,
    CaseRecord,
    Converted,
    Headline,
    JointFigures,
    PartySheet,
    Provenance,
    Scope,
    Sheet,
    Tally,
    breakdown_completed,
    sheet_of,
    territory_of,
)

DOLLAR = "USD"
READ = "reports.read"


@dataclass(frozen=True, slots=True)
class Conversion:
    """Into which currency amounts are converted, and at the rate of which day."""

    on: date
    currency: str = DOLLAR


def period_figures(
    *,
    start: date,
    end: date,
    visible_to: Officer | None,
    rate_date: date | None = None,
    currency: str = DOLLAR,
) -> JointFigures:
    """Return the joint figures of a period, both days included.

    Our own come from our case records, a partner's from the last statement it signed for exactly
    this period; a partner without one is named as missing.

    Args:
        start: First day on which a case that counts was opened.
        end: Last such day.
        visible_to: An officer who may read reports; None where the node itself asks.
        rate_date: Amounts are converted at the rate of this day; None means ``end``.
        currency: Into which amounts are converted.

    Raises:
        NotPermitted: The officer may not read reports.
        InvalidInput: ``period-reversed``.
    """
    _authorise(visible_to)
    scope = Scope("period", start, end)
    conversion = Conversion(rate_date or end, currency)
    codes = _parties_of_period(scope)
    sheets = [_own_sheet(own_period_records(start, end), codes, conversion)]
    sheets += [_stated_sheet(row, codes, conversion) for row in _latest_statements(scope)]
    return _joint(scope, conversion, sheets, codes)


def operation_figures(
    *,
    operation: JointOperation,
    visible_to: Officer | None,
    rate_date: date | None = None,
    currency: str = DOLLAR,
) -> JointFigures:
    """Return the joint figures of an operation: our own from our contributed cases as they stand.

    A partner's come from the last result it signed; a party without one is named as missing.
    ``rate_date`` None means the last day of the window. Otherwise as ``period_figures``.

    Raises:
        NotPermitted: The officer may not read reports.
    """
    _authorise(visible_to)
    scope = Scope("operation", operation.starts_on, operation.ends_on, operation.code)
    conversion = Conversion(rate_date or operation.ends_on, currency)
    tally = operation_tally(operation)
    codes = tuple(row.party.administration.code for row in tally)
    sheets = [_own_sheet(contributed_records(operation), codes, conversion)]
    sheets += [
        _result_sheet(row, row.result, codes, conversion)
        for row in tally
        if row.result and not row.own
    ]
    return _joint(scope, conversion, sheets, codes)


def own_period_records(start: date, end: date) -> tuple[CaseRecord, ...]:
    """Return our own cases of a period, both days included, in the order of their numbers."""
    cases = Case.objects.filter(
        opened_on__range=(start, end),
        office__administration__code=settings.COUNTERMARK_ADMINISTRATION,
    )
    return tuple(map(record_from_case, cases.prefetch_related("goods").order_by("number")))


def _authorise(officer: Officer | None) -> None:
    if officer is not None:
        officer_require(officer, READ)


def _parties_of_period(scope: Scope) -> tuple[str, ...]:
    paired = Partner.objects.exclude(state=Partner.State.PROPOSED).values("administration")
    stated = _figures(scope).values("administration")
    partners = Administration.objects.filter(Q(pk__in=paired) | Q(pk__in=stated))
    codes = {*partners.values_list("code", flat=True), settings.COUNTERMARK_ADMINISTRATION}
    return tuple(sorted(codes))


def _figures(scope: Scope) -> QuerySet[PartnerFigures]:
    return PartnerFigures.objects.filter(
        kind=PartnerFigures.Kind.PERIOD, period_start=scope.first, period_end=scope.last
    )


def _latest_statements(scope: Scope) -> list[PartnerFigures]:
    """Return the last statement of each partner for a period, in the order of their codes."""
    rows = _figures(scope).select_related("administration").order_by("revision")
    latest = {row.administration.code: row for row in rows}
    return [latest[code] for code in sorted(latest)]


def _own_sheet(
    records: tuple[CaseRecord, ...], codes: tuple[str, ...], conversion: Conversion
) -> PartySheet:
    sheet = sheet_of(records)
    home = str(settings.COUNTERMARK_ADMINISTRATION)
    headlines = _headlines(home, sheet, codes, conversion)
    reconstructed = any(record.reconstructed for record in records)
    return PartySheet(
        home, sheet, headlines, Provenance(OWN_RECORDS, timezone.now()), reconstructed
    )


def _stated_sheet(
    row: PartnerFigures, codes: tuple[str, ...], conversion: Conversion
) -> PartySheet:
    statement = statement_read(row.figures)
    code = row.administration.code
    return PartySheet(
        code,
        statement.sheet,
        _headlines(code, statement.sheet, codes, conversion),
        Provenance(SIGNED_MESSAGE, statement.as_of, row.revision, row.message_id),
        statement.reconstructed,
    )


def _result_sheet(
    row: PartyStanding, result: Result, codes: tuple[str, ...], conversion: Conversion
) -> PartySheet:
    code = row.party.administration.code
    total = statement_from_row(result).tally
    by_category = breakdown_completed(Breakdown("category", row.categories), total)
    sheet = Sheet(total, (by_category,))
    return PartySheet(
        code,
        sheet,
        _headlines(code, sheet, codes, conversion),
        Provenance(SIGNED_MESSAGE, result.as_of, result.revision, result.message_id),
        row.party.operation.reconstructed,
    )


def _headlines(
    code: str, sheet: Sheet, codes: tuple[str, ...], conversion: Conversion
) -> tuple[Headline, ...]:
    """Return a party's totals: all, and what was bound for each other party's territory.

    A sheet without destinations says nothing about the latter.
    """
    home = territory_of(code)
    others = sorted({territory_of(other) for other in codes} - {home})
    destinations = sheet.breakdown("destination")
    bound = [
        Headline("bound-for-partner", part, _converted(part, conversion), toward)
        for toward in others
        for part in [destinations.part(toward)]
        if destinations.parts
    ]
    return (Headline("all", sheet.total, _converted(sheet.total, conversion)), *bound)


def _converted(tally: Tally, conversion: Conversion) -> tuple[Converted, ...]:
    return tuple(
        amount_converted(amount, currency=conversion.currency, on=conversion.on)
        for amount in tally.amounts
        if amount.money.currency != conversion.currency
    )


def _joint(
    scope: Scope, conversion: Conversion, sheets: list[PartySheet], codes: tuple[str, ...]
) -> JointFigures:
    stated = {sheet.administration for sheet in sheets}
    return JointFigures(
        scope=scope,
        rate_date=conversion.on,
        currency=conversion.currency,
        parties=tuple(sorted(sheets, key=lambda sheet: sheet.administration)),
        missing=tuple(code for code in codes if code not in stated),
    )
