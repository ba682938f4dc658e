"""Joint figures of a period or an operation, each with its rule, its rate and its provenance."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext
from ninja import Field, Path, Query, Router, Schema

from countermark.api.v1.http import OfficerRequest, officer_reading
from countermark.api.v1.paging import Code, Currency, Day
from countermark.api.v1.problems import PROBLEMS
from countermark.apps.operations.selectors import operation_get
from countermark.apps.reports.documents import definitions_json, figures_json
from countermark.apps.reports.selectors import DOLLAR, operation_figures, period_figures

router = Router(tags=["figures"])


class Amount(Schema):
    """Money in major units as exact text, with its value basis."""

    amount: str
    currency: str
    basis: str


class Converted(Schema):
    """An amount in another currency; ``amount`` is null where no rate was near enough."""

    original: Amount
    amount: str | None
    currency: str
    rate: str | None
    rate_date: date | None
    rate_asked_for: date
    source: str | None
    rounding: str


class Counted(Schema):
    """What was counted; amounts of different currency or basis are never added.

    ``lines_uncounted`` are goods lines known only by weight or measure, ``lines_unvalued`` lines
    without a value: neither adds to the figures.
    """

    cases: int
    items: str
    values: list[Amount]
    lines_uncounted: int
    lines_unvalued: int


class Headline(Counted):
    """One total of a party."""

    selection: str
    toward: str
    converted: list[Converted]


class Part(Counted):
    """One row of a breakdown; ``behind`` is how many cases have anything in it."""

    part: str
    behind: int | None


class Breakdown(Schema):
    """A total split along one dimension; the parts add up to it."""

    dimension: str
    parts: list[Part]


class Provenance(Schema):
    """Our own case records, or the message in which a partner stated and signed its figures."""

    kind: str
    as_of: datetime
    revision: int
    message_id: str


class Party(Schema):
    """One party's figures."""

    administration: str
    reconstructed: bool
    provenance: Provenance
    headlines: list[Headline]
    breakdowns: list[Breakdown]


class Scope(Schema):
    """What the figures are about; both days belong to it."""

    kind: str
    subject: str
    start: date
    end: date


class Total(Schema):
    """Cases and articles of all parties; money of different parties is not added."""

    cases: int
    items: str


class Definitions(Schema):
    """Names and rules of every measure, scope, selection, dimension and part, by code."""

    measures: dict[str, dict[str, str]]
    scopes: dict[str, dict[str, str]]
    selections: dict[str, dict[str, str]]
    dimensions: dict[str, dict[str, str]]
    parts: dict[str, dict[str, str]]
    total: dict[str, dict[str, str]]


class Figures(Schema):
    """Joint figures; ``missing`` are parties that have not stated theirs, without whom no total."""

    schema_id: str = Field(alias="schema")
    scope: Scope
    rate_date: date
    currency: str
    parties: list[Party]
    missing: list[str]
    total: Total | None
    definitions: Definitions


class Conversion(Schema):
    """Into which currency amounts are converted; without ``rate_date`` at the last day's rate."""

    rate_date: Day | None = None
    currency: Currency = DOLLAR

    def chosen(self) -> dict[str, Any]:
        """Return the arguments of the selectors."""
        return {"rate_date": self.rate_date, "currency": self.currency}


class PeriodQuery(Conversion):
    """The first and the last day of the period, both included."""

    start: Day
    end: Day


@router.get(
    "/period",
    response={200: Figures, **PROBLEMS},
    by_alias=True,
    summary="Joint figures of a period",
)
def period(request: OfficerRequest, asked: Query[PeriodQuery]) -> dict[str, Any]:
    """Return our own figures from our cases and each partner's from its last signed statement."""
    officer = officer_reading(request, "reports.read")
    joint = period_figures(start=asked.start, end=asked.end, visible_to=officer, **asked.chosen())
    return figures_json(joint, gettext)


@router.get(
    "/operations/{code}",
    response={200: Figures, **PROBLEMS},
    by_alias=True,
    summary="Joint figures of an operation",
)
def operation(
    request: OfficerRequest, code: Path[Code], asked: Query[Conversion]
) -> dict[str, Any]:
    """Return our own figures from our contributed cases and each partner's from its last result."""
    officer = officer_reading(request, "reports.read")
    found = operation_get(code=code, visible_to=officer)
    joint = operation_figures(operation=found, visible_to=officer, **asked.chosen())
    return figures_json(joint, gettext)


@router.get("/definitions", response={200: Definitions, **PROBLEMS}, summary="What figures mean")
def definitions(request: OfficerRequest) -> dict[str, Any]:
    """Return the definition of everything that figures may name, in the reader's language."""
    officer_reading(request, "reports.read")
    return definitions_json(gettext)
