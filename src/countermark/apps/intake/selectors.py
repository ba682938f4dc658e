from __future__ import annotations

from django.db.models import Q, QuerySet

from countermark.apps.accounts.models import Officer
from countermark.apps.accounts.selectors import within_reach
from countermark.apps.intake.models import (
    Batch,
    BatchState,
    Declaration,
    DeclarationLine,
    RejectedRow,
)
from countermark.apps.register.convert import name_key
from countermark.domain.errors import NotFound


def batch_list(*, visible_to: Officer) -> QuerySet[Batch]:
    """Return the batches within the officer's reach, newest first."""
    return within_reach(
        Batch.objects.select_related("office", "received_by"), of=visible_to, act="batches.read"
    )


def batch_get(*, number: str, visible_to: Officer) -> Batch:
    """Return one batch.

    Raises:
        NotFound: There is no such batch within the officer's reach.
    """
    try:
        return batch_list(visible_to=visible_to).get(number=number)
    except Batch.DoesNotExist:
        raise NotFound("batch-unknown", number=number) from None


def batch_find(*, number: str) -> Batch:
    """Return one batch by number, for background work that acts for no officer.

    Raises:
        NotFound: There is no such batch.
    """
    try:
        return Batch.objects.select_related("office", "received_by").get(number=number)
    except Batch.DoesNotExist:
        raise NotFound("batch-unknown", number=number) from None


def batch_unloaded_list() -> QuerySet[Batch]:
    """Return the batches that are to be loaded or continued, oldest first; background work only."""
    return Batch.objects.filter(state__in=(BatchState.RECEIVED, BatchState.LOADING)).order_by("pk")


def rejected_row_list(*, batch: Batch) -> QuerySet[RejectedRow]:
    """Return the rows of a batch that could not be loaded; the caller already holds the batch."""
    return RejectedRow.objects.filter(batch=batch)


def declaration_get(*, number: str, visible_to: Officer) -> Declaration:
    """Return one declaration with its parties and lines.

    Raises:
        NotFound: There is no such declaration within the officer's reach.
    """
    declarations = Declaration.objects.select_related(
        "office", "batch", "consignor", "consignee", "declarant"
    ).prefetch_related("lines")
    try:
        return within_reach(declarations, of=visible_to, act="hits.read").get(number=number)
    except Declaration.DoesNotExist:
        raise NotFound("declaration-unknown", number=number) from None


def line_get(*, pk: int, visible_to: Officer) -> DeclarationLine:
    """Return one declaration line with its declaration and parties.

    Raises:
        NotFound: There is no such line within the officer's reach.
    """
    lines = within_reach(line_list(), of=visible_to, act="hits.read", office="declaration__office")
    try:
        return lines.get(pk=pk)
    except DeclarationLine.DoesNotExist:
        raise NotFound("line-unknown", pk=pk) from None


def line_list() -> QuerySet[DeclarationLine]:
    """Return all lines with their declarations and parties, for background work only."""
    return DeclarationLine.objects.select_related(
        "declaration__office", "declaration__consignor", "declaration__consignee"
    )


def party_matching(query: str, path: str = "") -> Q:
    """Return the condition that a party matches a search, in any script.

    Args:
        query: Part of a name or identifier, as an officer types it.
        path: Lookup path that leads to the party, ending in ``__``.
    """
    folded = name_key(query)
    return Q(**{f"{path}key__contains": folded}) if folded else Q(pk__in=())
