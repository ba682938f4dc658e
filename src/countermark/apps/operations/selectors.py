from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from countermark.apps.accounts.models import Administration, Officer
from countermark.apps.accounts.selectors import within_reach
from countermark.apps.cases.models import Case
from countermark.apps.operations.convert import categories_from_row, record_from_case
from countermark.apps.operations.models import (
    Contribution,
    JointOperation,
    OperationParty,
    Result,
)
from countermark.domain.errors import NotFound
from countermark.domain.measures import CaseRecord, Part


@dataclass(frozen=True, slots=True)
class PartyStanding:
    """One row of the tally: a party, the last result it stated, and its rows by category.

    ``result`` is None until the party has stated one. Its money is in the party's own currency on
    its own value basis and is not to be added to another row's.
    """

    party: OperationParty
    own: bool
    result: Result | None
    categories: tuple[Part, ...]


def operation_list(*, visible_to: Officer) -> QuerySet[JointOperation]:
    """Return the operations of this node, the latest window first, to those who may read them."""
    if not visible_to.may("operations.read"):
        return JointOperation.objects.none()
    return _operations()


def operation_get(*, code: str, visible_to: Officer) -> JointOperation:
    """Return one operation by its code.

    Raises:
        NotFound: There is none, or the officer may not see it.
    """
    operation = operation_list(visible_to=visible_to).filter(code=code).first()
    if operation is None:
        raise NotFound("operation-unknown", code=code)
    return operation


def operation_of_party(*, key: UUID, administration: Administration) -> JointOperation:
    """Return the operation that a partner speaks of.

    Raises:
        NotFound: There is none, or the partner is no party to it.
    """
    operation = _operations().filter(key=key, parties__administration=administration).first()
    if operation is None:
        raise NotFound("operation-unknown", key=str(key))
    return operation


def _operations() -> QuerySet[JointOperation]:
    parties = OperationParty.objects.select_related("administration")
    return JointOperation.objects.select_related("proposed_by").prefetch_related(
        Prefetch("parties", queryset=parties)
    )


def partners_of(operation: JointOperation) -> list[Administration]:
    """Return the other parties of an operation, in the order of their codes."""
    return [
        party.administration
        for party in operation.parties.select_related("administration")
        if party.administration.code != settings.COUNTERMARK_ADMINISTRATION
    ]


def operation_tally(operation: JointOperation) -> tuple[PartyStanding, ...]:
    """Return one row for each party with its latest result; nothing is added across rows."""
    latest = {
        result.administration_id: result
        for result in operation.results.select_related("administration").order_by("revision")
    }
    return tuple(
        _standing(party, latest.get(party.administration_id))
        for party in operation.parties.select_related("administration")
    )


def _standing(party: OperationParty, result: Result | None) -> PartyStanding:
    own = party.administration.code == settings.COUNTERMARK_ADMINISTRATION
    return PartyStanding(party, own, result, categories_from_row(result) if result else ())


def result_latest(*, operation: JointOperation, administration: Administration) -> Result | None:
    """Return the last result that a party has stated."""
    results = Result.objects.filter(operation=operation, administration=administration)
    return results.order_by("-revision").first()


def contribution_list(*, operation: JointOperation, visible_to: Officer) -> QuerySet[Contribution]:
    """Return what the officer may see of the cases we contributed and have not withdrawn."""
    rows = Contribution.objects.filter(operation=operation, withdrawn_at__isnull=True)
    rows = rows.select_related("case__office", "contributed_by")
    return within_reach(rows, of=visible_to, act="cases.read", office="case__office")


def contributable_case_list(*, operation: JointOperation, visible_to: Officer) -> QuerySet[Case]:
    """Return our cases that were opened in the window and are not in the operation yet."""
    taken = Contribution.objects.filter(operation=operation, withdrawn_at__isnull=True)
    rows = Case.objects.filter(
        opened_on__range=(operation.starts_on, operation.ends_on),
        office__administration__code=settings.COUNTERMARK_ADMINISTRATION,
    ).exclude(pk__in=taken.values("case"))
    return within_reach(rows.select_related("office"), of=visible_to, act="cases.read")


def contributed_records(operation: JointOperation) -> tuple[CaseRecord, ...]:
    """Return the cases behind our own result, in the order of their numbers."""
    cases = Case.objects.filter(
        contributions__operation=operation, contributions__withdrawn_at__isnull=True
    )
    return tuple(map(record_from_case, cases.prefetch_related("goods").order_by("number")))
